package redisstore

import (
	"context"
	"sync"

	"github.com/redis/go-redis/v9"
)

// A gathering asks the server what several callers want to know at the same time in
// one round trip: a caller who comes while an answer is on its way waits for it, and
// goes with all who came meanwhile. Whoever comes alone waits for nobody. A server that
// writes its file before it answers writes it once for all of them; what only reads
// goes by a gathering of its own, and waits for no file.
//
// What is asked is sent once. A caller who leaves, because its context has ended, does
// not know whether it was.
type gathering struct {
	client redis.UniversalClient

	mu      sync.Mutex
	busy    bool // an answer is on its way
	waiting []*question
}

// A question is one command of a caller's.
type question struct {
	ctx      context.Context
	ask      func(ctx context.Context, c redis.Cmdable) redis.Cmder
	answer   redis.Cmder
	answered chan struct{}
}

// gathered asks a question and returns the command with its answer, or why there is none.
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
	if q.answer == nil { // the context had ended before its turn came
		return answer, ctx.Err()
	}
	answer = q.answer.(C)
	return answer, answer.Err()
}

// first reports whether nobody else is asking; else the question waits.
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

// next lets those who wait ask.
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
	// Each has its own time, but there is one answer for all: the client's own limits
	// bound it. What fails as a whole is told by each command.
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
