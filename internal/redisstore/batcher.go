package redisstore

import (
	"context"
	"sync"

	"github.com/redis/go-redis/v9"
)

// A batcher batches concurrent requests into shared round trips. A request that arrives
// while another round trip is under way waits for it to end and is then sent together with
// all others that arrived meanwhile; a request that finds none under way is sent at once. A
// server that syncs its append-only file before it answers does so once per batch. Reads use
// a gathering of their own, so that they do not wait for writes.
//
// Each request is sent at most once. A caller whose context ends while waiting does not know
// whether its request was sent.
type batcher struct {
	client redis.UniversalClient

	mu      sync.Mutex
	busy    bool // a round trip is under way
	waiting []*batchedCommand
}

// A batchedCommand is one caller's command.
type batchedCommand struct {
	ctx      context.Context
	ask      func(ctx context.Context, c redis.Cmdable) redis.Cmder
	answer   redis.Cmder
	answered chan struct{}
}

// batched sends a command through the gathering and returns it with its reply.
func batched[C redis.Cmder](ctx context.Context, g *batcher, ask func(ctx context.Context, c redis.Cmdable) C) (answer C, err error) {
	q := &batchedCommand{ctx: ctx, answered: make(chan struct{}), ask: func(ctx context.Context, c redis.Cmdable) redis.Cmder { return ask(ctx, c) }}
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
func (g *batcher) first(q *batchedCommand) bool {
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
func (g *batcher) next() {
	g.mu.Lock()
	defer g.mu.Unlock()
	together := g.waiting
	g.waiting = nil
	if g.busy = len(together) > 0; g.busy {
		go g.ask(together)
	}
}

func (g *batcher) ask(together []*batchedCommand) {
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
