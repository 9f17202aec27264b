package registry

import (
	"context"
	"errors"
	"fmt"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// loadedOrder is everything known about an order when the service decides what it does.
type loadedOrder struct {
	bot.Order
	occasion
	rec     *intake.Record        // the record it is about; nil if there is none
	history []intake.HistoryEntry // of rec
	letter  *bot.Letter           // of rec, or of the message set aside; nil if it was not kept
	other   *intake.Record        // in a merge, the record that remains
	aside   *intake.SetAside      // the message set aside that it is about
	next    string                // the reference for a new record
}

// executeOrder carries out an order.
func (s *Service) executeOrder(ctx context.Context, o bot.Order) (bot.Committed, error) {
	if leave, ok := o.Do.(bot.Leave); ok {
		return bot.Committed{}, s.leave(ctx, o.By, leave)
	}
	what := fmt.Sprintf("order %T of %s", o.Do, o.Reference)
	done, err := s.commit(ctx, what, func() (bot.Change, error) {
		m, err := s.loadOrder(ctx, o)
		if err != nil {
			return bot.Change{}, err
		}
		return s.decideOrder(m)
	})
	if errors.Is(err, bot.ErrNotFound) {
		return done, notFound(o, err)
	}
	if err == nil {
		s.Log.InfoContext(ctx, "order carried out", "order", fmt.Sprintf("%T", o.Do), "reference", done.Reference, "repeated", done.Seen)
	}
	return done, err
}

// notFound is the refusal if the subject of an order no longer exists.
func notFound(o bot.Order, err error) *bot.Refusal {
	if o.Reference == "" || asideOf(o.Do) != "" {
		return &bot.Refusal{Phrase: "refused.gone", Err: err}
	}
	return &bot.Refusal{Phrase: "refused.no_record", Values: map[string]any{"reference": o.Reference}, Err: err}
}

// loadOrder loads what an order is about.
func (s *Service) loadOrder(ctx context.Context, o bot.Order) (*loadedOrder, error) {
	m := &loadedOrder{Order: o, occasion: occasion{now: s.Now()}}
	if err := s.loadContext(ctx, &m.occasion); err != nil {
		return nil, err
	}
	if identity := asideOf(o.Do); identity != "" {
		if err := s.loadSetAside(ctx, m, identity); err != nil {
			return nil, err
		}
	}
	if m.Reference != "" {
		if err := s.loadRecordOf(ctx, m); err != nil {
			return nil, err
		}
	}
	var err error
	m.next, err = s.Store.NextReference(ctx, m.now.In(s.Office.Zone).Year())
	if err != nil {
		return nil, fmt.Errorf("ask for the next reference: %w", err)
	}
	return m, nil
}

// loadOwnOrder loads a record for an action of the bot itself.
func (s *Service) loadOwnOrder(ctx context.Context, reference string) (*loadedOrder, error) {
	return s.loadOrder(ctx, bot.Order{By: bot.Colleague{ID: intake.ActorBot}, Reference: reference, Do: bot.View{}})
}

// asideOf is the identity of the message set aside that an operation is about.
func asideOf(d bot.Operation) string {
	switch d := d.(type) {
	case bot.Promote:
		return d.Identity
	case bot.Join:
		return d.Identity
	case bot.Dismiss:
		return d.Identity
	}
	return ""
}

func (s *Service) loadSetAside(ctx context.Context, m *loadedOrder, identity string) (err error) {
	if m.aside, m.letter, err = s.Store.SetAsideMessage(ctx, identity); err != nil {
		return fmt.Errorf("load a message set aside: %w", err)
	}
	if _, join := m.Do.(bot.Join); join && m.Reference == "" {
		m.Reference = m.aside.Reference
	}
	return nil
}

func (s *Service) loadRecordOf(ctx context.Context, m *loadedOrder) (err error) {
	if m.rec, err = s.Store.Load(ctx, m.Reference); err != nil {
		return fmt.Errorf("load %s: %w", m.Reference, err)
	}
	if m.history, err = s.Store.History(ctx, m.Reference); err != nil {
		return fmt.Errorf("load the history of %s: %w", m.Reference, err)
	}
	m.rooms = m.rec.Rooms
	if settle, ok := m.Do.(bot.Settle); ok && settle.Field == intake.FieldKind {
		if m.letter, err = s.Store.Letter(ctx, m.Reference); err != nil && !errors.Is(err, bot.ErrNotFound) {
			return fmt.Errorf("load the letter of %s: %w", m.Reference, err)
		}
	}
	if assigns(m.Do) {
		if err = s.loadBackgroundOf(ctx, &m.occasion, m.rec); err != nil {
			return err
		}
	}
	if into := intoOf(m.Do); into != "" {
		if m.other, err = s.Store.Load(ctx, into); err != nil {
			return fmt.Errorf("load %s: %w", into, err)
		}
	}
	return nil
}

// intoOf is the record that an operation merges into.
func intoOf(d bot.Operation) string {
	switch d := d.(type) {
	case bot.Advance:
		return d.Into
	case bot.Settle:
		if d.Field == intake.FieldReference {
			return d.Value
		}
	}
	return ""
}

// decideOrder decides what an order changes, or why it is refused.
func (s *Service) decideOrder(m *loadedOrder) (bot.Change, error) {
	if refused := bot.Forbidden(m.By, m.rec, m.Do); refused != nil {
		return bot.Change{}, refused
	}
	change, err := s.apply(m)
	if err != nil {
		return bot.Change{}, m.refusal(err)
	}
	change.Once = m.ID
	s.finish(m.occasion, &change)
	return change, nil
}

func (s *Service) apply(m *loadedOrder) (bot.Change, error) {
	switch d := m.Do.(type) {
	case bot.Advance:
		return s.makeStep(m, d)
	case bot.Correct:
		return s.correct(m, d)
	case bot.Settle:
		return s.settle(m, d)
	case bot.Reply:
		return s.reply(m, d)
	case bot.Note:
		return s.note(m, d)
	case bot.Promote:
		return s.promote(m, d)
	case bot.Join:
		return s.join(m, d)
	case bot.Dismiss:
		return s.dismiss(m, d)
	case bot.Distinct:
		return s.distinct(m, d)
	case bot.Split:
		return s.split(m, d)
	case bot.EnterRequest:
		return s.enterRequest(m, d)
	case bot.SetConfidential:
		return s.setConfidential(m, d)
	case bot.Snooze, bot.Mute, bot.Postpone, bot.RemindMe, bot.AskRequester:
		return s.changeReminders(m)
	case bot.RecordResults:
		return s.recordResults(m, d)
	case bot.View:
		return m.with(m.entry(bot.WhatViewed, "", "")), nil
	}
	return bot.Change{}, fmt.Errorf("order of type %T is not handled", m.Do)
}

// with is the change that adds entries to the history of the record.
func (m *loadedOrder) with(entries ...intake.HistoryEntry) bot.Change {
	rec := *m.rec
	rec.UpdatedAt = m.now
	return bot.Change{Record: &rec, History: entries}
}

func (m *loadedOrder) entry(what, reason, detail string) intake.HistoryEntry {
	return intake.HistoryEntry{At: m.now, Actor: m.By.ID, What: what, Reason: reason, Detail: detail}
}

// refusal turns an invalid step into a refusal with a text for the user: who was faster, or
// what can be done instead.
func (m *loadedOrder) refusal(err error) error {
	step, ok := errors.AsType[*intake.StepError](err)
	if !ok {
		return err
	}
	if step.Lacks != "" {
		return &bot.Refusal{Phrase: "refused.lacks", Values: map[string]any{"lack": string(step.Lacks)}, Err: err}
	}
	for i := len(m.history) - 1; i >= 0; i-- {
		if e := m.history[i]; e.To == m.rec.Status && e.From != e.To {
			return &bot.Refusal{Phrase: "refused.already", Err: err, Values: map[string]any{
				"reference": m.rec.Reference, "status": string(m.rec.Status), "actor": e.Actor, "at": e.At,
			}}
		}
	}
	return &bot.Refusal{Phrase: "refused.status", Err: err, Values: map[string]any{
		"reference": m.rec.Reference, "status": string(m.rec.Status),
	}}
}

func (s *Service) note(m *loadedOrder, d bot.Note) (bot.Change, error) {
	text := mailtext.Cut(d.Text, s.Habits.QuoteLength)
	if text == "" {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.empty"}
	}
	change := m.with(m.entry(bot.WhatNote, text, ""))
	s.say(m.occasion, &change, change.History[0], text)
	return change, nil
}

func (s *Service) setConfidential(m *loadedOrder, d bot.SetConfidential) (bot.Change, error) {
	what := bot.WhatOpen
	if d.Confidential {
		what = bot.WhatConfidential
	}
	change := m.with(m.entry(what, "", ""))
	change.Record.Confidential = d.Confidential
	return change, nil
}

// leave stores who is away, and who stands in.
func (s *Service) leave(ctx context.Context, by bot.Colleague, d bot.Leave) error {
	if refused := s.forbiddenLeave(by, d); refused != nil {
		return refused
	}
	if err := s.Store.SetLeave(ctx, d); err != nil {
		return fmt.Errorf("keep an absence: %w", err)
	}
	return nil
}

// forbiddenLeave is the refusal if a colleague may not enter an absence; nil if they may.
func (s *Service) forbiddenLeave(by bot.Colleague, d bot.Leave) *bot.Refusal {
	post, known := s.Directory.Post(d.Post)
	_, standIn := s.Directory.Post(d.StandIn)
	switch {
	case len(by.Roles) == 0:
		return &bot.Refusal{Phrase: "refused.stranger"}
	case !known:
		return &bot.Refusal{Phrase: "refused.no_post", Values: map[string]any{"post": d.Post}}
	case !bot.May(by, nil, d):
		return &bot.Refusal{Phrase: "refused.not_your_post", Values: map[string]any{"post": post.ID}}
	case d.StandIn != "" && (!standIn || d.StandIn == d.Post):
		return &bot.Refusal{Phrase: "refused.no_post", Values: map[string]any{"post": d.StandIn}}
	case d.Absence.Until.Before(d.Absence.From):
		return &bot.Refusal{Phrase: "refused.dates"}
	}
	return nil
}
