package registry

import (
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// asksStatus reports whether a mail asks for the status of its record, with one of the
// configured words as the whole subject or the whole first line.
func (s *Service) asksStatus(m *intake.Message) bool {
	subject := strings.NewReplacer("[", "", "]", "").Replace(s.withoutReference(s.Habits.Subject(m.Subject)))
	return s.Habits.AsksStatus(subject, m.Body())
}

// tellStatus answers a question for the status, once a day for each address, which the key of
// the mail ensures.
func (s *Service) tellStatus(a *arrival, change *bot.Change) {
	rec, to := change.Record, answerTo(a.Message)
	reason := ""
	switch {
	case !a.Acknowledge:
		reason = "mail of this folder is not answered"
	case !s.knownTo(a.found, to.Address):
		reason = "the address to answer to is not known there"
	case rec.Confidential && !s.ofTheRequester(a.found, to.Address):
		reason = "the request is confidential, and the address not the requester's nor one of their organisation"
	default:
		reason = s.noAnswer(a.Message, to)
	}
	change.History = append(change.History, intake.HistoryEntry{
		At: a.now, Actor: intake.ActorBot, What: bot.WhatStatusAsked, Reason: reason, Detail: a.Message.Identity(),
	})
	if reason != "" {
		return
	}
	address := lower(to.Address)
	key := strings.Join([]string{string(bot.ActionStatus), rec.Reference, s.today(a.now).String(), bot.ShortHash(address)}, ":")
	m := s.mail(bot.ActionStatus, rec.Reference, s.Sign(key), to, s.letters.Status(rec, a.now))
	inThread(m, a.Message.MessageID, a.Message.References)
	s.propose(a.occasion, change, bot.Action{Key: key, Kind: bot.ActionStatus, Mail: m, RateGroup: address})
}
