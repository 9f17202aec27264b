package registry

import (
	"fmt"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// assign writes to the assignee and informs those who support. Each mail has a
// token of its own, so that an answer shows to whom it had been sent.
func (s *Service) assign(o occasion, change *bot.Change) {
	rec := change.Record
	if change.Letter != nil {
		o.letter = change.Letter
	}
	s.writeToColleague(o, change, bot.ActionAssign, rec.Routing.Assignee, s.assignmentText)
	for _, id := range rec.Routing.Support {
		if id != rec.Routing.Assignee {
			s.writeToColleague(o, change, bot.ActionInform, id, s.informText)
		}
	}
}

// A colleagueText writes what a post or division is told of a record.
type colleagueText func(o occasion, rec *intake.Record, id, lang string) []string

func (s *Service) writeToColleague(o occasion, change *bot.Change, kind bot.ActionKind, id string, text colleagueText) {
	rec := change.Record
	contact, ok := s.Directory.Contact(id)
	if rec.Backfilled {
		return
	}
	if s.inSlack(id) {
		rec.Rooms = withRoom(rec.Rooms, id) // the card there says it all
		return
	}
	if !ok || contact.Address == "" {
		change.History = append(change.History, intake.HistoryEntry{
			At: o.now, Actor: intake.ActorBot, What: bot.WhatNote, Reason: "not written to: the directory has no address of " + id,
		})
		return
	}
	lang, token := s.LanguageOf(id), s.Token()
	rec.Tokens = withToken(rec.Tokens, id, token)
	m := s.mail(kind, rec.Reference, token, intake.Address{Name: s.Directory.Name(id, lang), Address: contact.Address})
	m.Language, m.Subject = lang, s.assignmentSubject(rec, lang)
	paragraphs := append(text(o, rec, id, lang),
		s.Phrases.Text(lang, "assign.inside", nil),
		s.Phrases.Text(lang, "assign.token", phrases.Values{"token": token}))
	m.Text = s.toColleague(lang, paragraphs...)
	s.propose(o, change, bot.Action{
		Key: fmt.Sprintf("%s:%s:%d:%s", kind, rec.Reference, rec.Revision+1, id), Kind: kind, Mail: m, RateGroup: shareOf(kind, contact.Address),
	})
}

// shareOf is the share that mail to a colleague counts against: of what asks nothing of
// them, a flood becomes a few mails. An assignment is always a mail of its own, since it
// is answered by its own token.
func shareOf(kind bot.ActionKind, address string) string {
	if kind != bot.ActionInform {
		return ""
	}
	return "inform:" + lower(address)
}

func (s *Service) assignmentSubject(rec *intake.Record, lang string) string {
	key := "assign.subject"
	if rec.Request.Urgency == intake.UrgencyUrgent {
		key = "assign.subject_urgent"
	}
	return s.Phrases.Text(lang, key, phrases.Values{
		"reference": rec.Reference, "countries": s.countriesTold(rec, rec.Request.Countries, lang),
	})
}

// countriesTold names the countries of a request in a subject, and in what whoever is
// above its owner reads; of a confidential one it says that alone.
func (s *Service) countriesTold(rec *intake.Record, countries []string, lang string) string {
	if rec.Confidential {
		return s.Phrases.Text(lang, "countries.confidential", nil)
	}
	return s.countriesNamed(countries, lang)
}

// countriesNamed names countries in a subject, or says that none is known.
func (s *Service) countriesNamed(ids []string, lang string) string {
	if names := s.namesOf(intake.FieldCountries, ids, lang); names != "" {
		return names
	}
	return s.Phrases.Text(lang, "countries.none", nil)
}

func (s *Service) assignmentText(o occasion, rec *intake.Record, id, lang string) []string {
	return sections(
		s.Phrases.Text(lang, "assign.lead", phrases.Values{"recipient": s.Directory.Name(id, lang)}),
		s.brief(rec, lang),
		s.doubtList(rec.Doubts, lang),
		s.reasonList("assign.why", rec.Routing.Reasons, lang),
		s.dueList(rec.Plan, lang),
		s.countryBrief(o, rec, lang),
		s.letterQuoted(o, rec, lang),
		s.Phrases.Text(lang, "assign.how", nil),
		s.whereToAnswer(rec, lang),
	)
}

// whereToAnswer says how the requester is answered, and what that does to the
// record; "" while the requester's address is not confirmed.
func (s *Service) whereToAnswer(rec *intake.Record, lang string) string {
	requester := rec.Origin.AnswerTo.Address
	if requester == "" {
		return ""
	}
	key := "inform.answer"
	if len(answerPath[rec.Status]) > 0 {
		key = "assign.answer"
	}
	return s.Phrases.Text(lang, key, phrases.Values{"requester": requester, "desk": s.Office.Desk.Address})
}

func (s *Service) informText(_ occasion, rec *intake.Record, id, lang string) []string {
	return sections(
		s.Phrases.Text(lang, "inform.support", phrases.Values{
			"recipient": s.Directory.Name(id, lang), "assignee": s.Directory.Name(rec.Routing.Assignee, lang),
		}),
		s.brief(rec, lang),
		s.doubtList(rec.Doubts, lang),
		s.reasonList("inform.why", rec.Routing.Reasons, lang),
		s.Phrases.Text(lang, "inform.how", nil),
	)
}

func (s *Service) toColleague(lang string, paragraphs ...string) string {
	return s.Phrases.Text(lang, "colleague.frame", phrases.Values{
		"text": strings.Join(paragraphs, "\n\n"), "office": s.Office.Name,
	})
}

// sections leaves out what is empty.
func sections(all ...string) []string {
	var kept []string
	for _, text := range all {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}
