package registry

import (
	"fmt"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/intake"
	"verbale/internal/phrases"
)

// assign writes to the assignee and informs those who support. Each mail has its own token, so
// that an answer shows to whom the mail was sent.
func (s *Service) assign(o occasion, change *bot.Change) {
	rec := change.Record
	if change.Letter != nil {
		o.letter = change.Letter
	}
	s.writeToColleague(o, change, bot.ActionAssign, rec.Routing.Assignee, s.assignmentTo)
	for _, id := range rec.Routing.Support {
		if id != rec.Routing.Assignee {
			s.writeToColleague(o, change, bot.ActionInform, id, s.supportOf)
		}
	}
}

// A colleagueText writes what a post or division is told about a record.
type colleagueText func(o occasion, rec *intake.Record, id string, e letters.Effect) letters.Written

func (s *Service) assignmentTo(o occasion, rec *intake.Record, id string, e letters.Effect) letters.Written {
	return s.letters.Assignment(rec, id, letters.Background{Letter: o.letter, Country: o.country}, e)
}

func (s *Service) supportOf(_ occasion, rec *intake.Record, id string, e letters.Effect) letters.Written {
	return s.letters.Support(rec, id, e)
}

// obeys reports whether instructions in somebody's reply to a mail about a record are carried
// out: the record must be open and theirs, and they must have a token for it.
func obeys(rec *intake.Record, id string) bool {
	return id == rec.Owner && rec.Tokens[id] != "" && rec.Status.Open()
}

// effectOf is what somebody's reply to a mail about a record may do.
func effectOf(rec *intake.Record, id string) letters.Effect {
	return letters.Effect{
		Steps: obeys(rec, id), Results: owesResults(rec, id), Moves: len(answerPath[rec.Status]) > 0, Token: rec.Tokens[id],
	}
}

func (s *Service) writeToColleague(o occasion, change *bot.Change, kind bot.ActionKind, id string, text colleagueText) {
	rec := change.Record
	contact, ok := s.Directory.Contact(id)
	if rec.Backfilled {
		return
	}
	if s.inSlack(id) {
		rec.Rooms = withRoom(rec.Rooms, id) // the card there says everything
		return
	}
	if !ok || contact.Address == "" {
		change.History = append(change.History, intake.HistoryEntry{
			At: o.now, Actor: intake.ActorBot, What: bot.WhatNote, Reason: "not written to: the directory has no address of " + s.Directory.Name(id, phrases.English),
		})
		return
	}
	token := s.Token()
	rec.Tokens = withToken(rec.Tokens, id, token)
	written := text(o, rec, id, effectOf(rec, id))
	m := s.mail(kind, rec.Reference, token, s.named(id, contact.Address, written), written)
	s.propose(o, change, bot.Action{
		Key: fmt.Sprintf("%s:%s:%d:%s", kind, rec.Reference, rec.Revision+1, id), Kind: kind, Mail: m, RateGroup: shareOf(kind, contact.Address),
	})
}

// shareOf is the rate limit group of a mail to a colleague. Purely informative mails share
// one, so that a flood becomes a few mails. An assignment is always a separate mail, since it
// is answered by its own token.
func shareOf(kind bot.ActionKind, address string) string {
	if kind != bot.ActionInform {
		return ""
	}
	return "inform:" + lower(address)
}
