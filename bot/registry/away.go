package registry

import (
	"time"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// longestAbsence is how far ahead a day of return may be; a later one was misread.
const longestAbsence = 366 * 24 * time.Hour

// requesterAway notes the absence announced by an automatic reply of the requester. The reply
// does not count as an answer, so the status stays, but no reminder goes to the requester
// before their return. ok is false if the mail announces no absence.
func (s *Service) requesterAway(a *arrival) (change bot.Change, ok bool) {
	if a.reading.Kind != intake.KindAutoReply || a.reading.Doubtful(intake.FieldKind) || a.Backfilled || forged(a.Message) ||
		a.found == nil || !a.found.Status.Open() || a.Message.Signs.Delivery != nil || !s.knownTo(a.found, a.Message.From.Address) {
		return bot.Change{}, false
	}
	day, words := s.cues.Absence(s.withoutReference(s.Habits.NewText(a.Message)), intake.DateOf(a.ReceivedAt.In(s.Office.Zone)))
	back := day.AddDays(1).In(s.Office.Zone)
	if day.IsZero() || !back.After(a.now) || back.After(a.now.Add(longestAbsence)) {
		return bot.Change{}, false
	}
	change = s.noted(a, intake.HistoryEntry{Actor: lower(a.Message.From.Address), What: bot.WhatAway, Reason: mailtext.Cut(words, s.Habits.NoteLength)})
	if f := &change.Record.FollowUp; f.RequesterBack.Before(back) {
		f.RequesterBack = back
	}
	return change, true
}
