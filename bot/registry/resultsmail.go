package registry

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// owesResults reports whether somebody may tell by mail what a record came to: it is
// closed, and theirs, they have a token for it, and nobody has told yet.
func owesResults(rec *intake.Record, id string) bool {
	_, due := bot.DueAt(rec.Plan, intake.StepResults)
	return id == rec.Owner && rec.Tokens[id] != "" && due && !rec.Status.Open() && rec.Results == nil
}

// tellsResults reports whether a reply of the owner's tells the results: it asks for
// nothing else.
func tellsResults(rec *intake.Record, asked []mailtext.Reply) bool {
	return owesResults(rec, rec.Owner) && !slices.ContainsFunc(asked, func(r mailtext.Reply) bool { return r.What != mailtext.InstructNote })
}

// resultsByMail keeps a reply as what the record came to, in the owner's own words,
// and says so. Too few words, as “not yet”, are asked back.
func (s *Service) resultsByMail(a *arrival, change *bot.Change, lang string) {
	rec, text := change.Record, strings.TrimSpace(a.Message.Body())
	values := phrases.Values{"reference": rec.Reference, "text": mailtext.Cut(text, s.Habits.NoteLength)}
	if len(strings.Fields(text)) < s.Habits.ResultsWords {
		s.writeBack(a, change, lang, s.Phrases.Text(lang, "results.few", values))
		return
	}
	actor := s.actor(a.Message.From.Address)
	rec.Results = &intake.Results{Outputs: mailtext.Cut(text, s.Habits.QuoteLength), By: actor, At: a.now}
	change.History = append(change.History, intake.HistoryEntry{
		At: a.now, Actor: actor, What: bot.WhatResults, Reason: mailtext.Cut(text, s.Habits.NoteLength), Detail: a.Message.Identity(),
	})
	s.writeBack(a, change, lang, s.Phrases.Text(lang, "results.kept", values))
}
