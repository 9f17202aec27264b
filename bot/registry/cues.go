package registry

import (
	"slices"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// Answers to the question whether a request was withdrawn: the first closes it, with the
// second it stays open.
const (
	withdrawn = string(intake.OutcomeWithdrawn)
	stillOpen = "open"
)

// noteCues shows what the requester's further mail says: that it withdraws the request, proposes
// other dates, or asks about its progress. None of this changes the request: the desk or the
// owner is asked.
func (s *Service) noteCues(a *arrival, change *bot.Change, h mailtext.Cues) {
	if !change.Record.Status.Open() {
		return
	}
	if c, ok := h.First(mailtext.CueWithdraw); !ok {
		s.askTakeUp(a, change)
	} else {
		s.shown(a, change, bot.WhatWithdraw, h.Sentence(c))
		doubt(change.Record, intake.FieldStatus, intake.Remark{ID: "doubt.withdrawn", Args: map[string]string{"words": h.Sentence(c)}}, withdrawn, stillOpen)
	}
	s.noteDates(a, change, h)
	if c, ok := chaserIn(h); ok {
		s.shown(a, change, bot.WhatChaser, h.Sentence(c))
	}
}

// chaserIn finds where a further mail to a request asks what became of it.
func chaserIn(h mailtext.Cues) (mailtext.Cue, bool) {
	if c, ok := h.First(mailtext.CueChaser); ok {
		return c, true
	}
	return h.First(mailtext.CueOutcome)
}

// cuesOf is what a further mail says about the request that it was added to.
func (s *Service) cuesOf(rec *intake.Record, h mailtext.Cues, a *arrival) earlierCues {
	e := earlierCues{heard: h}
	_, e.chases = chaserIn(h)
	_, e.withdraw = h.First(mailtext.CueWithdraw)
	_, _, e.dates = s.otherDays(rec, h, a)
	return e
}

// otherDays are the days that a mail proposes, if they differ from those of the record.
func (s *Service) otherDays(rec *intake.Record, h mailtext.Cues, a *arrival) (days [2]intake.Date, by mailtext.Cue, ok bool) {
	first, last, by, ok := h.OtherDays(intake.DateOf(a.ReceivedAt.In(s.Office.Zone)))
	same := rec.Request != nil && rec.Request.ProposedStart == first && rec.Request.ProposedEnd == last
	return [2]intake.Date{first, last}, by, ok && !same
}

// noteDates proposes the dates in a mail if they differ from those of the record.
func (s *Service) noteDates(a *arrival, change *bot.Change, h mailtext.Cues) {
	days, by, ok := s.otherDays(change.Record, h, a)
	if !ok {
		return
	}
	reason := intake.Remark{ID: "doubt.other_days", Args: map[string]string{"words": h.Sentence(by)}}
	s.shown(a, change, bot.WhatNewDates, h.Sentence(by))
	doubt(change.Record, intake.FieldDates, reason, intake.Days(days[0], days[1]))
}

// shown adds a history entry that quotes what a mail was found to say.
func (s *Service) shown(a *arrival, change *bot.Change, what, words string) {
	change.History = append(change.History, intake.HistoryEntry{
		At: a.now, Actor: intake.ActorBot, What: what, Reason: mailtext.Cut(words, s.Habits.NoteLength), Detail: a.Message.Identity(),
	})
}

// doubt adds a question about a field of a record, replacing an earlier one about the same
// field.
func doubt(rec *intake.Record, field intake.Field, reason intake.Remark, candidates ...string) {
	rec.Doubts = append(withoutDoubt(rec.Doubts, field), intake.Doubt{Field: field, Reason: reason, Candidates: slices.Concat([]string{}, candidates)})
}

// newAsk shows that a mail asks for something else than the request it was added to: another
// theme, or another service. In an answer to a question of ours, other services are expected
// and not shown.
func (s *Service) newAsk(a *arrival, change *bot.Change, read intake.Reading) {
	rec, r := change.Record, read.Request
	if rec.Request == nil || r == nil || read.Kind != intake.KindRequest || read.Doubtful(intake.FieldKind) {
		return
	}
	theme := len(r.Themes) > 0 && len(rec.Request.Themes) > 0 && !slices.Contains(rec.Request.Themes, r.Themes[0])
	service := a.found.Status != intake.StatusWaiting && slices.ContainsFunc(r.Services, func(x intake.Service) bool {
		return len(rec.Request.Services) > 0 && !slices.Contains(rec.Request.Services, x)
	})
	if !theme && !service {
		return
	}
	s.shown(a, change, bot.WhatNewAsk, r.Summary)
	doubt(rec, intake.FieldSummary, intake.Remark{ID: "doubt.asks_more", Args: map[string]string{"words": mailtext.Cut(r.Summary, s.Habits.NoteLength)}})
}

// settleStatus answers the question whether a request was withdrawn.
func (s *Service) settleStatus(m *loadedOrder, value string) (bot.Change, error) {
	if value == withdrawn {
		change, err := s.makeStep(m, bot.Advance{Verb: intake.VerbWithdraw, Reason: "by the requester's own mail"})
		if err == nil {
			change.Record.Doubts = withoutDoubt(change.Record.Doubts, intake.FieldStatus)
		}
		return change, err
	}
	return m.settled(bot.Settle{Field: intake.FieldStatus, Value: value}), nil
}
