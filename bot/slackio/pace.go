package slackio

import (
	"context"
	"errors"
	"sync"
	"time"

	"verbale/bot"
	"verbale/internal/wait"
)

// A rate limits how often something may be done: once per interval, after an initial burst.
type rate struct {
	every time.Duration
	burst int
}

// Rate limits of the methods that post (docs.slack.dev/apis/web-api/rate-limits): one message
// per second to a channel with short bursts, and tier 3 for updates. The values stay a little
// below, to leave room for other processes and apps.
var (
	postingRate  = rate{every: 1100 * time.Millisecond, burst: 3}
	updatingRate = rate{every: 1300 * time.Millisecond, burst: 10}
)

// patience is how long a call waits for its turn before the action is given back to the queue.
const patience = time.Minute

// A pacer limits the rate of calls with the generic cell rate algorithm: for each key it keeps
// the time at which the next call would be on schedule.
type pacer struct {
	now func() time.Time

	mu   sync.Mutex
	next map[string]time.Time
}

func newPacer(now func() time.Time) *pacer { return &pacer{now: now, next: map[string]time.Time{}} }

// errPaced means that too many calls are waiting for the same key.
var errPaced = errors.New("too much is being posted; it waits for its turn")

// turn waits until a call may be made. If that takes too long, it returns a temporary error
// that says how long.
func (p *pacer) turn(ctx context.Context, key string, r rate) error {
	delay := p.reserve(key, r)
	if delay > patience {
		return bot.TemporaryAfter(errPaced, delay)
	}
	if err := wait.For(ctx, delay); err != nil {
		return bot.Temporary(err)
	}
	return nil
}

// reserve takes the next turn, unless it is too far away, and returns the time until then.
func (p *pacer) reserve(key string, r rate) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, slack := p.now(), r.every*time.Duration(r.burst-1)
	next := p.next[key]
	if next.Before(now) {
		next = now
	}
	delay := max(0, next.Sub(now)-slack)
	if delay <= patience {
		p.next[key] = next.Add(r.every)
	}
	return delay
}

// hold lets no call through for a while, because Slack asked to wait.
func (p *pacer) hold(key string, r rate, pause time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	free := p.now().Add(pause + r.every*time.Duration(r.burst-1))
	if p.next[key].Before(free) {
		p.next[key] = free
	}
}
