package bot

import (
	"verbale/intake"
	"verbale/internal/phrases"
)

// tellForwarder writes the number to the colleague who passed a letter on, and
// what becomes of its author.
func (s *Service) tellForwarder(a *arrival, change *Change, author intake.Address, confirmed bool) {
	to := a.Message.From
	if !a.Acknowledge || s.noAnswer(a.Message, to) != "" {
		return
	}
	rec := change.Record
	lang := phrases.English
	if id, ok := s.Directory.Holder(to.Address); ok {
		lang = s.languageOf(id)
	}
	key := string(ActionInform) + ":" + rec.Reference + ":forwarder"
	m := s.mailAbout(rec, ActionInform, shortHash(key), to)
	m.Subject, m.Language = s.subjectOfAnswer(rec, lang), lang
	m.Text = s.toColleague(lang,
		s.Phrases.Text(lang, "forwarded.recorded", phrases.Values{
			"subject": s.subjectOf(rec, lang), "reference": rec.Reference,
		}),
		s.Phrases.Text(lang, authorPhrase(author, confirmed), phrases.Values{"author": author.Address}))
	s.propose(a, change, Action{Key: key, Kind: ActionInform, Mail: m, RateGroup: lower(to.Address)})
}

func authorPhrase(author intake.Address, confirmed bool) string {
	switch {
	case author.Address == "":
		return "forwarded.unknown"
	case confirmed:
		return "forwarded.acknowledged"
	}
	return "forwarded.unconfirmed"
}
