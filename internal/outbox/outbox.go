package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"verbale/bot"
	"verbale/internal/wait"
)

// A Performer performs actions of its kinds. The result is kept with the action: for mail,
// the Message-ID sent. Transient errors are marked with bot.Temporary; error texts are for
// operators and must not name persons. Returning bot.NothingToDo is not a failure: the action is
// recorded as skipped.
type Performer interface {
	Perform(ctx context.Context, a bot.Action) (result string, err error)
}

// Options configures an Outbox. Those without a default must be set.
type Options struct {
	Queue      bot.Queue
	Mouth      bot.Mouth // the actions to perform
	Performers map[bot.ActionKind]Performer
	// Combine merges several actions of one kind that were deferred in one rate group into
	// one. nil: each is sent by itself when its turn comes.
	Combine func([]bot.Action) bot.Action
	// Obsolete returns why an action is no longer wanted, "" if it is. It is called just before
	// an attempt; if it fails, it is called again later. nil: every action is performed.
	Obsolete func(ctx context.Context, a bot.Action) (reason string, err error)
	// Parked, if not nil, is called with each action that was given up.
	Parked func(ctx context.Context, a bot.Action)
	Policy Policy // of the mouth
	Owner  string // name of this process in leases; must be unique among the processes of one store

	Now     func() time.Time // default time.Now
	Log     *slog.Logger     // default: none
	Workers int              // actions performed at the same time; default 8
	Timeout time.Duration    // limit of one attempt; default 2 minutes
	Lease   time.Duration    // must be longer than Timeout; default 5 minutes
	Poll    time.Duration    // polling interval without a nudge; default 5 seconds
	Gather  time.Duration    // minimum interval between claims, however many nudges come; default 20 milliseconds
	Grace   time.Duration    // for running actions when Run is told to stop; default 20 seconds
	// Random returns numbers between 0 and 1 for the jitter; default math/rand/v2.
	Random func() float64
}

// An Outbox performs actions until it is told to stop.
type Outbox struct {
	Options
	nudged   chan struct{}
	freed    chan struct{} // signals that half of the workers are free
	busy     sync.WaitGroup
	claims   atomic.Int64
	failures failures
	mu       sync.Mutex
	inHand   int
}

// New validates the options and returns an Outbox.
func New(o Options) (*Outbox, error) {
	o.setDefaults()
	switch {
	case o.Queue == nil:
		return nil, errors.New("outbox: no queue")
	case o.Mouth == "":
		return nil, errors.New("outbox: no mouth is set")
	case o.Owner == "":
		return nil, errors.New("outbox: no owner is set for leases")
	case o.Lease <= o.Timeout:
		return nil, fmt.Errorf("outbox: the lease of %s must be longer than the attempt timeout of %s", o.Lease, o.Timeout)
	}
	if err := o.Policy.check(); err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return &Outbox{Options: o, nudged: make(chan struct{}, 1), freed: make(chan struct{}, 1)}, nil
}

// Nudge makes the outbox claim at once, because a commit has added actions. It never blocks.
func (o *Outbox) Nudge() { signal(o.nudged) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run performs actions until ctx ends; it then claims no more, finishes the running ones
// within the grace period, and returns nil. Interrupted actions are retried after their lease
// expires. Failures of the store are logged, and retried until they pass. It may be called
// once.
func (o *Outbox) Run(ctx context.Context) error {
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	var loops sync.WaitGroup
	loops.Go(func() { o.recoverLoop(ctx) })
	o.claimLoop(ctx, work)
	loops.Wait()

	grace := time.AfterFunc(o.Grace, func() {
		o.Log.Warn("outbox interrupts running actions", "grace", o.Grace)
		cut()
	})
	defer grace.Stop()
	o.busy.Wait()
	return nil
}

// claimLoop claims as many actions as there are free workers, whenever it is nudged or the
// polling interval has passed. A claim is a write to the store, so it is better made for
// several actions: while most workers are busy, the loop waits until half of them are free,
// and while commits follow each other closely, it collects their actions. A claim that is
// under way when ctx ends is awaited: otherwise nobody would work on the claimed actions
// until their lease expires.
func (o *Outbox) claimLoop(ctx, work context.Context) {
	failures := repeated{log: o.Log, text: "outbox cannot claim actions"}
	for ctx.Err() == nil {
		free, claimed, looked := o.free(), 0, time.Now()
		if free > 0 {
			o.heed()
			c := o.claim()
			actions, err := o.Queue.Claim(work, o.Mouth, c.Owner, o.Now(), o.Lease, free)
			failures.note(ctx, err)
			claimed = len(actions)
			for _, unit := range units(actions, o.Combine != nil) {
				o.start(work, c, c.joinGroup(work, unit))
			}
		}
		if busy := 2*o.free() < o.Workers; busy || claimed < free {
			o.wait(ctx, busy, looked.Add(o.Gather))
		}
	}
}

// heed consumes a pending nudge: its actions are found by the claim that follows.
func (o *Outbox) heed() {
	select {
	case <-o.nudged:
	default:
	}
}

// wait returns when there may be something to claim; after a nudge, not before the moment
// given. While most workers are busy, nudges are ignored, since workers return to the queue
// by themselves.
func (o *Outbox) wait(ctx context.Context, busy bool, gathered time.Time) {
	poll := time.NewTimer(o.Poll)
	defer poll.Stop()
	nudged := o.nudged
	if busy {
		nudged = nil
	}
	select {
	case <-ctx.Done():
	case <-nudged:
		_ = wait.For(ctx, time.Until(gathered))
	case <-poll.C:
	case <-o.freed:
	}
}

func (o *Outbox) free() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.Workers - o.inHand
}

// start performs a unit in a worker of its own.
func (o *Outbox) start(work context.Context, c *claim, u unit) {
	o.mu.Lock()
	o.inHand++
	o.mu.Unlock()
	o.busy.Go(func() {
		c.handle(work, u)
		o.mu.Lock()
		o.inHand--
		half := o.inHand == o.Workers/2
		o.mu.Unlock()
		if half {
			signal(o.freed)
		}
		if u.lead().Lane != "" {
			o.Nudge() // the next of its lane may be due
		}
	})
}

// recoverLoop gives back actions that this or another process left claimed when it crashed.
func (o *Outbox) recoverLoop(ctx context.Context) {
	failures := repeated{log: o.Log, text: "outbox cannot recover actions"}
	ticker := time.NewTicker(max(o.Lease/4, time.Second))
	defer ticker.Stop()
	for {
		n, err := o.Queue.Recover(ctx, o.Now())
		failures.note(ctx, err)
		if n > 0 {
			o.Log.Warn("actions were given back after their lease ended", "actions", n)
			o.Nudge()
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// repeated logs a failure when it begins or changes, and when it is over.
type repeated struct {
	log  *slog.Logger
	text string
	last string
}

func (r *repeated) note(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil:
	case err == nil && r.last != "":
		r.last = ""
		r.log.Info(r.text + ": passed")
	case err != nil && err.Error() != r.last:
		r.last = err.Error()
		r.log.Error(r.text, "error", err)
	}
}
