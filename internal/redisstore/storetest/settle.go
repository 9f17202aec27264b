package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

var settleTests = map[string]func(*testing.T, Store){
	"done is kept with its result and in the history": completed,
	"completing twice is harmless":                    completedTwice,
	"skipped is kept with its reason":                 skipped,
	"a failed attempt counts and comes back":          retried,
	"parked waits for a person":                       parked,
	"only the holder of the lease settles":            strangers,
	"an unknown action is not found":                  unknownAction,
	"texts of many lines stay one note":               manyLines,
	"a failed attempt leaves a deferred one deferred": deferredRetried,
	"what was sent for several leads to a record":     combinedSent,
	"what went out as one is noted of all or none":    completedTogether,
}

// claimed commits the first record and claims its action for owner "a".
func claimed(t *testing.T, s Store) string {
	t.Helper()
	commit(t, s, NewChange(1))
	expectKeys(t, claim(t, s, "a", Start, 9), 1)
	return NewAction(1).Key
}

func completed(t *testing.T, s Store) {
	key, at := claimed(t, s), Start.Add(2*time.Second)
	if err := s.Complete(t.Context(), "a", key, "ack-1@desk.unece.example", at); err != nil {
		t.Fatal(err)
	}
	want := NewAction(1)
	want.State, want.Result, want.DoneAt = bot.ActionDone, "ack-1@desk.unece.example", at
	if got := only(t, s, 1); !reflect.DeepEqual(got, want) {
		t.Errorf("action\n got %+v\nwant %+v", got, want)
	}
	expectLast(t, s, intake.HistoryEntry{At: at, Actor: intake.ActorBot, What: "mail_out", Detail: key + " ack-1@desk.unece.example"})
	if n := must[int](t)(s.Recover(t.Context(), Start.Add(1000*time.Hour))); n != 0 {
		t.Errorf("a finished action was recovered")
	}
}

func expectLast(t *testing.T, s Store, want intake.HistoryEntry) {
	t.Helper()
	history := must[[]intake.HistoryEntry](t)(s.History(t.Context(), Reference(1)))
	if got := history[len(history)-1]; got != want {
		t.Errorf("history ends with %+v, want %+v", got, want)
	}
}

func completedTwice(t *testing.T, s Store) {
	key := claimed(t, s)
	for range 2 {
		if err := s.Complete(t.Context(), "a", key, "x", Start); err != nil {
			t.Fatal(err)
		}
	}
	if history := must[[]intake.HistoryEntry](t)(s.History(t.Context(), Reference(1))); len(history) != 2 {
		t.Errorf("history has %d entries, want mail_in and mail_out", len(history))
	}
}

func skipped(t *testing.T, s Store) {
	key := claimed(t, s)
	if err := s.Skip(t.Context(), "a", key, "answered meanwhile", Start); err != nil {
		t.Fatal(err)
	}
	if got := only(t, s, 1); got.State != bot.ActionSkipped || got.Result != "answered meanwhile" || !got.DoneAt.Equal(Start) {
		t.Errorf("got %+v", got)
	}
	expectLast(t, s, intake.HistoryEntry{At: Start, Actor: intake.ActorBot, What: "skipped", Reason: "answered meanwhile", Detail: key})
}

func retried(t *testing.T, s Store) {
	key, again := claimed(t, s), Start.Add(5*time.Minute)
	if err := s.Retry(t.Context(), "a", key, "451 try later", again); err != nil {
		t.Fatal(err)
	}
	expectKeys(t, claim(t, s, "a", again.Add(-time.Millisecond), 9))
	got := must[[]bot.Action](t)(s.Claim(t.Context(), bot.MouthMail, "a", again, lease, 9))
	if len(got) != 1 || got[0].Attempts != 1 || got[0].LastError != "451 try later" {
		t.Errorf("got %+v", got)
	}
}

