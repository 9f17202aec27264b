package forget

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// A Forgetter erases personal data from what an office stores.
type Forgetter struct {
	registry   *registry.Service
	eraser     bot.Eraser
	references *regexp.Regexp // matches the office's references in any text
}

// New returns a Forgetter for the records of a registry and the data stored with them.
func New(r *registry.Service, s bot.Eraser) *Forgetter {
	return &Forgetter{registry: r, eraser: s, references: bot.ReferencesOf(r.Office.Prefix)}
}

// A Forgetting is who ordered an erasure, and why.
type Forgetting struct {
	Actor  string // as named in histories
	Reason string
	Open   bool // also for requests that are still open
}

// ErrOpen is why a request is not erased: it is still open.
var ErrOpen = errors.New("work on it is still due")

// Forget erases the personal data of a record: names, addresses, letter numbers, the letter
// itself, subject, summary, evidence, and everything people wrote about it. Reference, status,
// countries, themes, services, dates, owner, outcome and who did what when are kept. The
// record is written first, together with the action that does the rest, so that a crash leaves
// nothing half done; the rest is then done at once. Forget is idempotent.
func (f *Forgetter) Forget(ctx context.Context, reference string, why Forgetting) (forgotten bool, err error) {
	_, err = f.registry.Amend(ctx, "forgetting "+reference, func() (bot.Change, error) {
		change, err := f.forgetting(ctx, reference, why)
		forgotten = err == nil
		return change, err
	})
	if err != nil && !errors.Is(err, errForgotten) {
		return false, err
	}
	return forgotten, f.erase(ctx, reference)
}

// errForgotten means that the record itself has nothing left to erase.
var errForgotten = errors.New("forgotten already")

func (f *Forgetter) forgetting(ctx context.Context, reference string, why Forgetting) (bot.Change, error) {
	rec, err := f.registry.Store.Load(ctx, reference)
	if err != nil {
		return bot.Change{}, fmt.Errorf("load %s: %w", reference, err)
	}
	if rec.Status.Open() && !why.Open {
		return bot.Change{}, fmt.Errorf("%s is %s: %w", reference, rec.Status, ErrOpen)
	}
	now := f.registry.Now()
	kept := withoutWords(rec)
	if kept.Forgotten.IsZero() {
		kept.Forgotten = now
	} else if reflect.DeepEqual(&kept, rec) {
		return bot.Change{}, errForgotten
	}
	kept.UpdatedAt = now
	change := bot.Change{Record: &kept, History: []intake.HistoryEntry{{At: now, Actor: why.Actor, What: bot.WhatForgotten, Reason: why.Reason}}}
	change.Actions = []bot.Action{{
		Key: fmt.Sprintf("%s:%s:%d", bot.ActionForget, reference, rec.Revision+1), Kind: bot.ActionForget,
		Reference: reference, State: bot.ActionPending, Due: now,
	}}
	return change, nil
}

// Perform completes an interrupted erasure (outbox.Performer, for bot.ActionForget).
func (f *Forgetter) Perform(ctx context.Context, a bot.Action) (string, error) {
	return a.Reference, f.erase(ctx, a.Reference)
}

// pageOfAll is the number of entries queried at once.
const pageOfAll = 500

// erase erases the personal data stored with a record, and removes Slack messages about it.
func (f *Forgetter) erase(ctx context.Context, reference string) error {
	whole := bot.Redaction{
		Letter:   func(*bot.Letter) (*bot.Letter, error) { return nil, nil },
		Entry:    func(e intake.HistoryEntry) (intake.HistoryEntry, error) { return f.entryWithoutWords(e), nil },
		Action:   func(a bot.Action) (bot.Action, error) { return actionWithoutWords(a, f.registry.Now()), nil },
		Incoming: true,
	}
	if err := f.eraser.Erase(ctx, reference, whole); err != nil {
		return err
	}
	var said []string
	err := f.eraser.RewriteDigests(ctx, func(a bot.Action) (bot.Action, error) {
		if !a.SpeaksOf(reference) {
			return a, nil
		}
		said = append(said, a.Result)
		return actionWithoutWords(a, f.registry.Now()), nil
	})
	if err != nil {
		return err
	}
	if err := f.dropSpeakingOf(ctx, reference); err != nil {
		return err
	}
	return f.unsay(ctx, reference, said)
}

// dropSpeakingOf deletes the messages set aside that refer to a record.
func (f *Forgetter) dropSpeakingOf(ctx context.Context, reference string) error {
	return f.eachSetAside(ctx, func(a intake.SetAside) error {
		if a.Reference != reference {
			return nil
		}
		return f.eraser.DropSetAside(ctx, a.Identity)
	})
}

func (f *Forgetter) eachSetAside(ctx context.Context, do func(intake.SetAside) error) error {
	for cursor := ""; ; {
		page, next, err := f.registry.Store.SetAside(ctx, pageOfAll, cursor)
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

// unsay enqueues removing the content of Slack messages about a record: posts in the threads
// of its cards, direct messages, and lists that contain it. Its cards are redrawn.
func (f *Forgetter) unsay(ctx context.Context, reference string, further []string) error {
	said, err := f.saidOf(ctx, reference)
	if err != nil {
		return err
	}
	places := slices.DeleteFunc(append(said, further...), func(place string) bool { return !strings.Contains(place, "/") })
	slices.Sort(places)
	if places = slices.Compact(places); len(places) == 0 {
		return nil
	}
	_, err = f.registry.Store.Commit(ctx, bot.Change{Actions: []bot.Action{{
		Key: fmt.Sprintf("%s:%s:%s", bot.ActionErase, reference, bot.ShortHash(strings.Join(places, " "))), Kind: bot.ActionErase,
		Reference: reference, Room: bot.RoomDesk, Places: places, State: bot.ActionPending, Due: f.registry.Now(),
	}}})
	if err == nil && f.registry.Nudge != nil {
		f.registry.Nudge()
	}
	return err
}

// saidOf are the places of Slack messages about a record, except its cards and those already
// being removed.
func (f *Forgetter) saidOf(ctx context.Context, reference string) (places []string, err error) {
	actions, err := f.registry.Store.Actions(ctx, reference)
	if err != nil {
		return nil, fmt.Errorf("load the actions of %s: %w", reference, err)
	}
	cards, err := f.registry.Store.Cards(ctx, reference)
	if err != nil {
		return nil, err
	}
	var besides []string
	for _, card := range cards {
		besides = append(besides, card.Channel+"/"+card.TS)
	}
	for _, a := range actions {
		switch {
		case a.Kind == bot.ActionErase:
			besides = append(besides, a.Places...)
		case a.Kind.Mouth() == bot.MouthSlack && a.State == bot.ActionDone:
			places = append(places, a.Result)
		}
	}
	return slices.DeleteFunc(places, func(place string) bool { return slices.Contains(besides, place) }), nil
}
