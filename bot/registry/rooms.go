package registry

import (
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// draw enqueues an update of the card of a changed record in each of its rooms.
func (s *Service) draw(o occasion, change *bot.Change) {
	rec := change.Record
	if rec == nil || !s.Office.Slack || rec.Backfilled {
		return
	}
	rec.Rooms = withRoom(rec.Rooms, bot.RoomDesk)
	cards := make([]bot.Action, 0, len(rec.Rooms)+len(change.Actions))
	for _, room := range rec.Rooms {
		card := bot.Action{
			Key:  fmt.Sprintf("%s:%s:%s:%d", bot.ActionCard, rec.Reference, room, rec.Revision+1),
			Kind: bot.ActionCard, Reference: rec.Reference, Room: room, Revision: rec.Revision + 1,
			State: s.slackState(room), Due: o.now, Lane: lane(rec.Reference, room),
		}
		if !slices.Contains(o.rooms, room) {
			card.RateGroup = "cards:" + room
		}
		cards = append(cards, card)
	}
	change.Actions = append(cards, change.Actions...)
}

// lane keeps posts about a record in a room in order.
func lane(reference, room string) string { return "slack:" + reference + ":" + room }

// slackState withholds posts to advisers while sending is off. The desk always sees its own
// cards.
func (s *Service) slackState(room string) bot.ActionState {
	if s.Office.Send || room == bot.RoomDesk {
		return bot.ActionPending
	}
	return bot.ActionWithheld
}

func withRoom(rooms []string, room string) []string {
	if slices.Contains(rooms, room) {
		return rooms
	}
	return append(slices.Clone(rooms), room)
}

// inSlack reports whether a post or division is told in Slack rather than by mail.
func (s *Service) inSlack(id string) bool {
	contact, ok := s.Directory.Contact(id)
	return ok && s.Office.Slack && contact.Slack != ""
}

// say posts a history entry in the thread of the desk's card, with the text that belongs to
// it.
func (s *Service) say(o occasion, change *bot.Change, e intake.HistoryEntry, body string) {
	s.post(o, change, bot.RoomDesk, bot.Post{
		What: e.What, Actor: e.Actor, Detail: e.Detail, Body: body, Language: phrases.English,
	})
}

// post posts in the thread of a record's card in a room.
func (s *Service) post(o occasion, change *bot.Change, room string, p bot.Post) {
	if s.Office.Slack && !change.Record.Backfilled {
		unique := fmt.Sprint(change.Record.Revision, len(change.Actions), p.What, p.Title)
		change.Actions = append(change.Actions, s.posting(o, change.Record.Reference, room, unique, p))
	}
}

func (s *Service) posting(o occasion, reference, room, unique string, p bot.Post) bot.Action {
	p.Body = mailtext.Cut(p.Body, s.Habits.QuoteLength)
	return bot.Action{
		Key:  fmt.Sprintf("%s:%s:%s:%s", bot.ActionPost, reference, room, bot.ShortHash(unique)),
		Kind: bot.ActionPost, Reference: reference, Room: room, Post: &p,
		State: s.slackState(room), Due: o.now, Lane: lane(reference, room),
	}
}

// askAside asks the desk about a mail that was set aside and may belong to a record. If it is
// marked as confidential, the channel does not see its text.
func (s *Service) askAside(a *arrival, change *bot.Change, question string) {
	if !s.Office.Slack || a.quiet || a.found.Backfilled {
		return
	}
	p := bot.Post{
		Title: s.Phrases.Text(phrases.English, question, phrases.Values{
			"actor": a.Message.From.Address, "detail": s.Habits.Subject(a.Message.Subject), "reference": a.found.Reference,
		}),
		Body: s.shownOf(a.Message), Language: phrases.English, Identity: bot.NameOfAside(change.SetAside.Origin),
	}
	if s.Habits.ConfidentialMark(a.Message) != "" {
		p.Body = ""
	}
	asking := s.posting(a.occasion, a.found.Reference, bot.RoomDesk, p.Identity, p)
	asking.RateGroup = "confirm:" + bot.RoomDesk   // it is also shown in the channel
	asking.Lane += ":" + bot.ShortHash(p.Identity) // not the lane of the record, so that several can be combined
	change.Actions = append(change.Actions, asking)
}

// shownOf is what is shown of a mail in the thread of its record: what was newly written, and
// the names of the attachments.
func (s *Service) shownOf(m *intake.Message) string {
	return strings.TrimSpace(strings.TrimSpace(m.Body()) + "\n\n" + s.attachedTo(m))
}

// attachedTo names the attachments of a mail, after a paper clip; "" if there are none.
func (s *Service) attachedTo(m *intake.Message) string {
	var names []string
	for _, attached := range m.Attachments[:min(len(m.Attachments), mostNamed)] {
		if name := mailtext.OneLine(attached.Filename); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "📎 " + mailtext.Cut(strings.Join(names, ", "), s.Habits.NoteLength)
}

// mirror posts what came by mail in the thread: the history entries, and the text of the mail.
func (s *Service) mirror(a *arrival, change *bot.Change) {
	if change.Record == nil || a.found == nil {
		return
	}
	note := ""
	for _, e := range change.History {
		switch e.What {
		case bot.WhatMailIn, bot.WhatMailOut, bot.WhatForged:
			s.say(a.occasion, change, e, s.shownOf(a.Message))
		case bot.WhatNote, bot.WhatBounce, bot.WhatUnreachable, bot.WhatAway, bot.WhatChaser, bot.WhatWithdraw, bot.WhatNewDates, bot.WhatNewAsk, bot.WhatAskAgain, bot.WhatStatusAsked:
			s.say(a.occasion, change, e, e.Reason)
			if e.What == bot.WhatNote {
				note = e.Reason
			}
		case string(intake.VerbAccept), string(intake.VerbDecline), string(intake.VerbHandOver):
			words := e.Reason
			if strings.Contains(mailtext.OneLine(note), mailtext.OneLine(words)) {
				words = "" // they were shown as part of the note
			}
			s.say(a.occasion, change, e, words)
		}
	}
}
