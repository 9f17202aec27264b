package redisstore

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

// Backup and restore as README describes: the service is stopped and the folder copied. Later the
// folder is restored, and the newer numbers.json is kept.
func TestBackupIsRestored(t *testing.T) {
	dir, copied := shortDir(t), filepath.Join(t.TempDir(), "appendonlydir")
	file := filepath.Join(dir, "redis", "appendonlydir")
	s := openEmbedded(t, dir)
	for n := 1; n <= 3; n++ {
		commitRich(t, s, n)
	}
	stop(t, s)
	if err := os.CopyFS(copied, os.DirFS(file)); err != nil {
		t.Fatal(err)
	}

	s = openEmbedded(t, dir)
	for n := 4; n <= 5; n++ {
		commitRich(t, s, n)
	}
	if claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start.Add(time.Hour), time.Minute, 100); err != nil || len(claimed) == 0 {
		t.Fatalf("claimed %d, %v", len(claimed), err)
	}
	stop(t, s)
	if err := os.RemoveAll(file); err != nil { // simulates the loss of the disk
		t.Fatal(err)
	}

	if err := os.CopyFS(file, os.DirFS(copied)); err != nil {
		t.Fatal(err)
	}
	s = openEmbedded(t, dir)
	for n := 1; n <= 3; n++ {
		expectWhole(t, s, n)
	}
	if next, err := s.NextReference(t.Context(), 2026); err != nil || next != storetest.Reference(6) {
		t.Errorf("the next number is %s, %v: one that left the house is given again", next, err)
	}
	if _, err := s.Load(t.Context(), storetest.Reference(4)); err == nil {
		t.Error("what came after the copy is there: nothing was restored")
	}
}

func commitRich(t *testing.T, s *Store, n int) {
	t.Helper()
	if _, err := s.Commit(t.Context(), richChange(n)); err != nil {
		t.Fatal(err)
	}
}

func stop(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
