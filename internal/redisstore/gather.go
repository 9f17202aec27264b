package redisstore

import (
	"context"
	"sync"

	"github.com/redis/go-redis/v9"
)

// A gathering batches concurrent requests into shared round trips. A request that arrives
// while another round trip is under way waits for it to end and is then sent together with
// all others that arrived meanwhile; a request that finds none under way is sent at once. A
// server that syncs its append-only file before it answers does so once per batch. Reads use
// a gathering of their own, so that they do not wait for writes.
//
// Each request is sent at most once. A caller whose context ends while waiting does not know
// whether its request was sent.
type gathering struct {
	client redis.UniversalClient

	mu      sync.Mutex
	busy    bool // a round trip is under way
	waiting []*question
}

// A question is one caller's command.
type question struct {
	ctx      context.Context
	ask      func(ctx context.Context, c redis.Cmdable) redis.Cmder
	answer   redis.Cmder
	answered chan struct{}
}

// gathered sends a command through the gathering and returns it with its reply.
func gathered[C redis.Cmder](ctx context.Context, g *gathering, ask func(ctx context.Context, c redis.Cmdable) C) (answer C, err error) {
	q := &question{ctx: ctx, answered: make(chan struct{}), ask: func(ctx context.Context, c redis.Cmdable) redis.Cmder { return ask(ctx, c) }}
	if g.first(q) {
		defer g.next()
		answer = ask(ctx, g.client)
		return answer, answer.Err()
	}
	select {
	case <-q.answered:
	case <-ctx.Done():
		return answer, ctx.Err()
	}
	if q.answer == nil { // its context ended before it was sent
		return answer, ctx.Err()
	}
	answer = q.answer.(C)
	return answer, answer.Err()
}

// first reports whether the question may be sent at once; otherwise it is queued.
func (g *gathering) first(q *question) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.busy {
		g.busy = true
		return true
	}
	g.waiting = append(g.waiting, q)
	return false
}

// next ends a round trip and starts one for the queued questions.
func (g *gathering) next() {
	g.mu.Lock()
	defer g.mu.Unlock()
	together := g.waiting
	g.waiting = nil
	if g.busy = len(together) > 0; g.busy {
		go g.ask(together)
	}
}

func (g *gathering) ask(together []*question) {
	defer g.next()
	// Each caller has its own deadline, but they share one round trip, so only the client's
	// timeouts apply to it. A failure of the whole pipeline is set on each command.
	ctx := context.WithoutCancel(together[0].ctx)
	_, _ = g.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, q := range together {
			if q.ctx.Err() == nil {
				q.answer = q.ask(ctx, p)
			}
		}
		return nil
	})
	for _, q := range together {
		close(q.answered)
	}
}
