package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"verbale/bot"
	"verbale/internal/wait"
)

// A claim is a set of actions claimed together. It has a lease of its own, instead of one
// lease per process: if the lease expires and somebody else claims an action while an attempt
// is under way, the late attempt cannot settle it.
type claim struct {
	*Outbox
	Owner string    // name of the lease
	until time.Time // when it ends
}

// claim returns a claim whose lease begins now.
func (o *Outbox) claim() *claim {
	return &claim{Outbox: o, Owner: fmt.Sprintf("%s/%d", o.Owner, o.claims.Add(1)), until: time.Now().Add(o.Lease)}
}

// handle checks a unit, applies its rate limit, and attempts it.
func (o *claim) handle(ctx context.Context, u unit) {
	ctx, cancel := context.WithDeadline(ctx, o.until)
	defer cancel()
	u = o.performable(ctx, u)
	if len(u) == 0 || !o.takeShare(ctx, u) {
		return
	}
	before := u.lead().Result
	result, err := o.attempt(ctx, u)
	nothing := bot.NothingToDo{}
	switch {
	case err == nil:
		o.done(ctx, u, result)
	case errors.As(err, &nothing):
		o.skip(ctx, u, nothing.Reason)
	case o.mayBeOutNow(ctx, u, before, err): // otherwise it is left to Recover, which assumes that it may have been sent
		o.failed(ctx, u, err)
	}
}

// done records a unit as done, as a whole or not at all: a remaining part could not be
// repeated unchanged.
func (o *claim) done(ctx context.Context, u unit, result string) {
	o.noted(ctx, u, "done", func(ctx context.Context) error {
		if len(u) == 1 {
			return o.Queue.Complete(ctx, o.Owner, u.lead().Key, result, o.Now())
		}
		return o.Queue.CompleteAll(ctx, o.Owner, u.keys(), result, o.Now())
	})
}

func (o *claim) skip(ctx context.Context, u unit, reason string) {
	o.eachOf(ctx, u, "skipped: "+reason, func(ctx context.Context, a bot.Action) error {
		return o.Queue.Skip(ctx, o.Owner, a.Key, reason, o.Now())
	})
}

// performable returns the actions of a unit that are to be attempted. Of the others, it parks
// those that cannot succeed, skips those no longer wanted, and gives back those for which
// that check failed; actions that may have been performed are not checked. The check is
// limited in time, so that the lease leaves enough for an attempt and for recording the
// outcome.
func (o *claim) performable(ctx context.Context, u unit) unit {
	asking, cancel := context.WithDeadline(ctx, o.until.Add(-o.Timeout-(o.Lease-o.Timeout)/2))
	defer cancel()
	return slices.DeleteFunc(u, func(a bot.Action) bool {
		if err := o.hopeless(a); err != nil {
			o.park(ctx, a, err)
			return true
		}
		reason, err := o.still(asking, a)
		if err != nil {
			o.failed(ctx, unit{a}, bot.Temporary(err))
		} else if reason != "" {
			o.skip(ctx, unit{a}, reason)
		}
		return err != nil || reason != ""
	})
}

// still checks whether an action is still wanted.
func (o *claim) still(ctx context.Context, a bot.Action) (reason string, err error) {
	if o.Obsolete == nil || mayBeOut(a) {
		return "", nil
	}
	defer o.recovered(a, &err)
	return o.Obsolete(ctx, a)
}

// hopeless returns why an action must not be attempted; nil if it may be.
func (o *claim) hopeless(a bot.Action) error {
	if a.Attempts >= o.Policy.Retry.Attempts {
		return fmt.Errorf("given up after %d attempts without a known outcome", a.Attempts)
	}
	if o.Performers[a.Kind] == nil {
		return fmt.Errorf("no performer for actions of kind %q", a.Kind)
	}
	return nil
}

// takeShare counts an action against its group's rate limit, or defers the unit until the
// group may send again. A retry does not count again, and neither does an action that may
// have been performed.
func (o *claim) takeShare(ctx context.Context, u unit) bool {
	a := u.lead()
	if a.RateGroup == "" || o.Policy.Rate.Limit == 0 || a.Attempts > 0 && !a.Deferred || mayBeOut(a) {
		return true
	}
	now := o.Now()
	wait, err := o.Queue.TakeRate(ctx, a.RateGroup, now, o.Policy.Rate.Limit, o.Policy.Rate.Window)
	if err != nil {
		o.failed(ctx, u, bot.Temporary(err))
		return false
	}
	if wait == 0 {
		return true
	}
	reason := fmt.Sprintf("rate limit of its group reached: %d in %s", o.Policy.Rate.Limit, o.Policy.Rate.Window)
	o.eachOf(ctx, u, "deferred: "+reason, func(ctx context.Context, a bot.Action) error {
		return o.Queue.Defer(ctx, o.Owner, a.Key, reason, now.Add(wait))
	})
	return false
}

