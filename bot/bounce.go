package bot

import (
	"fmt"
	"slices"

	"verbale/intake"
)

// deliveryFailed is the action of a delivery report that says that a mail will
// not arrive (RFC 3464, section 2.3.3).
const deliveryFailed = "failed"

// bounced notes a returned mail with the record that it was sent for. Where it
// is the assignment, nobody knows of the request: the desk has it back.
func (s *Service) bounced(a *arrival) Change {
	if a.found == nil {
		return s.setAside(a, a.reading.KindReason)
	}
	reason := a.reading.KindReason
	if d := a.Message.Signs.Delivery; d != nil {
		reason = fmt.Sprintf("%s %s", d.Action, d.Status)
	}
	change := s.noted(a, intake.HistoryEntry{Actor: intake.ActorBot, What: WhatBounce, Reason: reason})
	if s.assignmentFailed(a) {
		s.advance(&change, intake.Step{
			Verb: intake.VerbDecline, Actor: intake.ActorBot, At: a.now,
			Reason: "the assignment mail to " + a.found.Owner + " came back: " + reason,
		})
	}
	return change
}

// assignmentFailed reports whether a delivery report returns the mail by which
// the record's owner was to learn of it. A stranger cannot name that mail; and
// where it failed for one of those behind the owner's address, others have it.
func (s *Service) assignmentFailed(a *arrival) bool {
	d, token := a.Message.Signs.Delivery, a.found.Tokens[a.found.Owner]
	if d == nil || d.Action != deliveryFailed || token == "" || a.found.Status != intake.StatusAssigned {
		return false
	}
	reaches := len(d.Recipients) == 0 || slices.ContainsFunc(d.Recipients, func(r string) bool { return s.speaksFor(a.found.Owner, r) })
	return reaches && slices.Contains(threadOf(a.Message), s.messageID(ActionAssign, a.found.Reference, token))
}
