package bot

import (
	"fmt"
	"strings"

	"verbale/intake"
	"verbale/internal/phrases"
)

// assign writes to the assignee and informs those who support. Each mail has a
// token of its own, so that an answer shows to whom it had been sent.
func (s *Service) assign(a *arrival, change *Change) {
	rec := change.Record
	s.writeToColleague(a, change, ActionAssign, rec.Routing.Assignee, s.assignmentText)
	for _, id := range rec.Routing.Support {
		if id != rec.Routing.Assignee {
			s.writeToColleague(a, change, ActionInform, id, s.informText)
		}
	}
}

// A colleagueText writes what a post or division is told of a record.
type colleagueText func(rec *intake.Record, id, lang string) []string

func (s *Service) writeToColleague(a *arrival, change *Change, kind ActionKind, id string, text colleagueText) {
	rec := change.Record
	contact, ok := s.Directory.Contact(id)
	if rec.Backfilled {
		return
	}
	if !ok || contact.Address == "" {
		change.History = append(change.History, intake.HistoryEntry{
			At: a.now, Actor: intake.ActorBot, What: WhatNote, Reason: "not written to: the directory has no address of " + id,
		})
		return
	}
	lang, token := s.languageOf(id), s.Token()
	rec.Tokens = withToken(rec.Tokens, id, token)
	m := s.mail(kind, rec.Reference, token, intake.Address{Name: s.Directory.Name(id, lang), Address: contact.Address})
	m.Language, m.Subject = lang, s.assignmentSubject(rec, lang)
	paragraphs := append(text(rec, id, lang),
		s.Phrases.Text(lang, "assign.inside", nil),
		s.Phrases.Text(lang, "assign.token", phrases.Values{"token": token}))
	m.Text = s.toColleague(lang, paragraphs...)
	s.propose(a, change, Action{
		Key: fmt.Sprintf("%s:%s:%d:%s", kind, rec.Reference, rec.Revision+1, id), Kind: kind, Mail: m,
	})
}

func (s *Service) assignmentSubject(rec *intake.Record, lang string) string {
	key := "assign.subject"
	if rec.Request.Urgency == intake.UrgencyUrgent {
		key = "assign.subject_urgent"
	}
	countries := s.namesOf(intake.FieldCountries, rec.Request.Countries, lang)
	if countries == "" {
		countries = s.Phrases.Text(lang, "countries.none", nil)
	}
	return s.Phrases.Text(lang, key, phrases.Values{"reference": rec.Reference, "countries": countries})
}

func (s *Service) assignmentText(rec *intake.Record, id, lang string) []string {
	how := s.Phrases.Text(lang, "inform.how", nil)
	if to := rec.Origin.AnswerTo.Address; to != "" {
		how = s.Phrases.Text(lang, "assign.how", phrases.Values{"requester": to, "desk": s.Office.Desk.Address})
	}
	return sections(
		s.Phrases.Text(lang, "assign.lead", phrases.Values{"recipient": s.Directory.Name(id, lang)}),
		s.brief(rec, lang),
		s.doubtList(rec.Doubts, lang),
		s.reasonList("assign.why", rec.Routing.Reasons, lang),
		s.dueList(rec.Plan, lang),
		how,
	)
}

func (s *Service) informText(rec *intake.Record, id, lang string) []string {
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
