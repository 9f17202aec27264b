package registry

import (
	"cmp"

	"verbale/bot"
	"verbale/intake"
)

// kept is the message that was set aside, with as much of its text as was kept.
func (m *loadedOrder) kept() *intake.Message {
	letter := m.letter
	if letter == nil {
		letter = &bot.Letter{}
	}
	return letter.Message(m.aside.Origin)
}

// promote creates a record from a message set aside that a colleague found to be a request.
func (s *Service) promote(m *loadedOrder, d bot.Promote) (bot.Change, error) {
	reading := s.Reader.ReadRequest(s.byItself(m.kept()))
	reading.Doubts = withoutDoubt(withoutDoubt(reading.Doubts, intake.FieldKind), intake.FieldReference)
	reading.Kind, reading.KindReason = intake.KindRequest, intake.Remark{ID: "kind.desk"}
	reading.Language = cmp.Or(reading.Language, m.aside.Language)
	if reading.Request == nil {
		reading.Request = &intake.Request{}
	}
	change := s.begun(m, intake.NewRecordInput{
		Reading: reading, Origin: m.aside.Origin, ReceivedAt: m.aside.ReceivedAt, Now: m.now, Promoted: true,
	}, m.letter)
	s.startNow(m, change.Record)
	change.History = append(change.History, s.markConfidential(change.Record, m.kept(), m.occasion)...)
	change.Taken = d.Identity
	change.History = append(change.History, m.entry(bot.WhatPromoted, s.inHistory(m.aside.KindReason), ""))
	s.acknowledge(m.occasion, &change, s.sourceOfRecord(change.Record), change.Record.Origin.AnswerTo)
	s.enqueueQuestionUpdate(m, &change, bot.WhatPromoted, change.Record.Reference)
	return change, nil
}

// startNow makes the deadlines of a record count from now, since nobody knew before that it is
// a request, or that it is to be followed up.
func (s *Service) startNow(m *loadedOrder, rec *intake.Record) {
	rec.FollowUp.From = m.now
	s.plan(rec)
}

// born is the change that creates a record not opened by an incoming mail, and notifies those
// to whom it is assigned.
func (s *Service) born(m *loadedOrder, b intake.NewRecordInput, letter *bot.Letter) bot.Change {
	change := s.begun(m, b, letter)
	s.assignNew(m.occasion, &change)
	return change
}

// begun is born without notifying anybody.
func (s *Service) begun(m *loadedOrder, b intake.NewRecordInput, letter *bot.Letter) bot.Change {
	rec, entry := s.draft(b, m.occasion)
	rec.Reference = m.next
	if rec.Owner == intake.ToDesk && m.now.After(rec.ReceivedAt) {
		rec.FollowUp.AtDesk = m.now
	}
	entry.Actor = m.By.ID
	return bot.Change{Record: &rec, Letter: letter, History: []intake.HistoryEntry{entry}}
}

// assignNew notifies the assignees of a new record, if there are any.
func (s *Service) assignNew(o occasion, change *bot.Change) {
	if change.Record.Status == intake.StatusAssigned {
		s.assign(o, change)
	}
}

// join adds a message set aside to the record that it belongs to.
func (s *Service) join(m *loadedOrder, d bot.Join) (bot.Change, error) {
	if m.rec == nil {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.not_aside"}
	}
	message := m.kept()
	change := s.joined(&arrival{
		MailArrived: bot.MailArrived{Message: message, ReceivedAt: m.aside.ReceivedAt, Place: m.aside.Origin.Place},
		occasion:    m.occasion, found: m.rec,
		reading: intake.Reading{Kind: m.aside.Kind, KindReason: m.aside.KindReason, Language: m.aside.Language},
	})
	change.Arrival, change.Taken = nil, d.Identity
	change.History = append(change.History, m.entry(bot.WhatJoined, "", message.Identity()))
	change.Record.Correspondents = s.alsoKnown(change.Record, bot.Reply{To: []intake.Address{message.From}})
	s.enqueueQuestionUpdate(m, &change, bot.WhatJoined, change.Record.Reference)
	return change, nil
}

// dismiss leaves a message set aside and removes the question about it.
func (s *Service) dismiss(m *loadedOrder, d bot.Dismiss) (bot.Change, error) {
	change := bot.Change{}
	if m.rec != nil {
		change = m.with(m.entry(bot.WhatNote, "a mail that speaks of this request was left aside", d.Identity))
	}
	change.Dismissed = d.Identity
	s.enqueueQuestionUpdate(m, &change, bot.AsideDismissed, "")
	return change, nil
}
