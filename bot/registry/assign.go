package registry

import (
	"fmt"

	"verbale/bot"
	"verbale/bot/letters"
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
	s.writeToColleague(o, change, bot.ActionAssign, rec.Routing.Assignee, s.assignmentTo)
	for _, id := range rec.Routing.Support {
		if id != rec.Routing.Assignee {
			s.writeToColleague(o, change, bot.ActionInform, id, s.supportOf)
		}
	}
}

// A colleagueText writes what a post or division is told of a record.
type colleagueText func(o occasion, rec *intake.Record, id string, e letters.Effect) letters.Written

func (s *Service) assignmentTo(o occasion, rec *intake.Record, id string, e letters.Effect) letters.Written {
	return s.letters.Assignment(rec, id, letters.Background{Letter: o.letter, Country: o.country}, e)
}

func (s *Service) supportOf(_ occasion, rec *intake.Record, id string, e letters.Effect) letters.Written {
	return s.letters.Support(rec, id, e)
}

// obeys reports whether an answer of somebody's to a mail about a record is
// carried out: it is open, and theirs, and they have a token for it.
func obeys(rec *intake.Record, id string) bool {
	return id == rec.Owner && rec.Tokens[id] != "" && rec.Status.Open()
}

// effectOf is what an answer of somebody's to a mail about a record does.
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
		rec.Rooms = withRoom(rec.Rooms, id) // the card there says it all
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

// shareOf is the share that mail to a colleague counts against: of what asks nothing of
// them, a flood becomes a few mails. An assignment is always a mail of its own, since it
// is answered by its own token.
func shareOf(kind bot.ActionKind, address string) string {
	if kind != bot.ActionInform {
		return ""
	}
	return "inform:" + lower(address)
}
