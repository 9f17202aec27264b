package app_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// A record that cannot be read must not stop the audit from scheduling the others.
func TestAuditGoesOnBehindABrokenRecord(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	for n := range 2 {
		k.deliverTo("INBOX", request(n), time.Now())
	}
	s.settled(2)
	all := records(t, s) // newest first, as they are audited
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: filepath.Join(k.folder, "data", "redis", "redis.sock")})
	defer func() { _ = client.Close() }()
	named := func(suffix string) string {
		t.Helper()
		keys, err := client.Keys(t.Context(), "verbale:*:"+suffix).Result()
		if err != nil || len(keys) != 1 {
			t.Fatalf("keys of %s: %v, %v", suffix, keys, err)
		}
		return keys[0]
	}
	if err := client.RPush(t.Context(), named("history:"+all[0].Reference), "no entry").Err(); err != nil {
		t.Fatal(err)
	}
	if err := client.Del(t.Context(), named("wakes")).Err(); err != nil {
		t.Fatal(err)
	}

	mended, seen, err := s.server.Recheck(t.Context())
	if mended != 1 || seen != 2 || err == nil || !strings.Contains(err.Error(), all[0].Reference) {
		t.Errorf("mended %d of %d, %v", mended, seen, err)
	}
	wakes, err := s.server.Store().WakesAt(t.Context(), all[1].Reference)
	if err != nil || wakes[all[1].Reference].IsZero() {
		t.Errorf("the other record has no wake-up: %v, %v", wakes, err)
	}
}

// The audit must not change a record whose schedule is correct. Otherwise each audit would redraw
// all cards.
func TestAuditLeavesAloneWhatIsPlanned(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	k.deliverTo("INBOX", request(1), time.Now())
	s.settled(1)
	before := records(t, s)[0].Revision
	if mended, seen, err := s.server.Recheck(t.Context()); mended != 0 || seen != 1 || err != nil {
		t.Errorf("mended %d of %d, %v", mended, seen, err)
	}
	if after := records(t, s)[0].Revision; after != before {
		t.Errorf("revision %d became %d", before, after)
	}
}
