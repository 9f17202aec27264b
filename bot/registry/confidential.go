package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// markConfidential makes a record confidential if the letter is marked so, and returns a history entry
// with the reason.
func (s *Service) markConfidential(rec *intake.Record, m *intake.Message, o occasion) []intake.HistoryEntry {
	mark := s.Habits.ConfidentialMark(m)
	if mark == "" || rec.Confidential {
		return nil
	}
	rec.Confidential = true
	return []intake.HistoryEntry{{
		At: o.now, Actor: intake.ActorBot, What: bot.WhatConfidential, Reason: "the letter is marked “" + mark + "”", Detail: m.Identity(),
	}}
}

func becameConfidential(change *bot.Change) bool {
	return change.Record.Confidential && slices.ContainsFunc(change.History, func(e intake.HistoryEntry) bool { return e.What == bot.WhatConfidential })
}

// makePartsConfidential enqueues making the parts of a request confidential too, since they are about the
// same letter. When a request is made non-confidential, its parts stay as they are.
func (s *Service) makePartsConfidential(o occasion, change *bot.Change) {
	if change.Record == nil || !becameConfidential(change) {
		return
	}
	for _, child := range change.Record.Children {
		change.Actions = append(change.Actions, confidentialAction(change.Record, child, o.now))
	}
}

// confidentialAction is the action that makes a part confidential. A part may be made confidential again
// after it was made public, so the key contains the revision of the parent.
func confidentialAction(parent *intake.Record, child string, now time.Time) bot.Action {
	return bot.Action{
		Key: fmt.Sprintf("%s:%s:%d", bot.ActionMakeConfidential, child, parent.Revision+1), Kind: bot.ActionMakeConfidential, Reference: child, Source: parent.Reference,
		State: bot.ActionPending, Due: now,
	}
}

// makePartConfidential makes a part confidential, unless it already is.
func (s *Service) makePartConfidential(ctx context.Context, a bot.Action) error {
	_, err := s.commit(ctx, a.Key, func() (bot.Change, error) {
		m, err := s.loadOwnOrder(ctx, a.Reference)
		if err != nil {
			return bot.Change{}, err
		}
		if m.rec.Confidential {
			return bot.Change{}, bot.NothingToDo{Reason: "it is confidential already"}
		}
		change := m.with(intake.HistoryEntry{
			At: m.now, Actor: intake.ActorBot, What: bot.WhatConfidential, Reason: "as " + a.Source + ", of which it is a part",
		})
		change.Once, change.Record.Confidential = a.Key, true
		s.finish(m.occasion, &change)
		return change, nil
	})
	if errors.Is(err, bot.ErrNotFound) {
		return bot.NothingToDo{Reason: err.Error()}
	}
	return err
}
