package redisstore

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

const secret = "hunter2"

func TestURLForms(t *testing.T) {
	for _, c := range []struct{ url, kind string }{
		{"redis://127.0.0.1:6379/1", "single"},
		{"rediss://user:" + secret + "@redis.example:6380", "single"},
		{"unix:///run/redis.sock?db=2", "single"},
		{"redis-sentinel://127.0.0.1:26379/0?master_name=tc&addr=127.0.0.2:26379&password=" + secret, "single"},
		{"redis-cluster://user:" + secret + "@127.0.0.1:7000?addr=127.0.0.1:7001", "cluster"},
		{"rediss-cluster://127.0.0.1:7000", "cluster"},
	} {
		client, err := dial(c.url)
		if err != nil {
			t.Errorf("%s: %v", c.url, err)
			continue
		}
		_, cluster := client.(*redis.ClusterClient)
		if cluster != (c.kind == "cluster") {
			t.Errorf("%s gives %T", c.url, client)
		}
		client.Close()
	}
}

func TestBadURLsAreNamedWithoutTheirSecrets(t *testing.T) {
	for _, c := range []struct{ url, complaint string }{
		{"", "not a URL"},
		{"http://:" + secret + "@127.0.0.1", "scheme"},
		{"redis-sentinel://:" + secret + "@127.0.0.1:26379", "master_name"},
		{"redis-ring://:" + secret + "@127.0.0.1", `"redis-ring"`},
		{"redis://:" + secret + "@127.0.0.1:x/", "not a URL"},
		{"redis://:" + secret + "%zz@127.0.0.1/", "not a URL"},
		{"redis://:" + secret + "@127.0.0.1/no-number", "database number"},
		{"redis-cluster://:" + secret + "@127.0.0.1:x/", "not a URL"},
	} {
		_, err := dial(c.url)
		if err == nil || !strings.Contains(err.Error(), c.complaint) || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v", c.url, err)
		}
	}
}

func TestUnreachableServerMayPassAndKeepsItsSecret(t *testing.T) {
	_, err := Open(t.Context(), Options{URL: "redis://:" + secret + "@127.0.0.1:1/", Office: "test", Prefix: "TC"})
	if _, temporary := bot.IsTemporary(err); !temporary || strings.Contains(err.Error(), secret) {
		t.Errorf("got %v", err)
	}
}

func TestFailuresAreMarked(t *testing.T) {
	for _, c := range []struct {
		err       error
		temporary bool
	}{
		{nil, false},
		{io.EOF, true},
		{redisReply("LOADING Redis is loading the dataset in memory"), true},
		{redisReply("READONLY You can't write against a read only replica."), true},
		{redisReply("CLUSTERDOWN The cluster is down"), true},
		{redisReply("OOM command not allowed when used memory > 'maxmemory'."), true},
		{redisReply("WRONGTYPE Operation against a key holding the wrong kind of value"), false},
		{redisReply("NOAUTH Authentication required."), false},
		{redisReply("ERR Error running script"), false},
		{redis.ErrClosed, false},
	} {
		got := failure(c.err)
		if _, temporary := bot.IsTemporary(got); temporary != c.temporary || !errors.Is(got, c.err) {
			t.Errorf("%v became %v", c.err, got)
		}
	}
}

// redisReply is an error reply of the server.
type redisReply string

func (e redisReply) Error() string { return string(e) }
func (redisReply) RedisError()     {}
