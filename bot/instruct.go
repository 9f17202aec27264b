package bot

import (
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
)

// replied notes what a colleague wrote to the desk. The owner's answer to the
// assignment mail may move the request on as well.
func (s *Service) replied(a *arrival) Change {
	change := s.noted(a, intake.HistoryEntry{
		Actor: s.actor(a.Message.From.Address), What: WhatNote, Reason: cut(a.Message.Body(), s.Habits.NoteLength),
	})
	if s.fromOwner(a) && !a.Backfilled {
		if r, asks := s.Habits.reply(a.Message.Body()); asks {
			s.carryOut(a, &change, r)
		}
	}
	s.voidTokens(a, change.Record)
	return change
}

// fromOwner reports whether a mail surely comes from who holds the record: it
// is from the owner's own address and answers the mail with the owner's token.
func (s *Service) fromOwner(a *arrival) bool {
	owner := a.found.Owner
	token := a.found.Tokens[owner]
	return token != "" && s.speaksFor(owner, a.Message.From.Address) && s.carriesToken(a, token)
}

// speaksFor reports whether an address is that of a post or division. Two posts
// may have one, where the same person holds both.
func (s *Service) speaksFor(id, address string) bool {
	if contact, ok := s.Directory.Contact(id); ok && strings.EqualFold(contact.Address, address) {
		return true
	}
	holder, ok := s.Directory.Holder(address)
	return ok && holder == id
}

// carriesToken reports whether a mail quotes a token, or answers the mail that
// had it.
func (s *Service) carriesToken(a *arrival, token string) bool {
	return strings.Contains(a.Message.Text.Content, token) || slices.ContainsFunc(threadOf(a.Message), func(id string) bool {
		return strings.EqualFold(id, s.messageID(ActionAssign, a.found.Reference, token)) ||
			strings.EqualFold(id, s.messageID(ActionInform, a.found.Reference, token))
	})
}

// voidTokens takes from a record the tokens that a colleague's mail showed to
// somebody outside: from then on they prove nothing.
func (s *Service) voidTokens(a *arrival, rec *intake.Record) {
	leaves := slices.ContainsFunc(slices.Concat(a.Message.To, a.Message.Cc), func(to intake.Address) bool {
		return !s.own(to.Address) && !s.Directory.Internal(to.Address)
	})
	if !leaves {
		return
	}
	rec.Tokens = maps.Clone(rec.Tokens)
	maps.DeleteFunc(rec.Tokens, func(_, token string) bool { return s.carriesToken(a, token) })
}

// carryOut makes the step that a reply asks for. Whoever the request is handed
// to is written to; who asked for something impossible is told why it is.
func (s *Service) carryOut(a *arrival, change *Change, r reply) {
	step := intake.Step{
		Verb: r.verb, Actor: change.Record.Owner, OnBehalf: change.Record.Owner, At: a.now, Reason: r.rest,
	}
	if r.verb == intake.VerbHandOver {
		step.Owner = s.namedIn(r.rest)
	}
	err := s.step(change, step)
	var refused *intake.StepError
	switch {
	case errors.As(err, &refused):
		s.tellRefused(a, change, refused)
	case r.verb == intake.VerbHandOver:
		s.writeToColleague(a.occasion, change, ActionAssign, step.Owner, s.assignmentText)
	}
}

// namedIn finds the post or division that a text names first, by its id, its
// address or its name in any language; "" where none is named.
func (s *Service) namedIn(text string) string {
	text = lexicon.FoldString(text)
	found, at, length := "", len(text), 0
	for id, names := range s.namesOfAll() {
		for _, name := range names {
			i := wordIndex(text, lexicon.FoldString(name))
			if i >= 0 && (i < at || i == at && len(name) > length) {
				found, at, length = id, i, len(name)
			}
		}
	}
	return found
}

// namesOfAll yields every post and division with all that it may be called.
func (s *Service) namesOfAll() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for _, p := range s.Directory.Posts {
			if !yield(p.ID, append(slices.Collect(maps.Values(p.Name)), p.ID, p.Address)) {
				return
			}
		}
		for _, d := range s.Directory.Divisions {
			if !yield(d.ID, append(slices.Collect(maps.Values(d.Name)), d.ID, d.Address)) {
				return
			}
		}
	}
}

// wordIndex is where a text holds words that are whole; -1 where it does not.
func wordIndex(text, words string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 || words == "" {
			return -1
		}
		start, end := from+i, from+i+len(words)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		if (start == 0 || notOfWord(before)) && !inWord(text[end:]) {
			return start
		}
		from = end
	}
}

// tellRefused writes to a colleague why an answer was not carried out.
func (s *Service) tellRefused(a *arrival, change *Change, refused *intake.StepError) {
	to := a.Message.From
	if s.noAnswer(a.Message, to) != "" {
		return
	}
	rec, lang := change.Record, s.languageOf(s.actor(to.Address))
	unique := shortHash(a.Message.Identity())
	m := s.mail(ActionInform, rec.Reference, unique, to)
	m.answers(a.Message.MessageID, a.Message.References)
	m.Subject, m.Language = s.subjectOfAnswer(rec, lang), lang
	m.Text = s.toColleague(lang, s.Phrases.Text(lang, "step.not_carried_out", phrases.Values{
		"reference": rec.Reference, "problem": s.problemOf(refused, lang),
	}))
	s.propose(a.occasion, change, Action{
		Key: string(ActionInform) + ":" + rec.Reference + ":" + unique, Kind: ActionInform, Mail: m, RateGroup: lower(to.Address),
	})
}

// problemOf says in a person's language what a step lacked, or what may be
// done instead.
func (s *Service) problemOf(refused *intake.StepError, lang string) string {
	switch refused.Lacks {
	case "":
		possible := make([]string, len(refused.Allowed))
		for i, verb := range refused.Allowed {
			possible[i] = s.Phrases.Text(lang, "verb."+string(verb), nil)
		}
		return s.Phrases.Text(lang, "step.not_now", phrases.Values{
			"status": s.Phrases.Text(lang, "status."+string(refused.Status), nil), "possible": strings.Join(possible, ", "),
		})
	case intake.LackReason:
		return s.Phrases.Text(lang, "step.needs_reason", nil)
	}
	return s.Phrases.Text(lang, "step.needs_owner", nil) // a reply states all else
}
