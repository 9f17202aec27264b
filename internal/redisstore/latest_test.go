package redisstore

import (
	"errors"
	"testing"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

// A commit that another process was faster than learns the number from its
// refusal: asked at once, it says so without a further look at the store.
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
