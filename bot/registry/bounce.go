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

// deliveryFailed is the action of a delivery report which says that a mail will not arrive
// (RFC 3464, section 2.3.3).
const deliveryFailed = "failed"

// reasonUnreachable is why an automatic mail is not sent.
const reasonUnreachable = "mail of ours to this address came back"

// bounced notes a returned mail with the record that it was sent for. If it is the assignment,
// the record goes back to the desk, since the assignee does not know of it. If it went to the
// requester, the address is recorded as unreachable, and the owner is told.
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

// wentOut reports whether the mail that a report is about was indeed sent for the record
// found.
func (s *Service) wentOut(ctx context.Context, a *arrival) (bool, error) {
	actions, err := s.Store.Actions(ctx, a.found.Reference)
	if err != nil {
		return false, fmt.Errorf("load the mails of %s: %w", a.found.Reference, err)
	}
	return slices.ContainsFunc(threadOf(a.Message), func(id string) bool { return len(writtenTo(actions, id)) > 0 }), nil
}

// lost are the requester's addresses that a report on a mail of ours names for the first time.
// An outsider cannot know that mail's Message-ID, nor make us stop writing to an address that
// does not belong to the record.
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

// missed records the addresses that did not get a mail which was sent to its other recipients.
// The relay refused them immediately, so no delivery report will come. Temporary refusals are
// reported, but not recorded as unreachable.
func (s *Service) missed(ctx context.Context, e bot.Missed) (bot.Committed, error) {
	if e.Action.Reference == "" {
		return bot.Committed{}, nil
	}
	return s.commit(ctx, "whom "+e.Action.Key+" did not reach", func() (bot.Change, error) {
		m, err := s.loadOwnOrder(ctx, e.Action.Reference)
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

// unreachable says why no automatic mail is sent to an address for this record, besides the
// reasons that apply to all records; "" if it may be.
func unreachable(rec *intake.Record, address string) string {
	if slices.Contains(rec.Unreachable, lower(address)) {
		return reasonUnreachable
	}
	return ""
}

// reached notes that mail came from an address, so that it is not unreachable any more.
func reached(rec *intake.Record, address string) {
	if !slices.Contains(rec.Unreachable, address) {
		return
	}
	rec.Unreachable = without(rec.Unreachable, address)
	if address == lower(rec.Origin.AnswerTo.Address) {
		rec.Doubts = withoutDoubt(rec.Doubts, intake.FieldRequesterMail)
	}
}

// assignmentFailed reports whether a delivery report returns the assignment mail to the
// record's owner. An outsider cannot know that mail's Message-ID. If delivery failed only for
// some of the people behind the owner's address, others received it.
func (s *Service) assignmentFailed(a *arrival) bool {
	d, token := a.Message.Signs.Delivery, a.found.Tokens[a.found.Owner]
	if d == nil || d.Action != deliveryFailed || token == "" || a.found.Status != intake.StatusAssigned {
		return false
	}
	reaches := len(d.Recipients) == 0 || slices.ContainsFunc(d.Recipients, func(r string) bool { return s.speaksFor(a.found.Owner, r) })
	return reaches && slices.Contains(threadOf(a.Message), s.messageID(bot.ActionAssign, a.found.Reference, token))
}
