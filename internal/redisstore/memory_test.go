//go:build !race

package redisstore

import (
	"context"
	"testing"
	"time"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

// maxRecordBytes is the limit of the memory that a record may use in Redis without its letter:
// document, indexes, Message-IDs, ledger, history, completed actions, and its words, most of
// which are new to the office.
const maxRecordBytes = 7900

func TestRecordsTakeLittleMemory(t *testing.T) {
	const records = 2000
	s := openAt(t, startRedis(t), t.TempDir())
	before := usedMemory(t, s)
	for n := 1; n <= records; n++ {
		if _, err := s.Commit(context.Background(), richChange(n)); err != nil {
			t.Fatal(err)
		}
	}
	finishAll(t, s)
	letters := 0
	for n := 1; n <= records; n++ {
		size, err := s.client.MemoryUsage(context.Background(), s.keys.letter(storetest.Reference(n))).Result()
		if err != nil {
			t.Fatal(err)
		}
		letters += int(size)
	}
	each := (usedMemory(t, s) - before - letters) / records
	t.Logf("%d bytes a record, its letter of %d bytes not counted", each, letters/records)
	if each > maxRecordBytes {
		t.Errorf("a record takes %d bytes, more than %d", each, maxRecordBytes)
	}
}

// finishAll claims and completes every action, as the outbox does.
func finishAll(t *testing.T, s *Store) {
	t.Helper()
	for {
		actions, err := s.Claim(context.Background(), bot.MouthMail, "bench", storetest.Start.Add(1000*time.Hour), time.Minute, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(actions) == 0 {
			return
		}
		for _, a := range actions {
			if err := s.Complete(context.Background(), "bench", a.Key, a.Mail.MessageID, storetest.Start); err != nil {
				t.Fatal(err)
			}
		}
	}
}
