package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// deliveryFailed is the action of a delivery report that says that a mail will
// not arrive (RFC 3464, section 2.3.3).
const deliveryFailed = "failed"

// reasonUnreachable is why an automatic mail is not sent.
const reasonUnreachable = "mail of ours to this address came back"

// bounced notes a returned mail with the record that it was sent for. Where it
// is the assignment, nobody knows of the request: the desk has it back. Where it
// went to the requester, the address is booked, and who holds the record is told.
func (s *Service) bounced(a *arrival) bot.Change {
	if a.found == nil {
		return s.setAside(a, a.reading.KindReason)
	}
	if s.unanswerable(a.Message) == "" && s.readsLikeMachine(a) {
		return s.maybeMachine(a)
	}
	reason := s.inHistory(a.reading.KindReason)
	if d := a.Message.Signs.Delivery; d != nil {
		reason = strings.TrimSpace(d.Action + " " + d.Status)
	}
	change := s.noted(a, intake.HistoryEntry{Actor: intake.ActorBot, What: bot.WhatBounce, Reason: reason})
	if s.assignmentFailed(a) {
		s.advance(&change, intake.Step{
			Verb: intake.VerbDecline, Actor: intake.ActorBot, At: a.now,
			Reason: "the assignment mail to " + a.found.Owner + " came back: " + reason,
		})
	}
	for _, address := range s.lost(a) {
		s.bookUnreachable(a.occasion, &change, address, reason)
	}
	return change
}

// wentOut reports whether the mail on which a report speaks left the house for the
// record that was found.
func (s *Service) wentOut(ctx context.Context, a *arrival) (bool, error) {
	actions, err := s.Store.Actions(ctx, a.found.Reference)
	if err != nil {
		return false, fmt.Errorf("load the mails of %s: %w", a.found.Reference, err)
	}
	return slices.ContainsFunc(threadOf(a.Message), func(id string) bool { return len(writtenTo(actions, id)) > 0 }), nil
}

// lost are the addresses of the requester's side that a report on a mail of ours
// names for the first time. A stranger cannot name that mail, nor make us silent
// towards an address that the record does not know.
func (s *Service) lost(a *arrival) (addresses []string) {
	d := a.Message.Signs.Delivery
	if d == nil || d.Action != deliveryFailed || !a.wentOut {
		return nil
	}
	for _, r := range d.Recipients {
		address := lower(r)
		known := s.knownTo(a.found, address) || address == lower(a.found.Origin.AnswerTo.Address)
		if known && !s.Directory.Internal(address) && !slices.Contains(a.found.Unreachable, address) && !slices.Contains(addresses, address) {
			addresses = append(addresses, address)
		}
	}
	return addresses
}

func (s *Service) bookUnreachable(o occasion, change *bot.Change, address, reason string) {
	rec := change.Record
	rec.Unreachable = union(rec.Unreachable, []string{address})
	if address == lower(rec.Origin.AnswerTo.Address) {
		doubt(rec, intake.FieldRequesterMail, intake.Remark{ID: "doubt.unreachable"}, address)
	}
	change.History = append(change.History, intake.HistoryEntry{
		At: o.now, Actor: intake.ActorBot, What: bot.WhatUnreachable, Detail: address, Reason: reason,
	})
	s.tellHolder(o, change, fmt.Sprintf("unreachable:%s:%d", address, rec.Revision), "unreachable.subject", func(lang string) string {
		return s.Phrases.Text(lang, "unreachable.told", phrases.Values{"reference": rec.Reference, "address": address, "reason": reason})
	})
}

// missed books the addresses that did not get a mail which went out to others: the relay
// said so at once, and no report will come. What may pass is told and not booked.
func (s *Service) missed(ctx context.Context, e bot.Missed) (bot.Committed, error) {
	if e.Action.Reference == "" {
		return bot.Committed{}, nil
	}
	return s.commit(ctx, "whom "+e.Action.Key+" did not reach", func() (bot.Change, error) {
		m, err := s.gatherOwn(ctx, e.Action.Reference)
		if err != nil {
			return bot.Change{}, err
		}
		change := m.with()
		change.Once = "missed:" + e.Action.Key
		for _, miss := range e.Whom {
			if miss.ForGood {
				s.bookUnreachable(m.occasion, &change, lower(miss.Address), miss.Reason)
			} else {
				change.History = append(change.History, m.entry(bot.WhatBounce, lower(miss.Address)+": "+miss.Reason, e.Action.Key))
			}
		}
		for _, entry := range change.History {
			s.say(m.occasion, &change, entry, entry.Reason)
		}
		s.finish(m.occasion, &change)
		return change, nil
	})
}

// unreachable says why no automatic mail goes to an address for a record, besides
// what forbids it for all; "" where it may.
func unreachable(rec *intake.Record, address string) string {
	if slices.Contains(rec.Unreachable, lower(address)) {
		return reasonUnreachable
	}
	return ""
}

// reached notes that somebody wrote from an address: it lives.
func reached(rec *intake.Record, address string) {
	if !slices.Contains(rec.Unreachable, address) {
		return
	}
	rec.Unreachable = without(rec.Unreachable, address)
	if address == lower(rec.Origin.AnswerTo.Address) {
		rec.Doubts = withoutDoubt(rec.Doubts, intake.FieldRequesterMail)
	}
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
	return reaches && slices.Contains(threadOf(a.Message), s.messageID(bot.ActionAssign, a.found.Reference, token))
}
