package redisstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

// openEmbedded opens the private server of a data folder. The server is stopped at the end of the
// test at the latest.
func openEmbedded(t *testing.T, dataDir string) *Store {
	t.Helper()
	needServer(t)
	s, err := Open(t.Context(), Options{URL: URLEmbedded, Office: "test", Prefix: "TC", DataDir: dataDir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.client.Close()
		killServer(t, dataDir)
	})
	return s
}

// processOf returns the process ID of the server of a data folder, or 0 if it does not answer.
func processOf(t *testing.T, dataDir string) int {
	t.Helper()
	c := redis.NewClient(&redis.Options{Network: "unix", Addr: filepath.Join(dataDir, "redis", socketName), DialerRetries: 1, MaxRetries: noRetry})
	defer c.Close()
	text, err := info(context.Background(), c, "server", "process_id")
	if err != nil {
		return 0
	}
	id, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func killServer(t *testing.T, dataDir string) {
	t.Helper()
	if id := processOf(t, dataDir); id != 0 {
		if err := syscall.Kill(id, syscall.SIGKILL); err != nil {
			t.Error(err)
		}
	}
}

// patience is the time limit for waiting for a condition.
const patience = 2 * time.Minute

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not so after %s: %s", patience, what)
		}
	}
}

func commitOne(t *testing.T, s *Store, n int) {
	t.Helper()
	if _, err := s.Commit(t.Context(), storetest.NewChange(n)); err != nil {
		t.Fatal(err)
	}
}

func TestEmbeddedServerKeepsRecordsAcrossStarts(t *testing.T) {
	dir := shortDir(t)
	s := openEmbedded(t, dir)
	commitOne(t, s, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if id := processOf(t, dir); id != 0 {
		t.Fatalf("server %d lives after the last store was closed", id)
	}
	s = openEmbedded(t, dir)
	if _, err := s.Load(t.Context(), storetest.Reference(1)); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestEmbeddedServerIsShared(t *testing.T) {
	dir := shortDir(t)
	first := openEmbedded(t, dir)
	id := processOf(t, dir)
	second := openEmbedded(t, dir)
	if got := processOf(t, dir); got != id {
		t.Errorf("a second server %d was started beside %d", got, id)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	commitOne(t, first, 1) // the server must still be running
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if got := processOf(t, dir); got != 0 {
		t.Error("the last to close left the server behind")
	}
}

func TestEmbeddedServerThatDiesIsStartedAgain(t *testing.T) {
	dir := shortDir(t)
	s := openEmbedded(t, dir)
	restarted := s.Restarts()
	if yes, err := restarted(t.Context()); err != nil || !yes {
		t.Fatalf("first question: %v, %v", yes, err)
	}
	commitOne(t, s, 1)
	killServer(t, dir)
	eventually(t, "the record is there again", func() bool {
		_, err := s.Load(t.Context(), storetest.Reference(1))
		if err != nil {
			if _, temporary := bot.IsTemporary(err); !temporary {
				t.Fatalf("the failure is not marked as one that may pass: %v", err)
			}
		}
		return err == nil
	})
	if yes, err := restarted(t.Context()); err != nil || !yes {
		t.Errorf("after the restart: %v, %v", yes, err)
	}
	if yes, err := restarted(t.Context()); err != nil || yes {
		t.Errorf("asked once more: %v, %v", yes, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A crashed bot leaves its server running. The next start must find it.
func TestEmbeddedServerOfACrashedBotIsFound(t *testing.T) {
	dir := shortDir(t)
	crashed := openEmbedded(t, dir)
	commitOne(t, crashed, 1)
	id := processOf(t, dir)
	crashed.embedded.stopWatch() // as in a crash, without stopping the server
	crashed.client.Close()

	next := openEmbedded(t, dir)
	if got := processOf(t, dir); got != id {
		t.Errorf("server %d was started beside %d", got, id)
	}
	if _, err := next.Load(t.Context(), storetest.Reference(1)); err != nil {
		t.Error(err)
	}
	if err := next.Close(); err != nil {
		t.Error(err)
	}
	if got := processOf(t, dir); got != 0 {
		t.Error("the server that was found was not ended")
	}
}

func TestEmbeddedServerInAFolderWithALongName(t *testing.T) {
	dir := filepath.Join(shortDir(t), strings.Repeat("long/", 30))
	s := openEmbedded(t, dir)
	link := s.embedded.link
	commitOne(t, s, 1)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(link); !errors.Is(err, os.ErrNotExist) || link == "" {
		t.Errorf("the short way %q was left behind: %v", link, err)
	}
}

func TestEmbeddedServerThatCannotStartSaysWhy(t *testing.T) {
	needServer(t)
	dir := shortDir(t)
	aof := filepath.Join(dir, "redis", "appendonlydir")
	if err := os.MkdirAll(aof, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(aof, "appendonly.aof.manifest"), []byte("broken\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Options{URL: URLEmbedded, Office: "test", Prefix: "TC", DataDir: dir})
	if err == nil || !strings.Contains(err.Error(), "ends at once") {
		t.Errorf("got %v", err)
	}
}

func TestEmbeddedNeedsAServerAndAFolder(t *testing.T) {
	if _, err := Open(t.Context(), Options{URL: URLEmbedded, Office: "test", Prefix: "TC"}); err == nil || !strings.Contains(err.Error(), "data_dir") {
		t.Errorf("without a folder: %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	_, err := Open(t.Context(), Options{URL: URLEmbedded, Office: "test", Prefix: "TC", DataDir: t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "install redis-server, or set redis.url") {
		t.Errorf("without a server: %v", err)
	}
}

func TestServerThatKeepsEndingIsGivenTime(t *testing.T) {
	for _, c := range []struct {
		pause, lived time.Duration
		ended        bool
		want         time.Duration
	}{
		{watchEvery, time.Hour, true, watchEvery},
		{watchEvery, time.Second, true, 2 * watchEvery},
		{20 * time.Second, time.Second, true, watchSeldom},
		{watchSeldom, time.Second, true, watchSeldom},
		{watchSeldom, 30 * time.Second, false, watchSeldom},
		{watchSeldom, 2 * time.Minute, false, watchEvery},
	} {
		if got := nextPause(c.pause, c.lived, c.ended); got != c.want {
			t.Errorf("after %s, having lived %s, ended %v: %s, want %s", c.pause, c.lived, c.ended, got, c.want)
		}
	}
}
