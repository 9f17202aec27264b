package registry

import (
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// joined adds a mail to the record that it belongs to. If the record was waiting for an
// answer, or for a readable copy of the letter, it moves on. A request after our answer takes
// the record up again. A mail that only asks about progress is answered, and nothing changes.
func (s *Service) joined(a *arrival) bot.Change {
	change := s.noted(a, intake.HistoryEntry{Actor: lower(a.Message.From.Address), What: bot.WhatMailIn, Reason: both(a.citing(), s.attachedTo(a.Message))})
	reached(change.Record, lower(a.Message.From.Address))
	if s.asksStatus(a.Message) {
		s.tellStatus(a, &change)
		if len(strings.Fields(a.Message.Body())) <= s.Habits.StatusLength {
			return change
		}
	}
	step := intake.Step{Actor: lower(a.Message.From.Address), At: a.now}
	switch {
	case change.Record.Status == intake.StatusWaiting:
		step.Verb = intake.VerbRequesterAnswered
		s.advance(&change, step)
	case change.Record.Status == intake.StatusAnswered && a.reading.Kind == intake.KindRequest:
		step.Verb = intake.VerbAskAgain
		s.advance(&change, step)
	}
	s.understand(a, &change)
	s.readAgain(a, &change)
	s.tellOwner(a, &change)
	return change
}

// understand shows what a mail added to a record says about it, as far as that is recognised.
// Backfilled mail changes nothing, and automatic mail says nothing about the request.
func (s *Service) understand(a *arrival, change *bot.Change) {
	if a.Backfilled || a.unreadable() || machineMade(a.Message) != "" || a.found.Status == intake.StatusNeedsReading {
		return
	}
	h := s.cues.Find(s.Habits.NewText(a.Message))
	if a.found.Status == intake.StatusWaiting {
		s.fillIn(a, change)
	}
	a.earlier = s.cuesOf(change.Record, h, a)
	if !a.earlier.any() {
		s.newAsk(a, change, s.Reader.Read(s.byItself(a.Message)))
	}
	s.noteCues(a, change, h)
	if a.earlier.any() {
		a.told = time.Time{} // what concerns the request as a whole is passed on at once
	}
}

// citing says how the record was found, if neither by our reference nor by the thread.
func (a *arrival) citing() string {
	switch {
	case a.number != "":
		return "it cites the earlier letter " + a.number
	case a.reading.KindReason.Is("kind.of_earlier"):
		return "it speaks of an earlier request, and this is the only open one of its sender"
	}
	return ""
}

// both joins two remarks, either of which may be empty.
func both(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + "; " + second
}

// noted adds an entry to the history of the record that a mail belongs to, and a further one
// if it mentions other records: it is only added to the first.
func (s *Service) noted(a *arrival, entry intake.HistoryEntry) bot.Change {
	rec := *a.found
	rec.UpdatedAt = a.now
	entry.At, entry.Detail = a.now, a.Message.Identity()
	history := append([]intake.HistoryEntry{entry}, s.markConfidential(&rec, a.Message, a.occasion)...)
	if others := s.speaksAlsoOf(a, entry.What); others != "" {
		history = append(history, intake.HistoryEntry{At: a.now, Actor: intake.ActorBot, What: bot.WhatNote, Detail: entry.Detail, Reason: others})
	}
	return bot.Change{Arrival: a.arrived(bot.ArrivalJoined), Record: &rec, History: history}
}

// mostReferences limits how many references in one mail are considered, since senders control
// their number.
const mostReferences = 100

// speaksAlsoOf names other records mentioned in a mail; if there are none, those mentioned in
// the mail of ours that a requester answers, which may have acknowledged several letters. ""
// for none.
func (s *Service) speaksAlsoOf(a *arrival, what string) string {
	if others := s.otherReferences(a, a.Message.Subject+"\n"+a.Message.Body()); others != "" {
		return "the mail speaks also of " + others
	}
	others := s.otherReferences(a, a.Message.Text.Content)
	if what != bot.WhatMailIn || others == "" {
		return ""
	}
	return "the mail that it answers speaks also of " + others
}

// otherReferences lists the other references in a text, cut to the length of a note.
func (s *Service) otherReferences(a *arrival, text string) string {
	var others []string
	for _, found := range s.reference.FindAllString(text, mostReferences) {
		if found = strings.ToUpper(found); found != a.found.Reference && !slices.Contains(others, found) {
			others = append(others, found)
		}
	}
	return mailtext.Cut(strings.Join(others, ", "), s.Habits.NoteLength)
}

// step takes one workflow step on the record of a change and updates the plan. A refused step
// changes nothing.
func (s *Service) step(change *bot.Change, step intake.Step) error {
	next, entry, err := change.Record.Advance(step)
	if err != nil {
		return err
	}
	if next.Owner != change.Record.Owner {
		next.OwnerTold = time.Time{} // the new owner has not been told of any mail
	}
	s.Policy.Clock(change.Record.Status, &next, step.At)
	s.plan(&next)
	if next.FollowUp.AskedAgain.IsZero() {
		next.Doubts = withoutDoubt(next.Doubts, intake.FieldTakeUp)
	}
	*change.Record = next
	change.History = append(change.History, entry)
	return nil
}

// advance takes workflow steps until one is refused. The refusal goes into the history, since
// nobody waits for an answer.
func (s *Service) advance(change *bot.Change, steps ...intake.Step) {
	for _, step := range steps {
		if err := s.step(change, step); err != nil {
			change.History = append(change.History, intake.HistoryEntry{
				At: step.At, Actor: intake.ActorBot, What: bot.WhatNote, Reason: err.Error(),
			})
			return
		}
	}
}
