package registry

import (
	"context"
	"fmt"

	"verbale/bot"
)

// parked tells the desk about an action that was given up, once a day. A failure to post in
// the desk's own channel is not reported there.
func (s *Service) parked(ctx context.Context, a bot.Action) (bot.Committed, error) {
	inSlack := a.Kind.Mouth() == bot.MouthSlack
	if a.Reference == "" || inSlack && (a.Room == "" || a.Room == bot.RoomDesk) {
		return bot.Committed{}, nil
	}
	return s.commit(ctx, "that "+a.Key+" was parked", func() (bot.Change, error) {
		m, err := s.loadOwnOrder(ctx, a.Reference)
		if err != nil {
			return bot.Change{}, err
		}
		what := a.Key
		if inSlack { // this change enqueues another card in the room that cannot be reached
			what = a.Reference + ":" + a.Room
		}
		change := m.with()
		change.Once = fmt.Sprintf("parked:%s:%s", what, s.today(m.now))
		s.say(m.occasion, &change, m.entry(bot.WhatParked, a.LastError, a.Key), a.LastError)
		s.finish(m.occasion, &change)
		return change, nil
	})
}