func parked(t *testing.T, s Store) {
	key := claimed(t, s)
	if err := s.Park(t.Context(), "a", key, "550 no such user", Start); err != nil {
		t.Fatal(err)
	}
	expectKeys(t, claim(t, s, "a", Start.Add(1000*time.Hour), 9))
	list := must[[]bot.Action](t)(s.Parked(t.Context(), 10))
	if len(list) != 1 || list[0].Key != key || list[0].LastError != "550 no such user" || list[0].State != bot.ActionParked {
		t.Fatalf("parked %+v", list)
	}
	expectLast(t, s, intake.HistoryEntry{At: Start, Actor: intake.ActorBot, What: "parked", Reason: "550 no such user", Detail: key})
	if err := s.Unpark(t.Context(), key, Start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if list := must[[]bot.Action](t)(s.Parked(t.Context(), 10)); len(list) != 0 {
		t.Errorf("still parked: %+v", list)
	}
	got := must[[]bot.Action](t)(s.Claim(t.Context(), bot.MouthMail, "a", Start.Add(time.Hour), lease, 9))
	if len(got) != 1 || got[0].Attempts != 0 {
		t.Errorf("after unparking %+v", got)
	}
}

func strangers(t *testing.T, s Store) {
	key := claimed(t, s)
	for name, call := range map[string]func() error{
		"Complete": func() error { return s.Complete(t.Context(), "b", key, "x", Start) },
		"Skip":     func() error { return s.Skip(t.Context(), "b", key, "x", Start) },
		"Retry":    func() error { return s.Retry(t.Context(), "b", key, "x", Start) },
		"Defer":    func() error { return s.Defer(t.Context(), "b", key, "x", Start) },
		"Park":     func() error { return s.Park(t.Context(), "b", key, "x", Start) },
	} {
		if err := call(); !errors.Is(err, bot.ErrLeaseLost) {
			t.Errorf("%s by another: %v", name, err)
		}
	}
	if got := only(t, s, 1); got.State != bot.ActionClaimed || got.Attempts != 0 || got.Result != "" {
		t.Errorf("changed by another: %+v", got)
	}
}

func unknownAction(t *testing.T, s Store) {
	if err := s.Complete(t.Context(), "a", "none", "x", Start); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("Complete: %v", err)
	}
	if err := s.Unpark(t.Context(), "none", Start); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("Unpark: %v", err)
	}
}

func manyLines(t *testing.T, s Store) {
	key := claimed(t, s)
	if err := s.Retry(t.Context(), "a", key, "451\ttry\r\nlater", Start); err != nil {
		t.Fatal(err)
	}
	if got := only(t, s, 1); got.LastError != "451 try  later" {
		t.Errorf("got %q", got.LastError)
	}
}

func deferredRetried(t *testing.T, s Store) {
	key := claimed(t, s)
	if err := s.Defer(t.Context(), "a", key, "share used up", Start); err != nil {
		t.Fatal(err)
	}
	expectKeys(t, claim(t, s, "a", Start, 9), 1)
	if err := s.Retry(t.Context(), "a", key, "451", Start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	expectKeys(t, claimGroup(t, s, "a", Start, 9), 1)
}

func combinedSent(t *testing.T, s Store) {
	key := claimed(t, s)
	if err := s.Complete(t.Context(), "a", key, "combined@desk.unece.example", Start); err != nil {
		t.Fatal(err)
	}
	if got := must[string](t)(s.ByMessageID(t.Context(), "combined@desk.unece.example")); got != Reference(1) {
		t.Errorf("got %q", got)
	}
}

func completedTogether(t *testing.T, s Store) {
	commit(t, s, NewChange(1), NewChange(2), NewChange(3))
	expectKeys(t, claim(t, s, "a", Start, 2), 1, 2)
	expectKeys(t, claim(t, s, "b", Start, 9), 3)
	keys := []string{NewAction(1).Key, NewAction(2).Key}
	if err := s.CompleteAll(t.Context(), "a", append(keys, NewAction(3).Key), "x", Start); !errors.Is(err, bot.ErrLeaseLost) {
		t.Errorf("with one of another: %v", err)
	}
	if err := s.CompleteAll(t.Context(), "a", append(keys, "none"), "x", Start); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("with one that is not there: %v", err)
	}
	for n := 1; n <= 3; n++ {
		if got := only(t, s, n); got.State != bot.ActionClaimed || got.Result != "" {
			t.Errorf("noted in part: %+v", got)
		}
	}
	for range 2 { // the answer to the first note may be lost
		if err := s.CompleteAll(t.Context(), "a", keys, "both@desk.example", Start); err != nil {
			t.Fatal(err)
		}
	}
	for n := 1; n <= 2; n++ {
		if got := only(t, s, n); got.State != bot.ActionDone || got.Result != "both@desk.example" {
			t.Errorf("not noted: %+v", got)
		}
		if history := must[[]intake.HistoryEntry](t)(s.History(t.Context(), Reference(n))); len(history) != 2 {
			t.Errorf("history of %d has %d entries, want mail_in and mail_out", n, len(history))
		}
	}
}
