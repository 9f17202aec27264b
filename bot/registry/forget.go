package registry

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// A Forgetting is who wants words to be forgotten, and why.
type Forgetting struct {
	Actor  string // as histories name them
	Reason string
	Open   bool // also of requests on which work is still due
}

// ErrOpen is why a request is not forgotten: work on it is due.
var ErrOpen = errors.New("work on it is still due")

// errNoShredder: the service was made to forget nothing.
var errNoShredder = errors.New("this service has no shredder")

// Forget takes the personal words out of a record: names, addresses, numbers of
// letters, the letter itself, subject, summary, evidence, and whatever people
// wrote about it. Reference, status, countries, themes, services, dates, owner,
// outcome and who did what when stay. The record is written first, together with
// the action that does the rest, so that a crash leaves nothing half done; the
// rest is then done at once. Forgetting again changes nothing.
func (s *Service) Forget(ctx context.Context, reference string, f Forgetting) (forgotten bool, err error) {
	if s.Shredder == nil {
		return false, errNoShredder
	}
	_, err = s.commit(ctx, "forgetting "+reference, func() (bot.Change, error) {
		change, err := s.forgetting(ctx, reference, f)
		forgotten = err == nil
		return change, err
	})
	if err != nil && !errors.Is(err, errForgotten) {
		return false, err
	}
	return forgotten, s.shred(ctx, reference)
}

// errForgotten: there is nothing left to forget in the record itself.
var errForgotten = errors.New("forgotten already")

func (s *Service) forgetting(ctx context.Context, reference string, f Forgetting) (bot.Change, error) {
	rec, err := s.Store.Load(ctx, reference)
	if err != nil {
		return bot.Change{}, fmt.Errorf("load %s: %w", reference, err)
	}
	if rec.Status.Open() && !f.Open {
		return bot.Change{}, fmt.Errorf("%s is %s: %w", reference, rec.Status, ErrOpen)
	}
	now := s.Now()
	kept := withoutWords(rec)
	if kept.Forgotten.IsZero() {
		kept.Forgotten = now
	} else if reflect.DeepEqual(&kept, rec) {
		return bot.Change{}, errForgotten
	}
	kept.UpdatedAt = now
	change := bot.Change{Record: &kept, History: []intake.HistoryEntry{{At: now, Actor: f.Actor, What: bot.WhatForgotten, Reason: f.Reason}}}
	change.Actions = []bot.Action{{
		Key: fmt.Sprintf("%s:%s:%d", bot.ActionForget, reference, rec.Revision+1), Kind: bot.ActionForget,
		Reference: reference, State: bot.ActionPending, Due: now,
	}}
	s.finish(occasion{now: now, rooms: rec.Rooms}, &change)
	return change, nil
}

// shred takes the personal words out of what is kept beside a record, and takes
// back what was said of it in Slack.
func (s *Service) shred(ctx context.Context, reference string) error {
	if s.Shredder == nil {
		return errNoShredder
	}
	whole := bot.Treatment{
		Letter:   func(*bot.Letter) (*bot.Letter, error) { return nil, nil },
		Entry:    func(e intake.HistoryEntry) (intake.HistoryEntry, error) { return s.entryWithoutWords(e), nil },
		Action:   func(a bot.Action) (bot.Action, error) { return actionWithoutWords(a, s.Now()), nil },
		Incoming: true,
	}
	if err := s.Shredder.Shred(ctx, reference, whole); err != nil {
		return err
	}
	var said []string
	err := s.Shredder.ShredDigests(ctx, func(a bot.Action) (bot.Action, error) {
		if !speaksOf(a, reference) {
			return a, nil
		}
		said = append(said, a.Result)
		return actionWithoutWords(a, s.Now()), nil
	})
	if err != nil {
		return err
	}
	if err := s.dropSpeakingOf(ctx, reference); err != nil {
		return err
	}
	return s.unsay(ctx, reference, said)
}

// speaksOf reports whether a digest names a record.
func speaksOf(a bot.Action, reference string) bool {
	in := func(text string) bool { return strings.Contains(text, reference) }
	switch {
	case a.Post != nil:
		return slices.ContainsFunc(a.Post.Sections, func(p bot.PostSection) bool { return slices.Contains(p.Records, reference) })
	case a.Mail != nil:
		return in(a.Mail.Text) || in(a.Mail.HTML)
	}
	return false
}

// dropSpeakingOf deletes the messages set aside that speak of a record.
func (s *Service) dropSpeakingOf(ctx context.Context, reference string) error {
	return s.eachSetAside(ctx, func(a intake.SetAside) error {
		if a.Reference != reference {
			return nil
		}
		return s.Shredder.DropSetAside(ctx, a.Identity)
	})
}

func (s *Service) eachSetAside(ctx context.Context, do func(intake.SetAside) error) error {
	for cursor := ""; ; {
		page, next, err := s.Store.SetAside(ctx, pageOfAll, cursor)
		if err != nil {
			return fmt.Errorf("list messages set aside: %w", err)
		}
		for _, a := range page {
			if err := do(a); err != nil {
				return err
			}
		}
		if cursor = next; cursor == "" {
			return nil
		}
	}
}

// unsay calls for what was said of a record in Slack to be taken back: posts below
// its cards, messages to people, lists in which it stood. Its cards are redrawn.
func (s *Service) unsay(ctx context.Context, reference string, further []string) error {
	said, err := s.saidOf(ctx, reference)
	if err != nil {
		return err
	}
	places := slices.DeleteFunc(append(said, further...), func(place string) bool { return !strings.Contains(place, "/") })
	slices.Sort(places)
	if places = slices.Compact(places); len(places) == 0 {
		return nil
	}
	_, err = s.Store.Commit(ctx, bot.Change{Actions: []bot.Action{{
		Key: fmt.Sprintf("%s:%s:%s", bot.ActionUnsay, reference, shortHash(strings.Join(places, " "))), Kind: bot.ActionUnsay,
		Reference: reference, Room: bot.RoomDesk, Places: places, State: bot.ActionPending, Due: s.Now(),
	}}})
	if err == nil && s.Nudge != nil {
		s.Nudge()
	}
	return err
}

// saidOf is where messages about a record stand in Slack, but for its cards and for
// what is being taken back already.
func (s *Service) saidOf(ctx context.Context, reference string) (places []string, err error) {
	actions, err := s.Store.Actions(ctx, reference)
	if err != nil {
		return nil, fmt.Errorf("load the actions of %s: %w", reference, err)
	}
	cards, err := s.Store.Cards(ctx, reference)
	if err != nil {
		return nil, err
	}
	var besides []string
	for _, card := range cards {
		besides = append(besides, card.Channel+"/"+card.TS)
	}
	for _, a := range actions {
		switch {
		case a.Kind == bot.ActionUnsay:
			besides = append(besides, a.Places...)
		case a.Kind.Mouth() == bot.MouthSlack && a.State == bot.ActionDone:
			places = append(places, a.Result)
		}
	}
	return slices.DeleteFunc(places, func(place string) bool { return slices.Contains(besides, place) }), nil
}
