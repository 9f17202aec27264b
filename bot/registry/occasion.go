package registry

import (
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// An occasion is the moment at which something is decided.
type occasion struct {
	now time.Time
	// quiet is set for old mail, which sets nothing in motion.
	quiet  bool
	open   map[string]int // open records by owner
	leaves routing.Leaves // who said that they are away
	rooms  []string       // where the record has a card already
	// of what a colleague is to take on:
	letter  *bot.Letter      // its letter, as it was kept; nil where that is not at hand
	country []*intake.Record // what the same country asked for before, newest first
}

// A source is the mail that an acknowledgement answers.
type source struct {
	id         string // Message-ID
	references []string
	received   time.Time
	sign       string // by which it shows that no answer may go out automatically; "" for none
	colleague  bool   // it comes from the house
	unreadable bool
	allowed    bool // mail of where it came from is acknowledged
	again      bool // an earlier acknowledgement came back
}

// sourceOf is the mail that arrived.
func (s *Service) sourceOf(a *arrival) source {
	return source{
		id: a.Message.MessageID, references: a.Message.References, received: a.ReceivedAt,
		sign: s.unanswerable(a.Message), colleague: s.fromColleague(a.Message), unreadable: a.unreadable(), allowed: a.Acknowledge,
	}
}

// sourceOfRecord is the letter of a record that has been kept for a while.
func (s *Service) sourceOfRecord(rec *intake.Record) source {
	return source{
		id: rec.Origin.MessageID, references: rec.Origin.References, received: rec.ReceivedAt,
		sign: rec.Origin.Unanswerable, colleague: s.Directory.Internal(rec.Origin.From.Address), unreadable: rec.KindReason.Is(intake.ReasonUnreadable), allowed: true,
	}
}
