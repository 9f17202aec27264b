package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
)

// mostMerged limits the length of a chain of merges that is followed.
const mostMerged = 8

// remaining is the record into which a record was merged, or the record itself. Nobody looks at
// merged records. nil stays nil.
func (s *Service) remaining(ctx context.Context, rec *intake.Record) (*intake.Record, error) {
	for range mostMerged {
		if rec == nil || rec.MergedInto == "" {
			break
		}
		next, err := s.lookUp(ctx, rec.MergedInto)
		if err != nil {
			return nil, err
		}
		if next == nil {
			break
		}
		rec = next
	}
	return rec, nil
}

// absorb updates the remaining record after a merge: the correspondents of the merged record
// become known here, and are written to if their letter has not been acknowledged.
// Confidentiality is inherited.
func (s *Service) absorb(ctx context.Context, a bot.Action) error {
	_, err := s.commit(ctx, a.Key, func() (bot.Change, error) { return s.absorbed(ctx, a) })
	if errors.Is(err, bot.ErrNotFound) {
		return bot.NothingToDo{Reason: err.Error()}
	}
	return err
}

func (s *Service) absorbed(ctx context.Context, a bot.Action) (bot.Change, error) {
	m, err := s.loadOwnOrder(ctx, a.Reference)
	if err != nil {
		return bot.Change{}, err
	}
	merged, err := s.Store.Load(ctx, a.Source)
	if err != nil {
		return bot.Change{}, fmt.Errorf("load %s: %w", a.Source, err)
	}
	unheard, err := s.unacknowledged(ctx, a.Reference, a.Source)
	if err != nil {
		return bot.Change{}, err
	}
	change := m.with(m.entry(bot.WhatAbsorbed, merged.Origin.Subject, a.Source))
	change.Once = a.Key
	rec := change.Record
	rec.Correspondents = union(rec.Correspondents, merged.Correspondents)
	rec.Similar = slices.DeleteFunc(slices.Clone(rec.Similar), func(l intake.Likeness) bool { return l.Reference == a.Source })
	if merged.Confidential && !rec.Confidential {
		rec.Confidential = true
		change.History = append(change.History, m.entry(bot.WhatConfidential, "", ""))
	}
	if err := s.disentangle(m, &change, merged); err != nil {
		return bot.Change{}, err
	}
	for _, mail := range unheard {
		s.acknowledgeMerged(m.occasion, &change, merged, mail.Mail.To[0])
	}
	s.say(m.occasion, &change, change.History[0], merged.Origin.Subject)
	s.finish(m.occasion, &change)
	return change, nil
}

// disentangle reopens the older of two records that were merged into each other at the same
// moment. Otherwise nobody would work on either.
func (s *Service) disentangle(m *loadedOrder, change *bot.Change, merged *intake.Record) error {
	if m.rec.MergedInto != merged.Reference || m.rec.Reference > merged.Reference {
		return nil
	}
	return s.step(change, intake.Step{
		Verb: intake.VerbReopen, Actor: intake.ActorBot, At: m.now,
		Reason: "it and " + merged.Reference + " were merged into each other",
	})
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
