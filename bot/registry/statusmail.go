package registry

import (
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// asksStatus reports whether a mail asks where its record stands, by one of the
// words for it: as the whole subject, or the whole first line.
func (s *Service) asksStatus(m *intake.Message) bool {
	subject := strings.NewReplacer("[", "", "]", "").Replace(s.withoutReference(s.Habits.Subject(m.Subject)))
	return s.Habits.AsksStatus(subject, m.Body())
}

// tellStatus answers who asked where the request stands, once a day for each
// record: the key of the mail holds the day.
func (s *Service) tellStatus(a *arrival, change *bot.Change) {
	rec, to := change.Record, answerTo(a.Message)
	reason := ""
	switch {
	case !a.Acknowledge:
		reason = "mail of this folder is not answered"
	case !s.knownTo(a.found, to.Address):
		reason = "the address to answer to is not known there"
	default:
		reason = s.noAnswer(a.Message, to)
	}
	change.History = append(change.History, intake.HistoryEntry{
		At: a.now, Actor: intake.ActorBot, What: bot.WhatStatusAsked, Reason: reason, Detail: a.Message.Identity(),
	})
	if reason != "" {
		return
	}
	languages := s.languagesFor(rec)
	key := string(bot.ActionStatus) + ":" + rec.Reference + ":" + s.today(a.now).String()
	m := s.mail(bot.ActionStatus, rec.Reference, bot.ShortHash(key), to)
	inThread(m, a.Message.MessageID, a.Message.References)
	m.Subject, m.Language = s.subjectOfAnswer(rec, languages[0]), strings.Join(languages, languageSeparator)
	m.Text = s.inEach(languages, func(lang string) string { return s.statusIn(a.occasion, rec, lang) })
	s.propose(a.occasion, change, bot.Action{Key: key, Kind: bot.ActionStatus, Mail: m, RateGroup: lower(to.Address)})
}

// statusIn says where a request stands, who has it, by post and not by name, and
// what comes next and when.
func (s *Service) statusIn(o occasion, rec *intake.Record, lang string) string {
	holder := s.Directory.Name(rec.Owner, lang)
	if rec.Owner == "" || rec.Owner == intake.ToDesk {
		holder = s.Phrases.Text(lang, "where.desk", nil)
	}
	next := ""
	if at, planned := dueAt(rec.Plan, intake.StepAnswer); planned && at.After(o.now) && rec.Status != intake.StatusWaiting {
		next = s.Phrases.Text(lang, "where.next", phrases.Values{"date": at.In(s.Office.Zone)})
	}
	return s.letter(lang, sections(
		s.Phrases.Text(lang, "where.lead", phrases.Values{
			"subject": s.subjectOf(rec, lang), "reference": rec.Reference, "received": rec.ReceivedAt.In(s.Office.Zone),
		}),
		s.Phrases.Text(lang, "where."+string(rec.Status), phrases.Values{"holder": holder}),
		next,
		s.Phrases.Text(lang, "where.automatic", nil),
	)...)
}
