package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// split enqueues the creation of a record for each part of a request. Perform creates them one
// by one, each with its own reference.
func (s *Service) split(m *loadedOrder, d bot.Split) (bot.Change, error) {
	if !m.rec.Status.Open() || m.rec.Request == nil || m.wasSplit() || m.rec.Parent != "" || len(d.Parts) < 2 {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.split", Values: map[string]any{"reference": m.Reference}}
	}
	change := m.with(m.entry(bot.WhatSplit, "", fmt.Sprintf("%d parts", len(d.Parts))))
	change.Record.Doubts = withoutDoubt(change.Record.Doubts, intake.FieldSummary) // the split settles it
	for i := range d.Parts {
		part := d.Parts[i]
		if part.Owner != "" && !s.known(part.Owner) {
			return bot.Change{}, &bot.Refusal{Phrase: "refused.no_post", Values: map[string]any{"post": part.Owner}}
		}
		change.Actions = append(change.Actions, bot.Action{
			Key: fmt.Sprintf("%s:%s:%d", bot.ActionOpenPart, m.Reference, i+1), Kind: bot.ActionOpenPart,
			Reference: m.Reference, State: bot.ActionPending, Due: m.now, Part: &part,
			Lane: "parts:" + m.Reference, // so that they are numbered in order
		})
	}
	s.say(m.occasion, &change, change.History[0], "")
	return change, nil
}

// wasSplit reports whether a split was already loadedOrder; the parts are created a little later.
func (m *loadedOrder) wasSplit() bool {
	return slices.ContainsFunc(m.history, func(e intake.HistoryEntry) bool { return e.What == bot.WhatSplit })
}

// Perform performs internal actions (outbox.Performer, for MouthHouse): what orders entail for
// further records, and digests. It is idempotent.
func (s *Service) Perform(ctx context.Context, a bot.Action) (string, error) {
	switch a.Kind {
	case bot.ActionOpenPart:
		return s.openPart(ctx, a)
	case bot.ActionAdopt:
		return a.Reference, s.adopt(ctx, a)
	case bot.ActionAbsorb:
		return a.Reference, s.absorb(ctx, a)
	case bot.ActionMakeConfidential:
		return a.Reference, s.makePartConfidential(ctx, a)
	case bot.ActionUpdatePosts:
		return a.Reference, s.updatePosts(ctx, a)
	case bot.ActionDigest:
		return s.performDigest(ctx, a)
	}
	return "", fmt.Errorf("actions of kind %s are not performed internally", a.Kind)
}

// openPart creates the record of one part. The action that notes the part in its parent is
// committed with it, and shows that it was created for as long as the parent exists.
func (s *Service) openPart(ctx context.Context, a bot.Action) (string, error) {
	actions, err := s.Store.Actions(ctx, a.Reference)
	if err != nil {
		return "", fmt.Errorf("load the parts of %s: %w", a.Reference, err)
	}
	noted := func(b bot.Action) bool { return b.Key == adoptionOf(a) }
	if at := slices.IndexFunc(actions, noted); at >= 0 {
		return actions[at].Source, nil
	}
	done, err := s.commit(ctx, a.Key, func() (bot.Change, error) { return s.partOf(ctx, a) })
	if err == nil && done.Seen { // created by a version that noted it in a separate commit
		err = s.adopt(ctx, bot.Action{Key: adoptionOf(a), Reference: a.Reference, Source: done.Reference})
		if _, adopted := errors.AsType[bot.NothingToDo](err); adopted {
			err = nil
		}
	}
	return done.Reference, err
}

// adoptionOf is the key of the action that notes a part in its parent, derived from the action
// that creates the part.
func adoptionOf(opening bot.Action) string {
	return strings.Replace(opening.Key, string(bot.ActionOpenPart), string(bot.ActionAdopt), 1)
}

func (s *Service) partOf(ctx context.Context, a bot.Action) (bot.Change, error) {
	m, err := s.loadOwnOrder(ctx, a.Reference)
	if err != nil {
		return bot.Change{}, err
	}
	if !m.rec.Forgotten.IsZero() || m.rec.Request == nil {
		return bot.Change{}, bot.NothingToDo{Reason: "what is asked for has been forgotten"}
	}
	request := *m.rec.Request
	request.Summary, request.Services, request.Themes = a.Part.Summary, a.Part.Services, a.Part.Themes
	request.Subjects = s.subjectsOf(a.Part.Themes)
	origin := m.rec.Origin
	origin.MessageID, origin.AnswerTo = "", intake.Address{} // answered through the parent
	change := s.begun(m, intake.NewRecordInput{
		Reading: intake.Reading{Kind: intake.KindRequest, KindReason: intake.Remark{ID: "kind.part", Args: map[string]string{"reference": a.Reference}}, Language: m.rec.Language, Request: &request, Evidence: m.rec.Evidence},
		Origin:  origin, ReceivedAt: m.rec.ReceivedAt, Now: m.now,
	}, nil)
	rec := change.Record
	rec.Parent, rec.Confidential, rec.Correspondents = a.Reference, m.rec.Confidential, nil
	if owner := a.Part.Owner; owner != "" && owner != rec.Owner {
		if err := s.step(&change, intake.Step{Verb: stepTo(rec.Status), Actor: intake.ActorBot, At: m.now, Owner: owner}); err != nil {
			return bot.Change{}, err
		}
		rec.Routing = s.routedBy(rec, owner)
	}
	s.assignNew(m.occasion, &change)
	change.Once = a.Key
	change.Actions = append(change.Actions, bot.Action{
		Key: adoptionOf(a), Kind: bot.ActionAdopt, Reference: a.Reference, Source: rec.Reference, State: bot.ActionPending, Due: m.now,
	})
	m.rooms = nil
	s.finish(m.occasion, &change)
	return change, nil
}

// stepTo is the step that assigns a new record.
func stepTo(from intake.Status) intake.Verb {
	if from == intake.StatusAssigned {
		return intake.VerbHandOver
	}
	return intake.VerbAssign
}

// adopt notes a part in its parent, unless that was done.
func (s *Service) adopt(ctx context.Context, a bot.Action) error {
	_, err := s.commit(ctx, a.Key, func() (bot.Change, error) {
		m, err := s.loadOwnOrder(ctx, a.Reference)
		if err != nil {
			return bot.Change{}, err
		}
		if slices.Contains(m.rec.Children, a.Source) {
			return bot.Change{}, bot.NothingToDo{Reason: "it is noted already"}
		}
		change := m.with(m.entry(bot.WhatSplit, "", a.Source))
		change.Once, change.Record.Children = a.Key, append(slices.Clone(m.rec.Children), a.Source)
		if m.rec.Confidential { // it may have become confidential while the part was created
			change.Actions = append(change.Actions, confidentialAction(m.rec, a.Source, m.now))
		}
		s.finish(m.occasion, &change)
		return change, nil
	})
	return err
}