// joinGroup adds the other waiting actions of its group to a deferred unit. It runs before
// anything else is claimed, so that no second worker starts another unit of the group, and
// with a time limit, since claiming waits for it.
func (o *claim) joinGroup(ctx context.Context, u unit) unit {
	a, room := u.lead(), o.Policy.Rate.Combine-len(u)
	if !goesWithOthers(a) || o.Combine == nil || room <= 0 {
		return u
	}
	ctx, cancel := context.WithTimeout(ctx, noteWithin)
	defer cancel()
	now := o.Now()
	others, err := o.Queue.ClaimGroup(ctx, o.Owner, a.RateGroup, now, o.Lease, room)
	if err != nil {
		o.Log.Warn("outbox cannot claim the rest of a group", "action", a.Key, "error", err)
	}
	for _, other := range others {
		if other.Kind == a.Kind && other.Result == a.Result {
			u = append(u, other)
			continue
		}
		o.eachOf(ctx, unit{other}, "deferred: it is sent separately", func(ctx context.Context, b bot.Action) error {
			return o.Queue.Defer(ctx, o.Owner, b.Key, "it is sent separately from the combined actions", now)
		})
	}
	return u
}

// combined returns the action that is performed for the unit. Actions that can be sent
// together with others are bound to it before it is performed: if the process ends before the
// outcome is recorded, exactly the same is repeated.
func (o *claim) combined(ctx context.Context, u unit) (bot.Action, error) {
	one := u.lead()
	if o.Combine == nil || len(u) == 1 && !goesWithOthers(one) {
		return one, nil
	}
	bound := one.Result
	if len(u) > 1 || bound != "" {
		one = o.Combine(u)
	}
	switch bound {
	case "":
		return one, o.bind(ctx, u, nameOf(one))
	case nameOf(one):
		return one, nil
	}
	return one, errInParts
}

// bind records what the unit is being sent as.
func (o *claim) bind(ctx context.Context, u unit, as string) error {
	if err := o.Queue.Bind(ctx, o.Owner, u.keys(), as); err != nil {
		return err
	}
	for i := range u {
		u[i].Result = as
	}
	return nil
}

// errInParts: other actions that were sent together with the unit are not claimed with it.
var errInParts = errors.New("not all actions that were sent together are claimed")

// errTooLate: the claimed action waited too long for its turn.
var errTooLate = errors.New("too little time is left in the lease for an attempt")

// attempt performs a unit within the timeout.
func (o *claim) attempt(ctx context.Context, u unit) (result string, err error) {
	ctx, cancel := context.WithTimeout(bot.WithRequest(ctx, u.lead().Request), o.Timeout)
	defer cancel()
	defer o.recovered(u.lead(), &err)
	if time.Until(o.until) < o.Timeout { // the lease could expire during the attempt
		return "", bot.Temporary(errTooLate)
	}
	one, err := o.combined(ctx, u)
	if err != nil {
		return "", bot.Temporary(err)
	}
	result, err = o.perform(ctx, u.lead().Kind, one)
	if err != nil && ctx.Err() != nil { // interrupted by the timeout or by shutdown
		err = bot.Temporary(err)
	}
	return result, err
}

// perform hands an action to the performer of its kind. If the performer panics, the action
// may have been performed.
func (o *claim) perform(ctx context.Context, kind bot.ActionKind, a bot.Action) (result string, err error) {
	returned := false
	defer func() {
		if !returned {
			err = bot.Unsure(err)
		}
	}()
	defer o.recovered(a, &err)
	result, err = o.Performers[kind].Perform(ctx, a)
	returned = true
	return result, err
}

// recovered, when deferred, turns a panic into a transient failure: a fixed version of the
// program may handle the same action.
func (o *claim) recovered(a bot.Action, err *error) {
	if v := recover(); v != nil {
		o.Log.Error("performer of an action panicked", "action", a.Key, "panic", panicText(v), "stack", string(debug.Stack()))
		*err = bot.Temporary(fmt.Errorf("panicked: %s", panicText(v)))
	}
}

