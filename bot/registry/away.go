package registry

import (
	"time"

	"verbale/bot"
	"verbale/intake"
)

// longestAbsence is how far ahead a day of return may lie: what lies beyond is
// misread.
const longestAbsence = 366 * 24 * time.Hour

// reachOfDay is how many bytes behind words such as "until" their day begins.
const reachOfDay = 24

// requesterAway notes the absence that an automatic reply of the requester's
// tells of. It is no answer: the record moves no further. But the requester is not
// reminded before the day after. ok is false where the mail tells of none.
func (s *Service) requesterAway(a *arrival) (change bot.Change, ok bool) {
	if a.reading.Kind != intake.KindAutoReply || a.reading.Doubtful(intake.FieldKind) || a.Backfilled || forged(a.Message) ||
		a.found == nil || !a.found.Status.Open() || a.Message.Signs.Delivery != nil || !s.knownTo(a.found, a.Message.From.Address) {
		return bot.Change{}, false
	}
	day, words := s.absence(s.withoutReference(s.newText(a.Message)), intake.DateOf(a.ReceivedAt.In(s.Office.Zone)))
	back := day.AddDays(1).In(s.Office.Zone)
	if day.IsZero() || !back.After(a.now) || back.After(a.now.Add(longestAbsence)) {
		return bot.Change{}, false
	}
	change = s.noted(a, intake.HistoryEntry{Actor: lower(a.Message.From.Address), What: bot.WhatAway, Reason: cut(words, s.Habits.NoteLength)})
	if f := &change.Record.FollowUp; f.RequesterBack.Before(back) {
		f.RequesterBack = back
	}
	return change, true
}

// absence is the day on which an absence ends, or on which somebody is back, with
// the words that say so; the zero Date for none. A stretch of days says it without
// a cue.
func (s *Service) absence(text string, base intake.Date) (intake.Date, string) {
	h := s.hear(text)
	for _, c := range h.cues {
		if !c.Has(cueUntil) && !c.Has(cueBack) {
			continue
		}
		if first, last, at, ok := s.stretchIn(text, h.scan, c.Start, c.to, base); ok && at-c.End < reachOfDay && !wholeYears(first, last) {
			return last, h.sentence(c)
		}
	}
	if first, last, at, ok := s.stretchIn(text, h.scan, 0, len(text), base); ok && first != last && !wholeYears(first, last) {
		from, to := sentenceAround(text, at, at)
		return last, oneLine(text[from:to])
	}
	return intake.Date{}, ""
}

// wholeYears reports whether a stretch is that of a year's number: a programme, a
// budget or a letter is of a year, and nobody is away for one.
func wholeYears(first, last intake.Date) bool {
	return first.Month == time.January && first.Day == 1 && last.Month == time.December && last.Day == 31
}
