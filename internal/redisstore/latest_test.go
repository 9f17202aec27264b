package redisstore

import (
	"errors"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
	"verbale/routing"
)

// A commit is refused because another process has used its number. The refusal contains the last
// number, so the store does not need to be asked for it again.
func TestRefusalTellsTheNextNumber(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	for n := 1; n <= 2; n++ {
		commitOne(t, s, n)
	}
	s.latest.forget()
	late := storetest.NewChange(2)
	late.Arrival.MessageID = "late@stat.example"
	if _, err := s.Commit(t.Context(), late); !errors.Is(err, bot.ErrRenumber) {
		t.Fatalf("got %v", err)
	}
	if last, known := s.latest.number(2026); !known || last != 2 {
		t.Errorf("last number %d, known %v", last, known)
	}
	if _, known := s.latest.counts(); known {
		t.Error("counts are known that nobody told")
	}
}

// Absences are cached for a second. A change made by this process must take effect at once, even
// if an answer requested before it arrives later.
func TestAbsencesAreAskedOnceForAMomentAndHeardAtOnce(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	leave := bot.Leave{Post: "ra-energy", Absence: routing.Absence{From: intake.Date{Year: 2026, Month: 3, Day: 2}, Until: intake.Date{Year: 2026, Month: 3, Day: 6}}}
	expectAway := func(want int) {
		t.Helper()
		if leaves, err := s.Leaves(t.Context()); err != nil || len(leaves) != want {
			t.Errorf("%d are away, want %d, %v", len(leaves), want, err)
		}
	}
	expectAway(0)
	asked := time.Now()
	if err := s.SetLeave(t.Context(), leave); err != nil {
		t.Fatal(err)
	}
	s.latest.heardAway(asked, nil)
	expectAway(1)
	if _, known := s.latest.away(); !known {
		t.Error("the answer is not kept")
	}
	if err := s.SetLeave(t.Context(), bot.Leave{Post: leave.Post}); err != nil {
		t.Fatal(err)
	}
	expectAway(0)
}
