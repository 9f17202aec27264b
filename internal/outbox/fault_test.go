package outbox

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"verbale/bot"
)

var errDown = bot.Temporary(errors.New("connection refused"))

func TestStoreThatFailsBeforeTheClaimIsWaitedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(mail(1)), &post{}
		down := time.Now().Add(time.Minute)
		q.fault = func(call, _ string) error {
			if time.Now().Before(down) {
				return errDown
			}
			return nil
		}
		_, stop := running(t, q, p)
		defer stop()
		time.Sleep(time.Minute + 10*time.Second)
		if got := p.ids(); !slices.Equal(got, []string{"m1"}) {
			t.Errorf("sent %v", got)
		}
	})
}

// After a mail was sent, recording it is retried until the lease ends, so that a short failure of
// the store does not cause a repeat.
func TestStoreThatFailsAfterTheSendRepeatsNothing(t *testing.T) {
	for name, failure := range map[string]error{"in a way that may pass": errDown, "in another": errors.New("ERR max number of clients reached")} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { failsAfterTheSend(t, failure) })
		})
	}
}

func failsAfterTheSend(t *testing.T, failure error) {
	q, p := newMemory(mail(1)), &post{}
	down := time.Now().Add(time.Minute)
	q.fault = func(call, _ string) error {
		if call == "Complete" && time.Now().Before(down) {
			return failure
		}
		return nil
	}
	_, stop := running(t, q, p)
	defer stop()
	time.Sleep(10 * time.Minute)
	if got := p.ids(); !slices.Equal(got, []string{"m1"}) {
		t.Errorf("sent %v", got)
	}
	if a := q.get("acknowledge:1"); a.State != bot.ActionDone {
		t.Errorf("the action is %s", a.State)
	}
}

// The store records the action as done, but its reply is lost. The action must not be repeated.
func TestNoteWhoseAnswerIsLostIsNoRepeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(mail(1)), &post{}
		lost := false
		q.fault = func(call, key string) error {
			if call == "Complete" && !lost {
				lost = true
				if err := q.Complete(context.Background(), q.ownerOf(key), key, "m1", time.Now()); err != nil {
					t.Error(err)
				}
				return errDown
			}
			return nil
		}
		_, stop := running(t, q, p)
		defer stop()
		time.Sleep(10 * time.Minute)
		if got := p.ids(); !slices.Equal(got, []string{"m1"}) || q.get("acknowledge:1").State != bot.ActionDone {
			t.Errorf("sent %v", got)
		}
	})
}

// The only case of a repeat: the process ends after a mail was sent and before that is recorded.
// The next process must send it again once, with the same Message-ID.
func TestProcessThatEndsAfterTheSendRepeatsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(mail(1)), &post{}
		if _, err := q.Claim(t.Context(), bot.MouthMail, "ended", time.Now(), 5*time.Minute, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Perform(t.Context(), mail(1)); err != nil { // then the process ended
			t.Fatal(err)
		}
		_, stop := running(t, q, p)
		defer stop()
		time.Sleep(time.Hour)
		if got := p.ids(); !slices.Equal(got, []string{"m1", "m1"}) {
			t.Errorf("sent %v", got)
		}
		if a := q.get("acknowledge:1"); a.State != bot.ActionDone || a.Attempts != 1 {
			t.Errorf("got %+v", a)
		}
	})
}

// If the machine is suspended for longer than a lease, the same process starts an action again
// while the first attempt is still running. The first attempt must not settle the action, since
// that would release it while the second one is running.
func TestAttemptThatOutlastsItsLeaseSettlesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var attempts atomic.Int32
		p := &post{perform: func(context.Context, bot.Action) error {
			switch attempts.Add(1) {
			case 1:
				time.Sleep(6 * time.Minute) // ignores the context
				return errDown
			case 2:
				time.Sleep(3 * time.Minute)
			}
			return nil
		}}
		q := newMemory(mail(1))
		_, stop := running(t, q, p)
		defer stop()
		time.Sleep(time.Hour)
		if n := attempts.Load(); n != 2 || q.get("acknowledge:1").State != bot.ActionDone {
			t.Errorf("%d attempts, the action is %s", n, q.get("acknowledge:1").State)
		}
	})
}

// An action that crashes every process that performs it must be parked.
func TestActionThatEndsEveryProcessIsParked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(mail(1)), &post{}
		for range standard(t).Retry.Attempts {
			if claimed, err := q.Claim(t.Context(), bot.MouthMail, "ended", time.Now(), time.Minute, 1); err != nil || len(claimed) != 1 {
				t.Fatalf("claimed %d, %v", len(claimed), err)
			}
			time.Sleep(2 * time.Minute)
			if _, err := q.Recover(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		_, stop := running(t, q, p)
		defer stop()
		synctest.Wait()
		if a := q.get("acknowledge:1"); a.State != bot.ActionParked || len(p.ids()) != 0 {
			t.Errorf("the action is %s after %v", a.State, p.ids())
		}
	})
}

// If the rate limit cannot be counted, nothing may be sent.
func TestShareThatCannotBeCountedHoldsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(grouped(1)), &post{}
		q.fault = func(call, _ string) error {
			if call == "TakeRate" {
				return errDown
			}
			return nil
		}
		_, stop := running(t, q, p)
		synctest.Wait()
		if got := p.ids(); len(got) != 0 {
			t.Errorf("sent %v", got)
		}
		if a := q.get("acknowledge:1"); a.State != bot.ActionPending {
			t.Errorf("the action is %s", a.State)
		}
		stop()
	})
}

// An attempt that lost its lease to another process must not record an outcome.
func TestLeaseThatIsLostIsLeftToTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newMemory(mail(1))
		p := &post{perform: func(context.Context, bot.Action) error {
			if _, err := q.Recover(t.Context(), time.Now().Add(time.Hour)); err != nil {
				t.Error(err)
			}
			q.mu.Lock()
			q.find("acknowledge:1").State, q.find("acknowledge:1").owner = bot.ActionClaimed, "b"
			q.mu.Unlock()
			return nil
		}}
		_, stop := running(t, q, p)
		defer stop()
		synctest.Wait()
		if a := q.get("acknowledge:1"); a.State != bot.ActionClaimed {
			t.Errorf("the action is %s", a.State)
		}
	})
}

// stoppedQueue is a queue whose process is stopped during a claim. Claim returns the error of the
// context, although the store has granted the lease.
type stoppedQueue struct {
	*memory
	stop context.CancelFunc
}

func (s stoppedQueue) Claim(ctx context.Context, mouth bot.Mouth, owner string, now time.Time, lease time.Duration, n int) ([]bot.Action, error) {
	actions, err := s.memory.Claim(ctx, mouth, owner, now, lease, n)
	s.stop()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return actions, err
}

func TestStopDuringAClaimLeavesNothingInNobodysHands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		q, p := newMemory(mail(1)), &post{}
		o, err := New(Options{
			Queue: stoppedQueue{q, stop}, Mouth: bot.MouthMail, Performers: map[bot.ActionKind]Performer{bot.ActionAcknowledge: p},
			Policy: standard(t), Owner: "a",
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if a := q.get("acknowledge:1"); a.State != bot.ActionDone {
			t.Errorf("the claimed action is %s", a.State)
		}
	})
}
