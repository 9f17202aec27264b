package registry

import (
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// readAgain reads a readable copy of a letter that could not be opened before, and completes
// the record. The record only leaves the desk if the routing is certain.
func (s *Service) readAgain(a *arrival, change *bot.Change) {
	rec := change.Record
	if rec.Status != intake.StatusNeedsReading || rec.Backfilled || a.Backfilled || a.unreadable() {
		return
	}
	m := s.byItself(a.Message)
	reading := s.Reader.Read(m)
	if reading.Kind != intake.KindRequest {
		return
	}
	decided := s.Router.Route(routing.Question{Reading: &reading, At: a.now.In(s.Office.Zone), Open: a.open, Leaves: a.leaves})
	rec.Kind, rec.KindReason, rec.Language = reading.Kind, reading.KindReason, reading.Language
	rec.Request, rec.Evidence, rec.Doubts, rec.Routing = reading.Request, reading.Evidence, reading.Doubts, &decided
	change.Letter = letterOf(m)
	if !decided.Triage {
		s.advance(change, intake.Step{
			Verb: intake.VerbComplete, Actor: intake.ActorBot, At: a.now,
			Owner: decided.Assignee, Reason: "the letter was sent again in readable form",
		})
		s.assign(a.occasion, change)
	}
	s.acknowledge(a.occasion, change, s.sourceOf(a), answerTo(a.Message))
}

// byItself is a mail without references to our mail, so that it is read for its own content.
// References are replaced by spaces, which keeps all offsets.
func (s *Service) byItself(m *intake.Message) *intake.Message {
	alone := *m
	alone.InReplyTo, alone.References = nil, nil
	alone.Subject = s.withoutReference(m.Subject)
	alone.Text.Content = s.withoutReference(m.Text.Content)
	return &alone
}

func (s *Service) withoutReference(text string) string {
	return s.reference.ReplaceAllStringFunc(text, func(found string) string { return strings.Repeat(" ", len(found)) })
}
