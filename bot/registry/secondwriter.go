package registry

import (
	"context"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
)

// unacknowledged are the acknowledgements of a merged record that are no longer sent (see Obsolete), to
// addresses that have no acknowledgement from the remaining record: the sender of the second
// letter expects an answer too. If one is just being sent, the error is temporary, to wait for
// its outcome.
func (s *Service) unacknowledged(ctx context.Context, reference, merged string) (unacknowledged []bot.Action, err error) {
	if !s.Office.Slack {
		return nil, nil // Obsolete lets all of them be sent
	}
	theirs, err := s.acknowledgements(ctx, merged)
	if err != nil {
		return nil, err
	}
	heard, err := s.acknowledgements(ctx, reference)
	if err != nil {
		return nil, err
	}
	heard = slices.DeleteFunc(heard, func(a bot.Action) bool { return a.State == bot.ActionSkipped })
	for _, a := range theirs {
		dropped := a.State == bot.ActionSkipped || a.State == bot.ActionPending && a.Result == ""
		switch {
		case a.State == bot.ActionClaimed:
			return nil, bot.Temporary(fmt.Errorf("acknowledge %s: its own acknowledgement is just being sent", merged))
		case dropped && !slices.ContainsFunc(heard, toTheSame(a)):
			unacknowledged = append(unacknowledged, a)
		}
		heard = append(heard, a)
	}
	return unacknowledged, nil
}

// acknowledgements are those of a record, except where the address was erased.
func (s *Service) acknowledgements(ctx context.Context, reference string) ([]bot.Action, error) {
	actions, err := s.Store.Actions(ctx, reference)
	if err != nil {
		return nil, fmt.Errorf("load the acknowledgements of %s: %w", reference, err)
	}
	return slices.DeleteFunc(actions, func(a bot.Action) bool {
		return a.Kind != bot.ActionAcknowledge || a.Mail == nil || a.Mail.To[0].Address == ""
	}), nil
}

// toTheSame returns a predicate for actions whose mail goes to the same address as that of a.
func toTheSame(a bot.Action) func(bot.Action) bool {
	return func(other bot.Action) bool { return lower(other.Mail.To[0].Address) == lower(a.Mail.To[0].Address) }
}

// acknowledgeMerged acknowledges the letter of a merged record to an address, with the
// reference and dates of the remaining record. If that one is confidential, only the
// requester's institution learns of it; others get the reference of their own letter.
func (s *Service) acknowledgeMerged(o occasion, change *bot.Change, merged *intake.Record, to intake.Address) {
	stays, told := change.Record, *merged
	if !stays.Confidential || s.ofTheRequester(stays, to.Address) {
		told.Reference, told.Plan = stays.Reference, stays.Plan
	}
	key := string(bot.ActionAcknowledge) + ":" + stays.Reference
	if lower(to.Address) != lower(stays.Origin.AnswerTo.Address) { // the requester gets only one
		key += ":" + bot.ShortHash(lower(to.Address))
	}
	letter := s.sourceOfRecord(merged)
	letter.unreadable = false // the desk has read it by now
	s.propose(o, change, bot.Action{
		Key: key, Kind: bot.ActionAcknowledge, RateGroup: lower(to.Address), Mail: s.acknowledgement(o, &told, letter, key, to),
	})
}
