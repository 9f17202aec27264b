package storetest

import (
	"errors"
	"testing"
	"time"

	"verbale/bot"
)

const lease = time.Minute

var claimTests = map[string]func(*testing.T, Store){
	"due actions are claimed, oldest first":               oldestFirst,
	"what is not due stays":                               notDue,
	"a claimed action is not claimed again":               onceOnly,
	"withheld and skipped actions are never claimed":      neverClaimed,
	"an ended lease is given back and counts":             recovered,
	"a lease that lasts is not recovered":                 notRecovered,
	"the deferred of a group are claimed together":        groupDeferred,
	"a group does not take what is due later by itself":   groupLater,
	"a group does not take what another process holds":    groupHeld,
	"what was claimed with its group is finished as ever": groupFinished,
	"what goes out together stays bound over a crash":     boundTogether,
	"what another process holds is not bound":             boundByOther,
}

// withActions commits the n-th record with the given actions.
func withActions(t *testing.T, s Store, n int, actions ...bot.Action) {
	t.Helper()
	c := NewChange(n)
	c.Actions = actions
	commit(t, s, c)
}

func action(n int, due time.Time) bot.Action {
	a := NewAction(n)
	a.Due = due
	return a
}

func claim(t *testing.T, s Store, owner string, now time.Time, n int) []string {
	t.Helper()
	return keysOf(must[[]bot.Action](t)(s.Claim(t.Context(), bot.MouthMail, owner, now, lease, n)))
}

func claimGroup(t *testing.T, s Store, owner string, now time.Time, n int) []string {
	t.Helper()
	return keysOf(must[[]bot.Action](t)(s.ClaimGroup(t.Context(), owner, "aida@stat.example", now, lease, n)))
}

func keysOf(actions []bot.Action) []string {
	var keys []string
	for _, a := range actions {
		keys = append(keys, a.Key)
	}
	return keys
}

func expectKeys(t *testing.T, got []string, numbers ...int) {
	t.Helper()
	if len(got) != len(numbers) {
		t.Fatalf("claimed %v, want those of %v", got, numbers)
	}
	for i, n := range numbers {
		if got[i] != NewAction(n).Key {
			t.Fatalf("claimed %v, want those of %v", got, numbers)
		}
	}
}

func oldestFirst(t *testing.T, s Store) {
	for n, due := range []time.Duration{3, 1, 2} {
		withActions(t, s, n+1, action(n+1, Start.Add(due*time.Second)))
	}
	expectKeys(t, claim(t, s, "a", Start.Add(time.Minute), 2), 2, 3)
	expectKeys(t, claim(t, s, "a", Start.Add(time.Minute), 2), 1)
}

func notDue(t *testing.T, s Store) {
	withActions(t, s, 1, action(1, Start.Add(time.Second)))
	expectKeys(t, claim(t, s, "a", Start, 9))
	expectKeys(t, claim(t, s, "a", Start.Add(time.Second), 9), 1)
}

func onceOnly(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	claimed := must[[]bot.Action](t)(s.Claim(t.Context(), bot.MouthMail, "a", Start, lease, 9))
	if len(claimed) != 1 || claimed[0].State != bot.ActionClaimed || claimed[0].Mail == nil {
		t.Fatalf("claimed %+v", claimed)
	}
	expectKeys(t, claim(t, s, "b", Start, 9))
}

func neverClaimed(t *testing.T, s Store) {
	withheld, skipped := NewAction(1), NewAction(1)
	withheld.State = bot.ActionWithheld
	skipped.State, skipped.Key, skipped.Result = bot.ActionSkipped, "skip:1", "address of our own"
	withActions(t, s, 1, withheld, skipped)
	expectKeys(t, claim(t, s, "a", Start.Add(1000*time.Hour), 9))
	expectKeys(t, claimGroup(t, s, "a", Start.Add(1000*time.Hour), 9))
	if err := s.Unpark(t.Context(), withheld.Key, Start); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("a withheld action was released: %v", err)
	}
	got := must[[]bot.Action](t)(s.Actions(t.Context(), Reference(1)))
	if len(got) != 2 || got[0].State != bot.ActionWithheld || got[1].Result != "address of our own" {
		t.Errorf("got %+v", got)
	}
}

func recovered(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	expectKeys(t, claim(t, s, "a", Start, 9), 1)
	later := Start.Add(lease + time.Second)
	if n := must[int](t)(s.Recover(t.Context(), later)); n != 1 {
		t.Fatalf("recovered %d", n)
	}
	if got := only(t, s, 1); got.Attempts != 1 || got.State != bot.ActionPending || got.LastError == "" || got.Result != got.Key {
		t.Errorf("after recovery: %+v", got)
	}
	expectKeys(t, claim(t, s, "b", later, 9), 1)
	if err := s.Complete(t.Context(), "a", NewAction(1).Key, "x", later); !errors.Is(err, bot.ErrLeaseLost) {
		t.Errorf("the first owner completes: %v", err)
	}
}

