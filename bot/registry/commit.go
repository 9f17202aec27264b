package registry

import (
	"context"
	"errors"
	"fmt"
	"verbale/bot"
)

// maxAttempts limits how often an event is decided again because another process committed
// first. Each such conflict means that another process made progress.
const maxAttempts = 8

// commit decides and commits, and repeats both on conflicts with other processes. what names
// the event in errors.
func (s *Service) commit(ctx context.Context, what string, decide func() (bot.Change, error)) (bot.Committed, error) {
	var lost error
	for range maxAttempts {
		change, err := decide()
		if err != nil {
			return bot.Committed{}, err
		}
		for i := range change.Actions {
			change.Actions[i].Request = bot.RequestOf(ctx)
		}
		done, err := s.Store.Commit(ctx, change)
		if err == nil {
			if s.Nudge != nil && len(change.Actions) > 0 {
				s.Nudge()
			}
			return done, nil
		}
		if !errors.Is(err, bot.ErrStale) && !errors.Is(err, bot.ErrRenumber) {
			return bot.Committed{}, fmt.Errorf("commit %s: %w", what, err)
		}
		lost = err
	}
	return bot.Committed{}, bot.Temporary(fmt.Errorf("commit %s, %d attempts: %w", what, maxAttempts, lost))
}

// Amend commits a change of a record decided by another package, repeating the decision on
// conflicts. It adds what follows from the change: when the record is looked at again, and its
// cards. what names the change in errors.
func (s *Service) Amend(ctx context.Context, what string, decide func() (bot.Change, error)) (bot.Committed, error) {
	return s.commit(ctx, what, func() (bot.Change, error) {
		change, err := decide()
		if err == nil {
			s.finish(occasion{now: s.Now(), rooms: change.Record.Rooms}, &change)
		}
		return change, err
	})
}
