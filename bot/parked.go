package bot

import (
	"context"
	"fmt"

	"verbale/intake"
)

// parked tells the desk of an action that was given up, once a day. What cannot be
// said in the desk's own channel is not said there again.
func (s *Service) parked(ctx context.Context, a Action) (Committed, error) {
	inSlack := a.Kind.Mouth() == MouthSlack
	if a.Reference == "" || inSlack && (a.Room == "" || a.Room == RoomDesk) {
		return Committed{}, nil
	}
	return s.commit(ctx, "that "+a.Key+" was parked", func() (Change, error) {
		m, err := s.gather(ctx, Order{By: Colleague{ID: intake.ActorBot}, Reference: a.Reference, Do: View{}})
		if err != nil {
			return Change{}, err
		}
		what := a.Key
		if inSlack { // this change calls for another card in the room that is lost
			what = a.Reference + ":" + a.Room
		}
		change := m.with()
		change.Once = fmt.Sprintf("parked:%s:%s", what, s.today(m.now))
		s.say(m.occasion, &change, m.entry(WhatParked, a.LastError, a.Key), a.LastError)
		s.finish(m.occasion, &change)
		return change, nil
	})
}
