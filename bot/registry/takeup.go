package registry

import (
	"cmp"
	"strings"
	"time"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// Answers to the question whether an answered request is taken up again: the first takes it
// up, with the second it stays answered.
const (
	takenUpAgain = string(intake.VerbAskAgain)
	nothingMore  = "nothing_more"
)

// askTakeUp asks whether a request is taken up again, since its requester wrote after our
// answer. The question has a date, so that it is not forgotten. Mere thanks ask nothing.
func (s *Service) askTakeUp(a *arrival, change *bot.Change) {
	rec := change.Record
	h := s.cues.Find(cmp.Or(strings.TrimSpace(a.Message.Body()), a.Message.Subject))
	if rec.Status != intake.StatusAnswered || h.OnlyThanks() {
		return
	}
	words := mailtext.Cut(h.Gist(), s.Habits.NoteLength)
	s.shown(a, change, bot.WhatAskAgain, words)
	doubt(rec, intake.FieldTakeUp, intake.Remark{ID: "doubt.asks_again", Args: map[string]string{"words": words}}, takenUpAgain, nothingMore)
	if rec.FollowUp.AskedAgain.IsZero() {
		rec.FollowUp.AskedAgain = a.now
	}
	s.plan(rec)
}

// settleTakeUp answers the question whether a request is taken up again.
func (s *Service) settleTakeUp(m *loadedOrder, value string) (bot.Change, error) {
	if value == takenUpAgain {
		return s.makeStep(m, bot.Advance{Verb: intake.VerbAskAgain})
	}
	change := m.settled(bot.Settle{Field: intake.FieldTakeUp, Value: value})
	s.clearTakeUp(change.Record)
	return change, nil
}

// clearTakeUp removes the question whether a request is taken up again, which a further
// answer to the requester settles as well.
func (s *Service) clearTakeUp(rec *intake.Record) {
	if rec.FollowUp.AskedAgain.IsZero() {
		return
	}
	rec.FollowUp.AskedAgain = time.Time{}
	rec.Doubts = withoutDoubt(rec.Doubts, intake.FieldTakeUp)
	s.plan(rec)
}
