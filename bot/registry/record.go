package registry

import (
	"fmt"
	"maps"
	"slices"

	"verbale/bot"
	"verbale/intake"
)

// recorded opens a record for a mail that is, or may be, a request.
func (s *Service) recorded(a *arrival) bot.Change {
	change := s.opened(a, s.birth(a))
	s.acknowledge(a.occasion, &change, s.sourceOf(a), change.Record.Origin.AnswerTo)
	s.hold(a, &change)
	return change
}

// birth is the data from which the record of a mail is made. If the mail refers to a record
// that does not exist, is closed or belongs to others, a doubt says so; in the last case the
// desk decides first whether it is a separate request.
func (s *Service) birth(a *arrival) intake.NewRecordInput {
	reading := a.reading
	doubt := func(field intake.Field, reason intake.Remark, candidates ...string) {
		reading.Doubts = append(slices.Clone(reading.Doubts), intake.Doubt{Field: field, Reason: reason, Candidates: slices.Concat([]string{}, candidates)})
	}
	if forged(a.Message) {
		doubt(intake.FieldRequesterMail, intake.Remark{ID: "doubt.forged"}, a.Message.From.Address)
	}
	switch {
	case a.found != nil && a.found.Status.Open():
		doubt(intake.FieldReference, intake.Remark{ID: "doubt.not_known"}, a.found.Reference)
		doubt(intake.FieldKind, intake.Remark{ID: "doubt.belongs", Args: map[string]string{"reference": a.found.Reference}}, string(intake.KindRequest), string(intake.KindFollowUp))
	case a.found != nil:
		doubt(intake.FieldReference, intake.Remark{ID: "doubt.closed"}, a.found.Reference)
	case a.lost:
		doubt(intake.FieldKind, intake.Remark{ID: "doubt.lost"}, string(intake.KindRequest), string(intake.KindFollowUp))
	case a.unsure:
		doubt(intake.FieldKind, intake.Remark{ID: "doubt.which_earlier"}, string(intake.KindRequest), string(intake.KindFollowUp))
	case reading.Kind == intake.KindFollowUp:
		doubt(intake.FieldReference, intake.Remark{ID: "doubt.no_record"})
	}
	return intake.NewRecordInput{
		Reading: reading, Origin: s.originOf(a.Message, a.Place),
		ReceivedAt: a.ReceivedAt, Now: a.now, Backfilled: a.Backfilled,
	}
}

// opened is the change that creates a record with its letter and, if it was assigned, the
// mails to the assignees.
func (s *Service) opened(a *arrival, b intake.NewRecordInput) bot.Change {
	rec, entry := s.draft(b, a.occasion)
	rec.Reference, rec.Similar = a.next, s.similar(a)
	change := bot.Change{
		Arrival: a.arrived(bot.ArrivalRecorded), Record: &rec, Letter: letterOf(a.Message),
		History: append([]intake.HistoryEntry{entry}, s.markConfidential(&rec, a.Message, a.occasion)...),
	}
	s.assignNew(a.occasion, &change)
	return change
}

// letterOf keeps the texts of a mail, each under the source name that evidence refers to.
func letterOf(m *intake.Message) *bot.Letter {
	l := &bot.Letter{Parts: []bot.LetterPart{
		{Source: "subject", Text: intake.Text{Content: m.Subject}},
		{Source: "body", Text: m.Text},
	}}
	for i, a := range m.Attachments {
		if a.Text.Content != "" {
			l.Parts = append(l.Parts, bot.LetterPart{Source: fmt.Sprintf("attachment:%d", i+1), Filename: a.Filename, Text: a.Text})
		}
	}
	return l
}

// propose adds an action to a change: pending, or withheld while sending is off. For
// backfilled records and mail, nothing goes to colleagues.
func (s *Service) propose(o occasion, change *bot.Change, action bot.Action) {
	if (o.quiet || change.Record.Backfilled) && action.Kind != bot.ActionAcknowledge {
		return
	}
	action.Reference, action.Due, action.State = change.Record.Reference, o.now, bot.ActionPending
	if !s.Office.Send {
		action.State = bot.ActionWithheld
	}
	change.Actions = append(change.Actions, action)
}

func withToken(tokens map[string]string, id, token string) map[string]string {
	tokens = maps.Clone(tokens)
	if tokens == nil {
		tokens = map[string]string{}
	}
	tokens[id] = token
	return tokens
}
