package redisstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

// asking counts what is sent to the server: single commands, and the size of each pipeline.
type asking struct {
	mu       sync.Mutex
	alone    int
	together []int
	hold     chan struct{} // if set, a single command is not sent until it is closed
}

func (a *asking) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (a *asking) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		a.mu.Lock()
		a.alone++
		hold := a.hold
		a.mu.Unlock()
		if hold != nil {
			<-hold
		}
		return next(ctx, cmd)
	}
}

func (a *asking) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		a.mu.Lock()
		a.together = append(a.together, len(cmds))
		a.mu.Unlock()
		return next(ctx, cmds)
	}
}

// held blocks the first command of the write batcher until letGo is called.
func held(t *testing.T, s *Store) (a *asking, letGo func()) {
	a = &asking{hold: make(chan struct{})}
	s.client.AddHook(a)
	first := make(chan error, 1)
	go func() {
		_, err := batched(context.Background(), s.writes, func(ctx context.Context, c redis.Cmdable) *redis.StatusCmd { return c.Ping(ctx) })
		first <- err
	}()
	eventually(t, "the first question", func() bool { a.mu.Lock(); defer a.mu.Unlock(); return a.alone == 1 })
	return a, func() {
		close(a.hold)
		if err := <-first; err != nil {
			t.Error(err)
		}
	}
}

func (g *batcher) waits(n int) func() bool {
	return func() bool { g.mu.Lock(); defer g.mu.Unlock(); return len(g.waiting) == n }
}

func TestWhatIsAskedMeanwhileGoesTogether(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	key := s.keys.of("counter")
	a, letGo := held(t, s)
	var asking sync.WaitGroup
	answers := make([]int64, 20)
	for n := range answers {
		asking.Go(func() {
			cmd, err := batched(t.Context(), s.writes, func(ctx context.Context, c redis.Cmdable) *redis.IntCmd { return c.Incr(ctx, key) })
			if err != nil {
				t.Error(err)
				return
			}
			answers[n] = cmd.Val()
		})
	}
	eventually(t, "the others", s.writes.waits(len(answers)))
	letGo()
	asking.Wait()
	given := map[int64]bool{}
	for _, answer := range answers {
		given[answer] = true
	}
	if len(given) != len(answers) || len(a.together) != 1 || a.together[0] != len(answers) {
		t.Errorf("%d different answers after round trips of %v", len(given), a.together)
	}
}

// A list is read while a write is in progress. The read must not wait for the write, which may
// wait for the disk.
func TestReadsWaitForNoWrite(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	commitOne(t, s, 1)
	a, letGo := held(t, s)
	defer letGo()
	a.mu.Lock()
	hold := a.hold
	a.hold = nil // the write in progress stays blocked
	a.mu.Unlock()
	defer func() { a.hold = hold }()
	if records, _, err := s.List(t.Context(), bot.Query{Country: "KG"}); err != nil || len(records) != 1 {
		t.Errorf("%d records, %v", len(records), err)
	}
}

func TestAFailureIsToldToWhoAskedForIt(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	if err := s.client.Set(t.Context(), s.keys.of("text"), "x", 0).Err(); err != nil {
		t.Fatal(err)
	}
	_, letGo := held(t, s)
	errs := make(chan error, 2)
	for n, key := range []string{"text", "counter"} {
		go func() {
			_, err := batched(t.Context(), s.writes, func(ctx context.Context, c redis.Cmdable) *redis.IntCmd { return c.Incr(ctx, s.keys.of(key)) })
			if failed := err != nil; failed != (key == "text") {
				err = fmt.Errorf("counting %s: %w", key, err)
				errs <- err
				return
			}
			errs <- nil
		}()
		eventually(t, "the others", s.writes.waits(n+1))
	}
	letGo()
	if err := errors.Join(<-errs, <-errs); err != nil {
		t.Error(err)
	}
}

func TestWhoLeavesHoldsUpNobody(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	a, letGo := held(t, s)
	leaving, leave := context.WithCancel(t.Context())
	gone := make(chan error, 1)
	incr := func(ctx context.Context) error {
		_, err := batched(ctx, s.writes, func(ctx context.Context, c redis.Cmdable) *redis.IntCmd { return c.Incr(ctx, s.keys.of("counter")) })
		return err
	}
	go func() { gone <- incr(leaving) }()
	eventually(t, "the others", s.writes.waits(1))
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("who left was told %v", err)
	}
	stayed := make(chan error, 1)
	go func() { stayed <- incr(t.Context()) }()
	eventually(t, "the others", s.writes.waits(2))
	letGo()
	if err := <-stayed; err != nil {
		t.Error(err)
	}
	if n, err := s.client.Get(t.Context(), s.keys.of("counter")).Int(); err != nil || n != 1 {
		t.Errorf("counted %d, %v", n, err)
	}
	if len(a.together) != 1 || a.together[0] != 1 {
		t.Errorf("round trips of %v", a.together)
	}
}

// A restarted server has lost its scripts. They must be loaded again.
func TestAScriptIsTaughtToAServerThatForgotIt(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		commitOne(t, s, 1)
		node, err := s.node(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := node.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		var asking sync.WaitGroup
		for n := range 4 {
			asking.Go(func() {
				if _, err := s.TakeRate(t.Context(), fmt.Sprint(n), storetest.Start, 10, time.Hour); err != nil {
					t.Error(err)
				}
			})
		}
		asking.Wait()
		commitOne(t, s, 2)
	})
}
