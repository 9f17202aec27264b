package redisstore

import (
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

// makeOlder converts a record to the form of the version before the word index.
func makeOlder(t *testing.T, s *Store, n int) {
	t.Helper()
	ctx, key := t.Context(), s.keys.record(storetest.Reference(n))
	line, packed, _ := strings.Cut(s.client.Get(ctx, key).Val(), "\n")
	fields := strings.Split(line, "\t")
	fields = append([]string{recordHeaderFormOfOld}, append(fields[1:4], fields[5:]...)...)
	if err := s.client.Set(ctx, key, strings.Join(fields, "\t")+"\n"+packed, 0).Err(); err != nil {
		t.Fatal(err)
	}
	names := []string{s.keys.vocabulary(), s.keys.indexForm()}
	for _, word := range s.client.ZRange(ctx, s.keys.vocabulary(), 0, -1).Val() {
		names = append(names, s.keys.word(word))
	}
	if err := s.client.Del(ctx, names...).Err(); err != nil {
		t.Fatal(err)
	}
}

func TestRecordsOfAnOlderVersionAreFoundByWords(t *testing.T) {
	for name, start := range servers {
		t.Run(name, func(t *testing.T) {
			url := start(t)
			s := openOffice(t, url, t.TempDir(), "test")
			for n := 1; n <= 3; n++ {
				commitOne(t, s, n)
			}
			before := lying(t, s)
			for n := 1; n <= 3; n++ {
				makeOlder(t, s, n)
			}
			query := bot.Query{Words: []string{"training"}}
			if found, _, err := s.List(t.Context(), query); err != nil || len(found) != 0 {
				t.Fatalf("found %d before, %v", len(found), err)
			}
			again := openOffice(t, url, t.TempDir(), "test")
			expectLying(t, again, before)
			if found, _, err := again.List(t.Context(), query); err != nil || len(found) != 3 {
				t.Errorf("found %d, %v", len(found), err)
			}
		})
	}
}

// A record that changes while the records of an older version are being reindexed must be indexed
// once.
func TestOlderRecordThatChangesIsFiledWithItsChange(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		commitOne(t, s, 1)
		want := lying(t, s)
		makeOlder(t, s, 1)
		r, err := s.Load(t.Context(), storetest.Reference(1))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(t.Context(), bot.Change{Record: r}); err != nil {
			t.Fatal(err)
		}
		if err := s.refileAll(t.Context(), []string{stamp(r)}); err != nil {
			t.Fatal(err)
		}
		delete(want, "index_form")
		record := "record:" + storetest.Reference(1)
		want[record] = strings.Replace(want[record], "2|1|", "2|2|", 1)
		expectLying(t, s, want)
	})
}

// makeOlderOfOpen converts a record to the form of the version before the index of open records
// by owner.
func makeOlderOfOpen(t *testing.T, s *Store, n int) {
	t.Helper()
	ctx, key := t.Context(), s.keys.record(storetest.Reference(n))
	line, packed, _ := strings.Cut(s.client.Get(ctx, key).Val(), "\n")
	head := strings.Split(line, "\t")
	var kept []string
	for _, field := range head {
		if strings.HasPrefix(field, termOpenOf) {
			s.client.ZRem(ctx, s.keys.index(), field+"/"+head[3])
		} else {
			kept = append(kept, field)
		}
	}
	if err := s.client.Set(ctx, key, strings.Join(kept, "\t")+"\n"+packed, 0).Err(); err != nil {
		t.Fatal(err)
	}
	if err := s.client.Set(ctx, s.keys.indexForm(), indexFormOfOpen, 0).Err(); err != nil {
		t.Fatal(err)
	}
}

// Reindexing only reads open records. It can be interrupted and repeated, and must not change
// records that are already indexed.
func TestOpenRecordsOfAnOlderVersionAreFoundByOwner(t *testing.T) {
	for name, start := range servers {
		t.Run(name, func(t *testing.T) {
			url := start(t)
			s := openOffice(t, url, t.TempDir(), "test")
			for n := 1; n <= 3; n++ {
				commitOne(t, s, n)
			}
			before, query := lying(t, s), bot.Query{Owner: "statistics", Open: true}
			for n := 1; n <= 3; n++ {
				makeOlderOfOpen(t, s, n)
			}
			if found, _, err := s.List(t.Context(), query); err != nil || len(found) != 0 {
				t.Fatalf("found %d before, %v", len(found), err)
			}
			if err := s.refileAll(t.Context(), []string{stamp(storetest.NewRecord(2))}); err != nil { // interrupted after this record
				t.Fatal(err)
			}
			for range 2 {
				expectLying(t, openOffice(t, url, t.TempDir(), "test"), before)
			}
			if found, _, err := s.List(t.Context(), query); err != nil || len(found) != 3 {
				t.Errorf("found %d, %v", len(found), err)
			}
		})
	}
}

// Actions written when all actions were mails must be claimed by the mail outbox.
func TestActionsOfAnOlderVersionAreMail(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		commitOne(t, s, 1)
		ctx, key := t.Context(), storetest.NewAction(1).Key
		line, packed, _ := strings.Cut(s.client.HGet(ctx, s.keys.actions(), key).Val(), "\n")
		older := strings.Join(strings.Split(line, "\t")[:headFieldsOfOld], "\t")
		if err := s.client.HSet(ctx, s.keys.actions(), key, older+"\n"+packed).Err(); err != nil {
			t.Fatal(err)
		}
		if claimed, err := s.Claim(ctx, bot.MouthSlack, "a", storetest.Start, time.Minute, 9); err != nil || len(claimed) != 0 {
			t.Errorf("Slack claimed %d, %v", len(claimed), err)
		}
		claimed, err := s.Claim(ctx, bot.MouthMail, "a", storetest.Start, time.Minute, 9)
		if err != nil || len(claimed) != 1 || claimed[0].Mail == nil {
			t.Fatalf("claimed %+v, %v", claimed, err)
		}
		if err := s.Complete(ctx, "a", key, "ack-1@desk.unece.example", storetest.Start); err != nil {
			t.Error(err)
		}
		if history, err := s.History(ctx, storetest.Reference(1)); err != nil || len(history) != 2 {
			t.Errorf("history has %d entries, %v", len(history), err)
		}
	})
}
