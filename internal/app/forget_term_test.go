package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// closeAt closes a record like a colleague. It tries again if the service changed the record
// meanwhile.
func (s *service) closeAt(reference string, at time.Time) {
	s.t.Helper()
	s.await(reference+" to be closed", func() bool {
		rec, err := s.server.Store().Load(s.t.Context(), reference)
		if err != nil {
			s.t.Fatal(err)
		}
		closed, entry, err := rec.Advance(intake.Step{
			Verb: intake.VerbClose, Actor: "ana@unece.example", At: at, Reason: "the mission took place", Outcome: intake.OutcomeDelivered,
		})
		if err == nil {
			_, err = s.server.Store().Commit(s.t.Context(), bot.Change{Record: &closed, History: []intake.HistoryEntry{entry}})
		}
		if err != nil && !errors.Is(err, bot.ErrStale) {
			s.t.Fatal(err)
		}
		return err == nil
	})
}

// TestWhatIsKeptBeyondItsTermIsForgotten simulates two years with a closed request, an open one,
// and a mail that was set aside. Each must be forgotten at the end of its retention period, the
// open request not at all.
func TestWhatIsKeptBeyondItsTermIsForgotten(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, time.March, 10, 10, 0, 0, 0, time.UTC)
	k := deskAsOf(t, begin.Add(-time.Hour))
	k.timing.Round = 50 * time.Millisecond
	s := k.serve()
	s.forwardTo(begin)
	closed, open := s.hasAPast(begin)

	s.forwardTo(begin.AddDate(0, 5, 0)) // one month before the mail set aside is forgotten
	rounds := strings.Count(k.logs.String(), "the plan was audited")
	k.await("a whole round", func() bool { return strings.Count(k.logs.String(), "the plan was audited") > rounds+1 })
	if kept := k.redisText(); !strings.Contains(kept, "v.seller@shop.example") || !strings.Contains(kept, "m.popescu@mediu.example") {
		t.Error("something went before its term had ended")
	}
	s.forwardTo(begin.AddDate(0, 7, 0))
	k.await("the mail set aside to go", func() bool { return !strings.Contains(k.redisText(), "v.seller@shop.example") })
	s.forwardTo(begin.AddDate(2, 1, 0))
	k.await("the closed request to be forgotten", func() bool { // the record is marked first, the text deleted afterwards
		kept := strings.ToLower(k.redisText())
		left := slices.ContainsFunc([]string{"v.seller", "m.popescu", "closed-one", "mediu.example"}, func(word string) bool { return strings.Contains(kept, word) })
		rec, err := s.server.Store().Load(t.Context(), closed)
		return err == nil && !rec.Forgotten.IsZero() && !left
	})
	if rec, err := s.server.Store().Load(t.Context(), open); err != nil || !rec.Forgotten.IsZero() || rec.Origin.From.Address != "i.other@energie.example" {
		t.Errorf("the open request is %+v, %v", rec, err)
	}
	if history := historyOf(t, s, closed); !strings.Contains(history, bot.WhatForgotten+" by bot") {
		t.Error(history)
	}
}

// hasAPast delivers two requests, one of which it closes, and a mail that is set aside.
func (s *service) hasAPast(begin time.Time) (closed, open string) {
	s.t.Helper()
	aside := letter{from: "Vera Seller <v.seller@shop.example>", subject: "Auto-reply: away", id: "away@shop.example", body: "I am out of the office until Monday.", at: begin}.raw()
	for _, raw := range [][]byte{requestFrom("m.popescu@mediu.example", "closed-one"), requestFrom("i.other@energie.example", "open-one"), aside} {
		s.deliverTo("INBOX", raw, begin)
	}
	s.settled(3)
	for _, rec := range records(s.t, s) {
		if rec.Origin.From.Address == "m.popescu@mediu.example" {
			closed = rec.Reference
		} else {
			open = rec.Reference
		}
	}
	s.closeAt(closed, begin.AddDate(0, 0, 3))
	return closed, open
}

// TestARawLetterIsNotKept searches all of Redis for parts of a mail that belong in no record:
// header fields, encoded attachments, and text beyond the size limit.
func TestARawLetterIsNotKept(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	long := strings.Repeat("The Ministry of Environment of the Republic of Moldova requests advisory services on the Water Convention.\r\n", 2000)
	k.deliver(plain(`--x
Content-Type: text/plain; charset=utf-8

`+long+`The end is beyond the limit.
--x
Content-Type: image/png; name="seal.png"
Content-Disposition: attachment; filename="seal.png"
Content-Transfer-Encoding: base64

c3RhbXBlZCBhbmQgc2VhbGVkIGJ5IG5vYm9keSBhdCBhbGw=
--x--
`, "From: Maria Popescu <m.popescu@mediu.example>", "To: <"+deskAddress+">", "Subject: Water", "Message-ID: <long@mediu.example>",
		"X-Originating-Host: laptop-of-maria", "Received: from [10.1.2.3] by mail.mediu.example", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x"))
	s.settled(1)
	kept := k.redisText()
	if !strings.Contains(kept, "Water Convention") {
		t.Fatal("the letter's text is not kept at all: the test proves nothing")
	}
	k.lacks("Redis", kept, []string{"laptop-of-maria", "10.1.2.3", "c3RhbXBlZCBhbmQg", "stamped and sealed", "The end is beyond the limit", "boundary=x"})
	letter, err := s.server.Store().Letter(t.Context(), records(t, s)[0].Reference)
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for _, part := range letter.Parts {
		size += len(part.Text.Content)
	}
	if size > bot.MaxLetterBytes || size < bot.MaxLetterBytes-4 {
		t.Errorf("%d bytes of a longer text are kept, want %d", size, bot.MaxLetterBytes)
	}
}
