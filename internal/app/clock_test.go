package app_test

import (
	"sync/atomic"
	"time"
)

// A clock is the time that a desk's service lives by. It goes with that of the machine, or
// stands still, and tests set it forward.
type clock struct {
	still time.Time    // where it stands still; zero if it goes
	ahead atomic.Int64 // how far it was set forward, in nanoseconds
}

func (c *clock) now() time.Time {
	at := c.still
	if at.IsZero() {
		at = time.Now()
	}
	return at.Add(time.Duration(c.ahead.Load()))
}

// standStill stops the clock at a moment. It is called before anything is served.
func (k *desk) standStill(at time.Time) { k.clock.still = at }

// forward advances the clock once no action is claimed or due: otherwise the jump would end the
// lease of an action, and it would be performed twice.
func (s *service) forward(d time.Duration) {
	s.t.Helper()
	s.await("no action in hand", s.atRest)
	s.clock.ahead.Add(int64(d))
	s.server.Nudge()
}

// forwardTo advances a stopped clock to a moment.
func (s *service) forwardTo(at time.Time) {
	s.t.Helper()
	s.forward(at.Sub(s.clock.now()))
}

// atRest reports whether no action is claimed and none is due.
func (s *service) atRest() bool {
	rests, err := s.server.Store().AtRest(s.t.Context(), s.clock.now())
	return err == nil && rests
}
