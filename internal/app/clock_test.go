package app_test

import (
	"sync/atomic"
	"time"
)

// A clock is the clock of a desk's service. It follows the system clock or is stopped, and tests
// can advance it.
type clock struct {
	still time.Time    // the time it is stopped at; zero if it runs
	ahead atomic.Int64 // by how much it was advanced, in nanoseconds
}

func (c *clock) now() time.Time {
	at := c.still
	if at.IsZero() {
		at = time.Now()
	}
	return at.Add(time.Duration(c.ahead.Load()))
}

// standStill stops the clock at a time. It must be called before the service starts.
func (k *desk) standStill(at time.Time) { k.clock.still = at }

// forward advances the clock as soon as no action is claimed or due. With an action in progress,
// the jump would end its lease, and it would be performed twice.
func (s *service) forward(d time.Duration) {
	s.t.Helper()
	s.await("no action in hand", s.atRest)
	s.clock.ahead.Add(int64(d))
	s.server.Nudge()
}

// forwardTo advances a stopped clock to a time.
func (s *service) forwardTo(at time.Time) {
	s.t.Helper()
	s.forward(at.Sub(s.clock.now()))
}

// atRest reports whether no action is claimed and none is due.
func (s *service) atRest() bool {
	rests, err := s.server.Store().AtRest(s.t.Context(), s.clock.now())
	return err == nil && rests
}
