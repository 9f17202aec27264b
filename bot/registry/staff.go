package registry

import (
	"slices"

	"verbale/bot"
	"verbale/intake"
)

// answerPath are the steps that a colleague's answer to the requester implies, by the record's
// status: who answers has accepted the request.
var answerPath = map[intake.Status][]intake.Verb{
	intake.StatusNeedsReading: {intake.VerbAssign, intake.VerbAccept, intake.VerbAnswer},
	intake.StatusNeedsTriage:  {intake.VerbAssign, intake.VerbAccept, intake.VerbAnswer},
	intake.StatusAssigned:     {intake.VerbAccept, intake.VerbAnswer},
	intake.StatusAccepted:     {intake.VerbAnswer},
	intake.StatusWaiting:      {intake.VerbAnswer},
}

// fromStaff decides on mail from a colleague, who is never the requester.
func (s *Service) fromStaff(a *arrival) bot.Change {
	switch {
	case a.found != nil && s.addressesRequester(a.Message, a.found):
		return s.answered(a)
	case a.found != nil && !a.newRequestInOldThread():
		return s.replied(a)
	case a.worthANumber():
		return s.passedOn(a)
	}
	return s.setAside(a, a.reading.KindReason)
}

// notBelieved shows a mail from a colleague's address that failed authentication. Nothing that
// it asks for is done.
func (s *Service) notBelieved(a *arrival) bot.Change {
	return s.noted(a, intake.HistoryEntry{
		Actor: intake.ActorBot, What: bot.WhatForged,
		Reason: "the mail server found that a mail under the address " + lower(a.Message.From.Address) + " does not come from there; nothing was carried out",
	})
}

// answered notes a colleague's mail to the requester and moves the record on.
func (s *Service) answered(a *arrival) bot.Change {
	actor := s.actor(a.Message.From.Address)
	change := s.noted(a, intake.HistoryEntry{Actor: actor, What: bot.WhatMailOut, Reason: s.attachedTo(a.Message)})
	owner := s.answerer(a)
	var steps []intake.Step
	for _, verb := range answerPath[change.Record.Status] {
		steps = append(steps, intake.Step{
			Verb: verb, Actor: actor, At: a.now, Reason: "answered by mail", Owner: owner, OnBehalf: owner,
		})
	}
	s.advance(&change, steps...)
	s.clearTakeUp(change.Record)
	s.voidTokens(a, change.Record)
	return change
}

// answerer is on whose behalf a colleague answers: the record's owner if there is one, else
// the colleague's own post or division, else the proposed assignee.
func (s *Service) answerer(a *arrival) string {
	if a.found.Owner != "" && a.found.Owner != intake.ToDesk {
		return a.found.Owner
	}
	if id, ok := s.Directory.Holder(a.Message.From.Address); ok && id != "" {
		return id
	}
	if a.found.Routing != nil {
		return a.found.Routing.Assignee
	}
	return intake.ToDesk
}

// passedOn records a letter forwarded by a colleague. Its author is only a proposed requester:
// mail is sent there only if the address is of our own institution. The colleague is always
// told the reference. Colleagues see the subject under which it was forwarded; mail to outside
// has the letter's own subject.
func (s *Service) passedOn(a *arrival) bot.Change {
	author, confirmed := s.authorOf(a)
	b := s.birth(a)
	b.Origin.AnswerTo, b.Origin.Subject = intake.Address{}, ""
	if f := a.Message.Forwarded; f != nil {
		b.Origin.Subject = f.Subject
	}
	if confirmed {
		b.Origin.AnswerTo = author
	} else {
		b.Reading.Doubts = append(slices.Clone(b.Reading.Doubts), unconfirmed(author))
	}
	change := s.opened(a, b)
	s.acknowledge(a.occasion, &change, s.sourceOf(a), change.Record.Origin.AnswerTo)
	s.tellForwarder(a, &change, author)
	return change
}

func unconfirmed(author intake.Address) intake.Doubt {
	d := intake.Doubt{
		Field:      intake.FieldRequesterMail,
		Reason:     intake.Remark{ID: "doubt.passed_on"},
		Candidates: []string{},
	}
	if author.Address != "" {
		d.Candidates = append(d.Candidates, author.Address)
	}
	return d
}

// authorOf is the author of a letter forwarded by a colleague, and whether the address may be
// written to without confirmation by a person.
func (s *Service) authorOf(a *arrival) (author intake.Address, confirmed bool) {
	if a.Message.Forwarded == nil {
		return intake.Address{}, false
	}
	author = a.Message.Forwarded.From
	known := s.sameInstitutionDomain(author.Address, a.Message.From.Address) || s.Directory.Internal(author.Address)
	return author, known && !s.own(author.Address)
}