// panicText describes a panic. Runtime errors are shown; of other values, which may contain
// the data being processed, only the type is shown.
func panicText(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a value of type %T", v)
}

// failed schedules a retry of each action of a unit, or parks it.
func (o *claim) failed(ctx context.Context, u unit, err error) {
	share, now := o.Random(), o.Now()
	for _, a := range u {
		v := o.Policy.judge(a.Attempts+1, err, share)
		if v.park {
			o.park(ctx, a, err)
			continue
		}
		at := now.Add(v.after)
		if len(u) > 1 { // not before all of them are recorded, or they would be sent separately
			at = at.Add(noteWithin)
		}
		if log, leftOut := o.failures.note(err.Error(), now); log {
			o.Log.Warn("action failed and is tried again", "action", a.Key, "attempt", a.Attempts+1, "error", err, "left_out_alike", leftOut)
		}
		o.eachOf(ctx, unit{a}, triedAgain, func(ctx context.Context, a bot.Action) error {
			return o.Queue.Retry(ctx, o.Owner, a.Key, err.Error(), at)
		})
	}
}

// triedAgain is the outcome of a failed attempt after which another one follows.
const triedAgain = "is tried again"

// mayBeOutNow records what the failure of an attempt means for a unit that was certainly not
// sent before: it may have been sent now, or the binding made for the attempt can be undone
// because nothing was sent. It returns false if that could not be recorded.
func (o *claim) mayBeOutNow(ctx context.Context, u unit, before string, err error) (noted bool) {
	as, outcome := "", "has not gone out"
	switch unsure, bound := bot.IsUnsure(err), mayBeOut(u.lead()); {
	case before != "" || unsure == bound: // already recorded so
		return true
	case unsure:
		as, outcome = u.lead().Key, "may be out"
	}
	return o.noted(ctx, u, outcome, func(ctx context.Context) error { return o.Queue.Bind(ctx, o.Owner, u.keys(), as) })
}

func (o *claim) park(ctx context.Context, a bot.Action, err error) {
	o.Log.Error("action needs a person", "action", a.Key, "error", err)
	o.eachOf(ctx, unit{a}, "parked", func(ctx context.Context, a bot.Action) error {
		return o.Queue.Park(ctx, o.Owner, a.Key, err.Error(), o.Now())
	})
	if o.Parked != nil {
		a.LastError = err.Error()
		o.Parked(ctx, a)
	}
}

// noteEvery is the pause between attempts to record an outcome.
const noteEvery = time.Second

// noteWithin is the time limit for recording an outcome at shutdown, or while others wait for
// it.
const noteWithin = 5 * time.Second

// eachOf records an outcome for each action of a unit.
func (o *claim) eachOf(ctx context.Context, u unit, outcome string, note func(context.Context, bot.Action) error) {
	for _, a := range u {
		o.noted(ctx, unit{a}, outcome, func(ctx context.Context) error { return note(ctx, a) })
	}
}

// noted records an outcome for a unit. If the store fails, even with an error that does not
// look transient, it retries until the lease expires: a mail that was sent but not recorded
// would be sent again. What could not be recorded by then is given back by Recover. It
// returns whether the outcome was recorded.
func (o *claim) noted(ctx context.Context, u unit, outcome string, note func(context.Context) error) bool {
	ctx = bot.WithRequest(ctx, u.lead().Request)
	err := note(ctx)
	for !answered(err) && ctx.Err() == nil {
		if wait.For(ctx, noteEvery) == nil {
			err = note(ctx)
		}
	}
	if !answered(err) {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteWithin)
		err = note(last)
		cancel()
	}
	for _, a := range u {
		ctx, log := bot.WithRequest(ctx, a.Request), o.Log.With(slog.String("action", a.Key), slog.String("reference", a.Reference))
		if err != nil {
			log.ErrorContext(ctx, "outcome of an action could not be recorded", "outcome", outcome, "error", err)
			continue
		}
		if outcome != triedAgain { // that was logged as a failure
			log.InfoContext(ctx, "action "+outcome, "kind", a.Kind)
		}
	}
	return err == nil
}

// answered reports whether the store gave a final answer: recorded, or never to be recorded.
func answered(err error) bool {
	return err == nil || errors.Is(err, bot.ErrLeaseLost) || errors.Is(err, bot.ErrNotFound)
}
