package registry

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// owesResults reports whether somebody may report the results of a record by mail: it must be
// closed and theirs, they must have a token for it, and no results must have been reported
// yet.
func owesResults(rec *intake.Record, id string) bool {
	_, due := bot.DueAt(rec.Plan, intake.StepResults)
	return id == rec.Owner && rec.Tokens[id] != "" && due && !rec.Status.Open() && rec.Results == nil
}

// tellsResults reports whether the owner's reply reports the results: it must ask for nothing
// else.
func tellsResults(rec *intake.Record, asked []mailtext.Reply) bool {
	return owesResults(rec, rec.Owner) && !slices.ContainsFunc(asked, func(r mailtext.Reply) bool { return r.What != mailtext.InstructNote })
}

// resultsByMail stores a reply as the results, in the owner's words, and confirms it. If it is
// too short, such as “not yet”, the owner is asked for more.
func (s *Service) resultsByMail(a *arrival, change *bot.Change, lang string) {
	rec, text := change.Record, saidIn(a)
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
