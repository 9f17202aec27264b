package redisstore

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

// olderStore starts a server with the data of the first version that stored records: two requests,
// one of them with a chaser joined to it, and a bounce set aside. testdata/older/store.rdb was
// saved by Redis under that version.
func olderStore(t *testing.T) *Store {
	t.Helper()
	dir := shortDir(t)
	left, err := os.ReadFile("testdata/older/store.rdb")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "dump.rdb"), left, 0o600); err != nil {
		t.Fatal(err)
	}
	url, _ := startRedisIn(t, dir, "--save", "", "--appendonly", "no")
	return openOffice(t, url, t.TempDir(), "test")
}

func TestStoreOfAnOlderVersionIsReadWhole(t *testing.T) {
	s := olderStore(t)
	records, _, err := s.List(t.Context(), bot.Query{})
	if err != nil || len(records) != 2 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	for _, rec := range records {
		letter, err := s.Letter(t.Context(), rec.Reference)
		if err != nil || len(letter.Parts) == 0 {
			t.Errorf("letter of %s: %v", rec.Reference, err)
		}
		history, err := s.History(t.Context(), rec.Reference)
		if err != nil || len(history) == 0 {
			t.Errorf("history of %s: %d entries, %v", rec.Reference, len(history), err)
		}
		actions, err := s.Actions(t.Context(), rec.Reference)
		if err != nil || len(actions) == 0 || actions[0].Mail == nil {
			t.Errorf("actions of %s: %+v, %v", rec.Reference, actions, err)
		}
		if rec.Request == nil || rec.Routing == nil || rec.Status != intake.StatusNeedsTriage || len(rec.Evidence) == 0 {
			t.Errorf("%+v", rec)
		}
	}
	aside, _, err := s.SetAside(t.Context(), 10, "")
	if err != nil || len(aside) != 1 || aside[0].Kind != intake.KindBounce {
		t.Errorf("set aside: %+v, %v", aside, err)
	}
}

func TestStoreOfAnOlderVersionIsFoundAndWorkedOn(t *testing.T) {
	s := olderStore(t)
	found, _, err := s.List(t.Context(), bot.Query{Words: []string{"adhesion", "eau"}})
	if err != nil || len(found) != 1 || found[0].Reference != storetest.Reference(2) {
		t.Fatalf("found %+v, %v", found, err)
	}
	rec := found[0]
	rec.Owner = "environment"
	if _, err := s.Commit(t.Context(), bot.Change{Record: rec}); err != nil {
		t.Fatal(err)
	}
	again, err := s.Load(t.Context(), rec.Reference)
	if err != nil || again.Owner != "environment" || again.Revision != rec.Revision+1 {
		t.Errorf("%+v, %v", again, err)
	}
	if next, err := s.NextReference(t.Context(), 2026); err != nil || next != storetest.Reference(3) {
		t.Errorf("the next number is %s, %v", next, err)
	}
}

// A mail recorded by the older version must still be recognised.
func TestStoreOfAnOlderVersionKnowsItsMails(t *testing.T) {
	s := olderStore(t)
	reference, err := s.ByMessageID(t.Context(), "older-1@stat.kg.example")
	if err != nil || reference != storetest.Reference(1) {
		t.Errorf("%q, %v", reference, err)
	}
	if b, err := s.Backlog(t.Context(), time.Now()); err != nil || b.Parked != 0 {
		t.Errorf("%+v, %v", b, err)
	}
}
