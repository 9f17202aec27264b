package storetest

import (
	"slices"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// newAsking sets the mail behind the n-th record aside, which asks to join the first.
func newAsking(n int) bot.Change {
	c := newSetAside(n)
	c.SetAside.Reference, c.SetAside.Doubts = Reference(1), []intake.Doubt{{Field: intake.FieldReference, Reason: intake.Remark{ID: "doubt.stranger"}}}
	return c
}

// wantToConfirm compares all pages of what is to be confirmed, and its count.
func wantToConfirm(t *testing.T, s Store, numbers ...int) {
	t.Helper()
	var got, want []string
	for cursor, ended := "", false; !ended; ended = cursor == "" {
		page, next, err := s.ToConfirm(t.Context(), 1, cursor)
		settled(t, err)
		for _, a := range page {
			got = append(got, a.Identity)
		}
		cursor = next
	}
	for _, n := range numbers {
		want = append(want, MessageID(n))
	}
	if count := must[int](t)(s.CountToConfirm(t.Context())); !slices.Equal(got, want) || count != len(want) {
		t.Errorf("to be confirmed are %v, counted as %d, want %v", got, count, want)
	}
}

func toConfirm(t *testing.T, s Store) {
	wantToConfirm(t, s)
	commit(t, s, NewChange(1), newAsking(2), newAsking(4), newAsking(3), newSetAside(5), newSetAside(6))
	wantToConfirm(t, s, 2, 3, 4)
	commit(t, s, bot.Change{Dismissed: MessageID(4)})
	wantToConfirm(t, s, 2, 3)
	commit(t, s, takenAs(2))
	wantToConfirm(t, s, 3)
}
