package registry

import (
	"cmp"
	"slices"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/intake"
)

// unreadableSuffix ends the key of an acknowledgement that asks the sender to send the mail
// again.
const unreadableSuffix = ":unreadable"

// acknowledge sends an acknowledgement of receipt to the given address, or notes in the
// history why it does not. Mail that may not be a request is not acknowledged before the desk
// has decided; backfilled mail only if that was asked for.
func (s *Service) acknowledge(o occasion, change *bot.Change, letter source, to intake.Address) {
	rec := change.Record
	if rec.Backfilled && !letter.allowed {
		return
	}
	if reason := s.notAcknowledged(letter, rec, to); reason != "" {
		change.History = append(change.History, intake.HistoryEntry{
			At: o.now, Actor: intake.ActorBot, What: bot.WhatNotAcknowledged, Reason: reason,
		})
		return
	}
	key := string(bot.ActionAcknowledge) + ":" + rec.Reference
	if letter.again {
		key += ":" + bot.ShortHash(lower(to.Address))
	}
	if letter.unreadable {
		key += unreadableSuffix
	}
	s.propose(o, change, bot.Action{
		Key: key, Kind: bot.ActionAcknowledge, RateGroup: lower(to.Address),
		Mail: s.acknowledgement(o, rec, letter, key, to),
	})
}

func (s *Service) notAcknowledged(letter source, rec *intake.Record, to intake.Address) string {
	switch {
	case !letter.allowed:
		return "mail of this folder is not acknowledged"
	case rec.Kind != intake.KindRequest && !letter.unreadable:
		return "it may be no request; the desk decides first"
	case meantElsewhere(rec):
		return "it is addressed to another organisation; the desk decides first"
	case to.Address == "":
		return "the address of the requester is not confirmed"
	case letter.sign != "":
		return letter.sign
	}
	if reason := cmp.Or(s.unwritable(to), unreachable(rec, to.Address)); reason != "" {
		return reason
	}
	if s.Directory.Internal(to.Address) && !letter.colleague {
		return "the address to answer to is a colleague's"
	}
	return ""
}

// meantElsewhere reports whether a letter is addressed to another organisation, and the desk
// has not decided yet that it is for us.
func meantElsewhere(rec *intake.Record) bool {
	return slices.ContainsFunc(rec.Doubts, func(d intake.Doubt) bool { return d.Reason.Is(intake.DoubtElsewhere) })
}

// awaitsDesk reports whether a record was not acknowledged because it may be no request to us.
func awaitsDesk(rec *intake.Record) bool {
	return rec.Kind != intake.KindRequest || meantElsewhere(rec)
}

func (s *Service) acknowledgement(o occasion, rec *intake.Record, letter source, key string, to intake.Address) *bot.Mail {
	m := s.mail(bot.ActionAcknowledge, rec.Reference, s.Sign(key), to, s.letters.Acknowledgement(rec, letters.Receipt{
		Received: letter.received, Now: o.now, Unreadable: letter.unreadable,
	}))
	if !letter.colleague || s.Directory.Internal(to.Address) { // else it is none of theirs
		inThread(m, letter.id, letter.references)
	}
	return m
}

// mail is an automatic mail to one address.
func (s *Service) mail(kind bot.ActionKind, reference, unique string, to intake.Address, w letters.Written) *bot.Mail {
	return &bot.Mail{
		MessageID: s.messageID(kind, reference, unique), To: []intake.Address{to}, Automatic: true,
		Subject: w.Subject, Text: w.Text, HTML: w.HTML, Language: w.Language,
	}
}

// named is the address of a post or division, with its name in the language of a letter.
func (s *Service) named(id, address string, w letters.Written) intake.Address {
	return intake.Address{Name: s.letters.Recipient(id, w.Language), Address: address}
}

// inThread makes a mail a reply to the one it answers, with the thread headers of RFC 5322,
// section 3.6.4.
func inThread(m *bot.Mail, id string, references []string) {
	if id == "" {
		return
	}
	m.InReplyTo = id
	m.References = bothEnds(append(slices.Clone(references), id))
}
