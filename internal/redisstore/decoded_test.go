package redisstore

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

// A change one reader makes to its copy of a record must not be visible to another. A record that
// was changed by any process must be read again.
func TestADecodedRecordIsSharedAndNeverOutOfDate(t *testing.T) {
	url := servers["miniredis"](t)
	s, other := openOffice(t, url, "", "unece"), openOffice(t, url, "", "unece")
	commitOne(t, s, 1)
	first, err := s.Load(t.Context(), storetest.Reference(1))
	if err != nil {
		t.Fatal(err)
	}
	before := *first
	first.Owner = "nobody"
	first.Rooms = append(first.Rooms, "desk")
	again, err := s.Load(t.Context(), storetest.Reference(1))
	if err != nil || !reflect.DeepEqual(*again, before) {
		t.Fatalf("the record changed in the hands of another, %v: %+v", err, again)
	}
	changed := before
	changed.Owner = "statistics"
	if _, err := other.Commit(t.Context(), bot.Change{Record: &changed}); err != nil {
		t.Fatal(err)
	}
	if again, err = s.Load(t.Context(), storetest.Reference(1)); err != nil || again.Owner != "statistics" {
		t.Errorf("got owner %q, %v", again.Owner, err)
	}
}

func TestFewRecordsAreKeptDecoded(t *testing.T) {
	var d decoded[int]
	for n := range 2 * mostDecoded {
		d.keep(fmt.Sprint(n), "", n)
	}
	if n := len(d.known); n != mostDecoded {
		t.Errorf("%d are kept", n)
	}
}

// The header of a claimed action is kept in memory, so that completing it does not need to read
// the action. Completing must also work without it.
func TestTheHeaderLineOfAnActionIsKeptWhileInHand(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	change := storetest.NewChange(1)
	change.Actions = []bot.Action{storetest.NewAction(1)}
	if _, err := s.Commit(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	claimed, err := s.Claim(t.Context(), bot.MouthMail, "one", storetest.Start, time.Minute, 10)
	if err != nil || len(claimed) == 0 {
		t.Fatalf("claimed %d, %v", len(claimed), err)
	}
	want, err := s.actionHead(t.Context(), claimed[0].Key)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.headers.take(claimed[0].Key); !slices.Equal(got, want) {
		t.Errorf("kept %q, stored %q", got, want)
	}
	if err := s.Complete(t.Context(), "one", claimed[0].Key, "<sent@desk.example>", storetest.Start); err != nil {
		t.Error(err)
	}
}
