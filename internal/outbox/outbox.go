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

// A Performer does what an action of its kind says. The result is kept with
// the action: for mail, the Message-ID sent. An error that may pass is marked
// with bot.Temporary; its text is for operators and names no person. bot.Nothing
// is no failure: the action is noted as skipped.
type Performer interface {
	Perform(ctx context.Context, a bot.Action) (result string, err error)
}

// Options of an Outbox. Those without a default must be set.
type Options struct {
	Queue      bot.Queue
	Mouth      bot.Mouth // whose actions are performed
	Performers map[bot.ActionKind]Performer
	// Combine makes one action of several that are deferred in one rate group,
	// all of one kind. nil: each goes out by itself when its turn comes.
	Combine func([]bot.Action) bot.Action
	// Still says why an action is not to be performed any more, "" where it is. It
	// is asked just before an attempt; where it fails, it is asked again later.
	// nil: what was once decided is done.
	Still func(ctx context.Context, a bot.Action) (reason string, err error)
	// Parked is told of each action that was given up; nil: nobody is.
	Parked func(ctx context.Context, a bot.Action)
	Policy Policy // of the mouth
	Owner  string // names this process in leases; unique among those on one store

	Now     func() time.Time // default time.Now
	Log     *slog.Logger     // default: none
	Workers int              // actions performed at the same time; default 8
	Timeout time.Duration    // for one attempt; default 2 minutes
	Lease   time.Duration    // longer than Timeout; default 5 minutes
	Poll    time.Duration    // between two looks without a nudge; default 5 seconds
	Gather  time.Duration    // from one look to the next, however many nudges come; default 20 milliseconds
	Grace   time.Duration    // for what is in hand when Run is told to stop; default 20 seconds
	// Random gives shares between 0 and 1 for the jitter; default math/rand/v2.
	Random func() float64
}

// An Outbox performs actions until it is told to stop.
type Outbox struct {
	Options
	nudged chan struct{}
	freed  chan struct{} // half of the workers have become free
	busy   sync.WaitGroup
	claims atomic.Int64
	mu     sync.Mutex
	inHand int
}

// New checks the options.
func New(o Options) (*Outbox, error) {
	o.setDefaults()
	switch {
	case o.Queue == nil:
		return nil, errors.New("outbox: no queue")
	case o.Mouth == "":
		return nil, errors.New("outbox: no mouth")
	case o.Owner == "":
		return nil, errors.New("outbox: the process has no name for its leases")
	case o.Lease <= o.Timeout:
		return nil, fmt.Errorf("outbox: a lease of %s does not outlast an attempt of %s", o.Lease, o.Timeout)
	}
	if err := o.Policy.check(); err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return &Outbox{Options: o, nudged: make(chan struct{}, 1), freed: make(chan struct{}, 1)}, nil
}

// Nudge makes the outbox look at once: a commit has added actions. It never
// blocks.
func (o *Outbox) Nudge() { signal(o.nudged) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run performs actions until ctx ends; then it takes no further ones, finishes
// what is in hand within the grace, and returns nil. What it cuts short is
// tried again after its lease. Failures of the store are logged and waited
// out. It may be called once.
func (o *Outbox) Run(ctx context.Context) error {
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	var loops sync.WaitGroup
	loops.Go(func() { o.recoverLoop(ctx) })
	o.claimLoop(ctx, work)
	loops.Wait()

	grace := time.AfterFunc(o.Grace, func() {
		o.Log.Warn("outbox cuts short what is in hand", "grace", o.Grace)
		cut()
	})
	defer grace.Stop()
	o.busy.Wait()
	return nil
}

// claimLoop claims as much as there are free workers, whenever it is nudged or
// the time to poll has come. While most workers are busy it waits for half of
// them, and while one commit follows the other it gathers what they add: a claim
// is a write to the store, and so is better made for several.
// A claim that is under way when ctx ends is waited for: what the store leased
// would else be in nobody's hands until the lease ends.
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

// heed takes up the nudge that there may be: what led to it is there to be claimed.
func (o *Outbox) heed() {
	select {
	case <-o.nudged:
	default:
	}
}

// wait returns when there may be something to claim; for a nudge, not before the
// moment given. While most workers are busy a nudge does not count, since they
// come back to the queue by themselves.
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

// start performs a unit on a worker of its own.
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

// recoverLoop gives back what a crash left, of this process or another.
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

// repeated logs a failure when it begins or changes, and when it has passed.
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
