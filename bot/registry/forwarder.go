package registry

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// tellForwarder tells the colleague who forwarded a letter its reference, and whether its
// author is written to.
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

// authorPhrase is the phrase that says what happens with the author: written to, to be
// confirmed, or unknown.
func authorPhrase(change *bot.Change, author intake.Address) string {
	switch {
	case author.Address == "":
		return "forwarded.unknown"
	case acknowledgedTo(change, author):
		return "forwarded.acknowledged"
	}
	return "forwarded.unconfirmed"
}

// acknowledgedTo reports whether a change contains an acknowledgement to an address.
func acknowledgedTo(change *bot.Change, to intake.Address) bool {
	return slices.ContainsFunc(change.Actions, func(a bot.Action) bool {
		return a.Kind == bot.ActionAcknowledge && strings.EqualFold(a.Mail.To[0].Address, to.Address)
	})
}
