package storetest

import (
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

var rateTests = map[string]func(*testing.T, Store){
	"the share of a window is not exceeded": rateWindow,
	"groups have shares of their own":       rateGroups,
	"asking in vain counts nothing":         rateInVain,
}

func rateWindow(t *testing.T, s Store) {
	for i := range 3 {
		expectWait(t, s, "g", Start.Add(time.Duration(i)*time.Minute), 0)
	}
	expectWait(t, s, "g", Start.Add(10*time.Minute), 50*time.Minute)
	expectWait(t, s, "g", Start.Add(time.Hour), 0) // the first is an hour old
	expectWait(t, s, "g", Start.Add(time.Hour), time.Minute)
}

func rateGroups(t *testing.T, s Store) {
	for _, group := range []string{"a@stat.example", "b@stat.example"} {
		for range 3 {
			expectWait(t, s, group, Start, 0)
		}
	}
}

func rateInVain(t *testing.T, s Store) {
	for range 3 {
		expectWait(t, s, "g", Start, 0)
	}
	for range 5 {
		expectWait(t, s, "g", Start.Add(30*time.Minute), 30*time.Minute)
	}
	expectWait(t, s, "g", Start.Add(time.Hour), 0)
}

// expectWait takes one of three an hour.
func expectWait(t *testing.T, s Store, group string, now time.Time, want time.Duration) {
	t.Helper()
	if got := must[time.Duration](t)(s.TakeRate(t.Context(), group, now, 3, time.Hour)); got != want {
		t.Errorf("%s at %s: wait %s, want %s", group, now.Format(time.TimeOnly), got, want)
	}
}

var ledgerTests = map[string]func(*testing.T, Store){
	"a folder never read has no cursor": noCursor,
	"cursors are kept by folder":        cursorKept,
	"one owner holds a lease":           leaseHeld,
	"a lease ends by itself":            leaseEnds,
	"outcomes are kept by UIDVALIDITY":  outcomesApart,
}

func noCursor(t *testing.T, s Store) {
	if got := must[bot.Cursor](t)(s.Cursor(t.Context(), Folder)); got != (bot.Cursor{}) {
		t.Errorf("got %+v", got)
	}
}

func cursorKept(t *testing.T, s Store) {
	inbox := bot.Cursor{UIDValidity: 7, UID: 41, Since: Start}
	archive := bot.Cursor{UIDValidity: 8, UID: 1, Since: Start}
	other := intake.Place{Mailbox: Folder.Mailbox, Folder: "Archive/2026"}
	for place, c := range map[intake.Place]bot.Cursor{Folder: inbox, other: archive} {
		if err := s.SetCursor(t.Context(), place, c); err != nil {
			t.Fatal(err)
		}
	}
	if got := must[bot.Cursor](t)(s.Cursor(t.Context(), At(99))); got != inbox {
		t.Errorf("got %+v", got)
	}
	if got := must[bot.Cursor](t)(s.Cursor(t.Context(), other)); got != archive {
		t.Errorf("got %+v", got)
	}
}

func leaseHeld(t *testing.T, s Store) {
	expectLease(t, s, "a", Start, true)
	expectLease(t, s, "b", Start, false)
	expectLease(t, s, "a", Start.Add(lease/2), true) // renewed
	expectLease(t, s, "b", Start.Add(lease), false)
	if err := s.Release(t.Context(), "mailbox", "b"); err != nil {
		t.Fatal(err)
	}
	expectLease(t, s, "b", Start.Add(lease), false) // b's release is not a's
	if holders := must[map[string]string](t)(s.Holders(t.Context())); len(holders) != 1 || holders["mailbox"] != "a" {
		t.Errorf("holders %v, want a", holders)
	}
	if err := s.Release(t.Context(), "mailbox", "a"); err != nil {
		t.Fatal(err)
	}
	expectLease(t, s, "b", Start.Add(lease), true)
}

func leaseEnds(t *testing.T, s Store) {
	expectLease(t, s, "a", Start, true)
	expectLease(t, s, "b", Start.Add(lease), true)
	expectLease(t, s, "a", Start.Add(lease), false)
}

func expectLease(t *testing.T, s Store, owner string, now time.Time, want bool) {
	t.Helper()
	if got := must[bool](t)(s.Acquire(t.Context(), "mailbox", owner, now, lease)); got != want {
		t.Errorf("%s acquires: %v, want %v", owner, got, want)
	}
}

func outcomesApart(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	renewed := Folder
	renewed.UIDValidity++
	if got := must[map[uint32]bot.Placed](t)(s.Outcomes(t.Context(), renewed)); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
