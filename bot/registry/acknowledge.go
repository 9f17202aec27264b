package registry

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// unreadableSuffix ends the key of an acknowledgement that asks to send a
// mail again.
const unreadableSuffix = ":unreadable"

// acknowledge tells the requester, at the given address, that the mail came
// in, or notes why not. What is not surely a request waits until the desk has
// decided; backfilled mail is acknowledged only where that was asked for.
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

func (s *Service) acknowledgement(o occasion, rec *intake.Record, letter source, key string, to intake.Address) *bot.Mail {
	languages := s.languagesFor(rec)
	m := s.mail(bot.ActionAcknowledge, rec.Reference, bot.ShortHash(key), to)
	inThread(m, letter.id, letter.references)
	m.Subject = s.subjectOfAnswer(rec, languages[0])
	m.Language = strings.Join(languages, languageSeparator)
	m.Text = s.inEach(languages, func(lang string) string { return s.acknowledgementIn(o, rec, letter, lang) })
	return m
}

// mail is an automatic mail of ours to one address.
func (s *Service) mail(kind bot.ActionKind, reference, unique string, to intake.Address) *bot.Mail {
	return &bot.Mail{
		MessageID: s.messageID(kind, reference, unique),
		To:        []intake.Address{to}, Automatic: true,
	}
}

// inThread puts a mail into the thread of the one that it answers (RFC 5322,
// section 3.6.4).
func inThread(m *bot.Mail, id string, references []string) {
	if id == "" {
		return
	}
	m.InReplyTo = id
	m.References = append(slices.Clone(references), id)
}

func (s *Service) subjectOfAnswer(rec *intake.Record, lang string) string {
	return s.Phrases.Text(lang, "acknowledge.subject", phrases.Values{
		"subject": s.subjectOf(rec, lang), "reference": rec.Reference,
	})
}

func (s *Service) subjectOf(rec *intake.Record, lang string) string {
	if subject := s.Habits.Subject(rec.Origin.Subject); subject != "" {
		return subject
	}
	return s.Phrases.Text(lang, "acknowledge.no_subject", nil)
}

// acknowledgementIn writes the letter in one language. It names subject,
// reference and the next date; of what the requester wrote it repeats nothing.
func (s *Service) acknowledgementIn(o occasion, rec *intake.Record, letter source, lang string) string {
	values := phrases.Values{
		"subject": s.subjectOf(rec, lang), "reference": rec.Reference, "received": letter.received.In(s.Office.Zone),
	}
	keys := []string{"acknowledge.received", "acknowledge.unreadable", "acknowledge.automatic"}
	if !letter.unreadable {
		next := "acknowledge.next_open"
		if at, planned := dueAt(rec.Plan, intake.StepAnswer); planned && at.After(o.now) {
			next, values["next"] = "acknowledge.next", at.In(s.Office.Zone)
		}
		keys = []string{"acknowledge.received", next, "acknowledge.quote_reference", "acknowledge.automatic"}
	}
	paragraphs := make([]string, len(keys))
	for i, key := range keys {
		paragraphs[i] = s.Phrases.Text(lang, key, values)
	}
	return s.letter(lang, paragraphs...)
}

func (s *Service) letter(lang string, paragraphs ...string) string {
	return s.Phrases.Text(lang, "letter.frame", phrases.Values{"text": strings.Join(paragraphs, "\n\n")})
}

// inEach writes one letter in each language, the first above the second.
func (s *Service) inEach(languages []string, write func(lang string) string) string {
	text := write(languages[0])
	for _, lang := range languages[1:] {
		text = s.Phrases.Text(languages[0], "letter.beside", phrases.Values{"first": text, "second": write(lang)})
	}
	return text
}

func dueAt(plan []intake.PlanStep, step intake.StepName) (time.Time, bool) {
	for _, p := range plan {
		if p.Step == step {
			return p.At, true
		}
	}
	return time.Time{}, false
}
