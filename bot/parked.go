package bot

import (
	"context"

	"verbale/intake"
)

// parked tells the desk of an action that was given up. What cannot be said in
// Slack is not said there again.
func (s *Service) parked(ctx context.Context, a Action) (Committed, error) {
	if a.Reference == "" || a.Kind.Mouth() == MouthSlack {
		return Committed{}, nil
	}
	return s.commit(ctx, "that "+a.Key+" was parked", func() (Change, error) {
		m, err := s.gather(ctx, Order{ID: "parked:" + a.Key, By: Colleague{ID: intake.ActorBot}, Reference: a.Reference, Do: View{}})
		if err != nil {
			return Change{}, err
		}
		change := m.with()
		change.Once = m.ID
		s.say(m.occasion, &change, m.entry(WhatParked, a.LastError, a.Key), a.LastError)
		s.finish(m.occasion, &change)
		return change, nil
	})
}
