package redisstore

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

var durable = []string{"--save", "", "--appendonly", "yes", "--appendfsync", "always"}

// The server is killed and restarted. All confirmed commits must be there, and an unconfirmed one
// completely or not at all.
func TestKilledServerKeepsWhatItConfirmed(t *testing.T) {
	dir, data := shortDir(t), t.TempDir()
	url, server := startRedisIn(t, dir, durable...)
	s := openOffice(t, url, data, "test")
	confirmed := make(chan int)
	go func() {
		defer close(confirmed)
		for n := 1; ; n++ {
			if _, err := s.Commit(context.Background(), richChange(n)); err != nil {
				return
			}
			confirmed <- n
		}
	}()
	last := 0
	for n := range confirmed {
		if last = n; n == 50 {
			if err := server.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	url, _ = startRedisIn(t, dir, durable...)
	s = openOffice(t, url, data, "test")
	for n := 1; n <= last; n++ {
		expectWhole(t, s, n)
	}
	next, err := s.NextReference(t.Context(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	if next != storetest.Reference(last+1) { // another commit was written but not confirmed
		expectWhole(t, s, last+1)
	}
}

func expectWhole(t *testing.T, s *Store, n int) {
	t.Helper()
	if _, err := s.Load(t.Context(), storetest.Reference(n)); err != nil {
		t.Errorf("record %d: %v", n, err)
	}
	if _, err := s.Letter(t.Context(), storetest.Reference(n)); err != nil {
		t.Errorf("letter %d: %v", n, err)
	}
	actions, err := s.Actions(t.Context(), storetest.Reference(n))
	if err != nil || len(actions) != 3 {
		t.Errorf("record %d has %d actions, %v", n, len(actions), err)
	}
	again, err := s.Commit(t.Context(), richChange(n))
	if err != nil || !again.Seen {
		t.Errorf("message %d does not count as seen: %+v, %v", n, again, err)
	}
}

// A number that may have been sent to somebody is not assigned again, even if Redis has lost it.
func TestLostNumberIsNotGivenAgain(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		for n := 1; n <= 3; n++ {
			commitOne(t, s, n)
		}
		if claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 2); err != nil || len(claimed) != 2 {
			t.Fatalf("claimed %d, %v", len(claimed), err)
		}
		forgetAll(t, s) // nothing about record 3 was sent
		if next, err := s.NextReference(t.Context(), 2026); err != nil || next != storetest.Reference(3) {
			t.Errorf("next is %s, %v", next, err)
		}
		if _, err := s.Commit(t.Context(), storetest.NewChange(1)); err == nil {
			t.Error("number 1 was given again")
		}
		commitOne(t, s, 3)
	})
}

// The next process on the same data folder knows which numbers were used, and informs those on
// other machines through Redis.
func TestLostNumberIsRaisedForAll(t *testing.T) {
	url, data := startRedis(t), t.TempDir()
	s := openOffice(t, url, data, "test")
	commitOne(t, s, 1)
	if _, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1); err != nil {
		t.Fatal(err)
	}
	forgetAll(t, s)
	openOffice(t, url, data, "test")
	elsewhere := openOffice(t, url, t.TempDir(), "test")
	if next, err := elsewhere.NextReference(t.Context(), 2026); err != nil || next != storetest.Reference(2) {
		t.Errorf("next is %s, %v", next, err)
	}
}

// forgetAll deletes all keys of the office, as in a failover to a replica that had received
// nothing.
func forgetAll(t *testing.T, s *Store) {
	t.Helper()
	s.latest.forget() // as if the cache had expired after a second
	for key := range lying(t, s) {
		if err := s.client.Del(t.Context(), s.keys.of(key)).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNumbersLetOutThatCannotBeKeptReleaseNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, startRedis(t), data)
	commitOne(t, s, 1)
	if err := os.Remove(data); err != nil {
		t.Fatal(err)
	}
	if claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1); err == nil || len(claimed) != 0 {
		t.Fatalf("claimed %d, %v", len(claimed), err)
	}
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1)
	if err != nil || len(claimed) != 1 || claimed[0].Attempts != 0 {
		t.Errorf("claimed %+v, %v", claimed, err)
	}
}
