package registry

import (
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// An occasion is the context in which something is decided.
type occasion struct {
	now time.Time
	// quiet is set for backfilled mail, which triggers nothing.
	quiet  bool
	open   map[string]int // open records by owner
	leaves routing.Leaves // recorded absences
	rooms  []string       // where the record already has a card
	// Background for an assignment:
	letter  *bot.Letter      // the record's letter as stored; nil if it is not loaded
	country []*intake.Record // earlier requests of the same country, newest first
}

// A source is the mail that an acknowledgement answers.
type source struct {
	id         string // Message-ID
	references []string
	received   time.Time
	sign       string // why it must not be answered automatically; "" if it may
	colleague  bool   // it is from a colleague
	unreadable bool
	allowed    bool // mail from its folder is acknowledged
	again      bool // an earlier acknowledgement came back
}

// sourceOf is the incoming mail.
func (s *Service) sourceOf(a *arrival) source {
	return source{
		id: a.Message.MessageID, references: a.Message.References, received: a.ReceivedAt,
		sign: s.unanswerable(a.Message), colleague: s.fromColleague(a.Message), unreadable: a.unreadable(), allowed: a.Acknowledge,
	}
}

// sourceOfRecord is the letter of an existing record.
func (s *Service) sourceOfRecord(rec *intake.Record) source {
	return source{
		id: rec.Origin.MessageID, references: rec.Origin.References, received: rec.ReceivedAt,
		sign: rec.Origin.Unanswerable, colleague: s.Directory.Internal(rec.Origin.From.Address), unreadable: rec.KindReason.Is(intake.ReasonUnreadable), allowed: true,
	}
}

// today is the date in the office's time zone.
func (s *Service) today(now time.Time) intake.Date { return intake.DateOf(now.In(s.Office.Zone)) }

// leavesOf converts recorded absences to the type of the directory.
func leavesOf(said map[string]bot.Leave) routing.Leaves {
	leaves := make(routing.Leaves, len(said))
	for id, l := range said {
		leaves[id] = routing.Leave{Absence: l.Absence, StandIn: l.StandIn}
	}
	return leaves
}