func notRecovered(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	expectKeys(t, claim(t, s, "a", Start, 9), 1)
	if n := must[int](t)(s.Recover(t.Context(), Start.Add(lease/2))); n != 0 {
		t.Errorf("recovered %d", n)
	}
}

func groupDeferred(t *testing.T, s Store) {
	commit(t, s, NewChange(1), NewChange(2), NewChange(3))
	expectKeys(t, claim(t, s, "a", Start, 9), 1, 2, 3)
	for n := 1; n <= 3; n++ {
		if err := s.Defer(t.Context(), "a", NewAction(n).Key, "share used up", Start.Add(time.Duration(n)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	first := Start.Add(time.Hour)
	expectKeys(t, claim(t, s, "a", first, 9), 1)
	expectKeys(t, claimGroup(t, s, "a", first, 9), 2, 3)
	if got := only(t, s, 2); got.Attempts != 0 || !got.Deferred {
		t.Errorf("after deferring: %+v", got)
	}
}

func groupLater(t *testing.T, s Store) {
	withActions(t, s, 1, action(1, Start.Add(10*time.Minute)))
	withActions(t, s, 2, action(2, Start.Add(time.Second)))
	expectKeys(t, claimGroup(t, s, "a", Start.Add(time.Second), 9), 2)
}

func groupHeld(t *testing.T, s Store) {
	commit(t, s, NewChange(1), NewChange(2))
	expectKeys(t, claim(t, s, "b", Start, 1), 1)
	expectKeys(t, claimGroup(t, s, "a", Start, 9), 2)
}

func groupFinished(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	expectKeys(t, claimGroup(t, s, "a", Start, 9), 1)
	if err := s.Complete(t.Context(), "a", NewAction(1).Key, "sent@desk.unece.example", Start); err != nil {
		t.Fatal(err)
	}
	expectKeys(t, claimGroup(t, s, "a", Start.Add(1000*time.Hour), 9))
	expectKeys(t, claim(t, s, "a", Start.Add(1000*time.Hour), 9))
}

// only reads the one action of the n-th record.
func only(t *testing.T, s Store, n int) bot.Action {
	t.Helper()
	got := must[[]bot.Action](t)(s.Actions(t.Context(), Reference(n)))
	if len(got) != 1 {
		t.Fatalf("record %d has %d actions", n, len(got))
	}
	return got[0]
}

func boundTogether(t *testing.T, s Store) {
	commit(t, s, NewChange(1), NewChange(2))
	expectKeys(t, claim(t, s, "a", Start, 9), 1, 2)
	keys := []string{NewAction(1).Key, NewAction(2).Key}
	if err := s.Bind(t.Context(), "a", keys, "both@desk.example"); err != nil {
		t.Fatal(err)
	}
	must[int](t)(s.Recover(t.Context(), Start.Add(2*lease)))
	for n := 1; n <= 2; n++ {
		if got := only(t, s, n); got.Result != "both@desk.example" || got.State != bot.ActionPending {
			t.Errorf("after the crash: %+v", got)
		}
	}
	expectKeys(t, claim(t, s, "b", Start.Add(2*lease), 9), 1, 2)
	if err := s.Bind(t.Context(), "b", keys[1:], ""); err != nil {
		t.Fatal(err)
	}
	if got := only(t, s, 2); got.Result != "" {
		t.Errorf("still bound as %q", got.Result)
	}
	if err := s.Complete(t.Context(), "b", keys[0], "sent@desk.example", Start.Add(2*lease)); err != nil {
		t.Fatal(err)
	}
	if got := only(t, s, 1); got.Result != "sent@desk.example" {
		t.Errorf("done as %q", got.Result)
	}
}

func boundByOther(t *testing.T, s Store) {
	commit(t, s, NewChange(1), NewChange(2))
	expectKeys(t, claim(t, s, "a", Start, 1), 1)
	expectKeys(t, claim(t, s, "b", Start, 1), 2)
	err := s.Bind(t.Context(), "a", []string{NewAction(1).Key, NewAction(2).Key}, "both@desk.example")
	if !errors.Is(err, bot.ErrLeaseLost) {
		t.Errorf("bound all the same: %v", err)
	}
	if got := only(t, s, 1); got.Result != "" {
		t.Errorf("bound to %q", got.Result)
	}
	err = s.Bind(t.Context(), "a", []string{"acknowledge:nobody"}, "both@desk.example")
	if !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("what is not there: %v", err)
	}
}
