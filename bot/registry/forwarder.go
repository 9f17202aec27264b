package registry

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// tellForwarder writes the number to the colleague who passed a letter on, and
// what becomes of its author.
func (s *Service) tellForwarder(a *arrival, change *bot.Change, author intake.Address) {
	to := a.Message.From
	if !a.Acknowledge || s.noAnswer(a.Message, to) != "" || acknowledgedTo(change, to) {
		return
	}
	rec := *change.Record
	rec.Origin.Subject = a.Message.Subject
	lang := s.LanguageOf(s.actor(to.Address))
	key := string(bot.ActionInform) + ":" + rec.Reference + ":forwarder"
	m := s.mail(bot.ActionInform, rec.Reference, s.Sign(key), to, s.letters.PassedOn(&rec, lang, author.Address, authorPhrase(change, author)))
	inThread(m, a.Message.MessageID, a.Message.References)
	s.propose(a.occasion, change, bot.Action{Key: key, Kind: bot.ActionInform, Mail: m, RateGroup: lower(to.Address)})
}

// authorPhrase says what becomes of the author: written to, to be confirmed,
// or to be found.
func authorPhrase(change *bot.Change, author intake.Address) string {
	switch {
	case author.Address == "":
		return "forwarded.unknown"
	case acknowledgedTo(change, author):
		return "forwarded.acknowledged"
	}
	return "forwarded.unconfirmed"
}

// acknowledgedTo reports whether a change acknowledges receipt to an address.
func acknowledgedTo(change *bot.Change, to intake.Address) bool {
	return slices.ContainsFunc(change.Actions, func(a bot.Action) bool {
		return a.Kind == bot.ActionAcknowledge && strings.EqualFold(a.Mail.To[0].Address, to.Address)
	})
}
