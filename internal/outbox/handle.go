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

// A claim is what was claimed at once. Its lease is its own, and not that of all that
// the process holds: should it end and another begin while an attempt is under way,
// the one that is late can settle nothing.
type claim struct {
	*Outbox
	Owner string    // names the lease
	until time.Time // when it ends
}

// claim names a lease that begins now.
func (o *Outbox) claim() *claim {
	return &claim{Outbox: o, Owner: fmt.Sprintf("%s/%d", o.Owner, o.claims.Add(1)), until: time.Now().Add(o.Lease)}
}

// handle takes a unit through its checks, its share and its attempt.
func (o *claim) handle(ctx context.Context, u unit) {
	ctx, cancel := context.WithDeadline(ctx, o.until)
	defer cancel()
	u = o.performable(ctx, u)
	if len(u) == 0 || !o.takeShare(ctx, u) {
		return
	}
	before := u.lead().Result
	result, err := o.attempt(ctx, u)
	nothing := bot.Nothing{}
	switch {
	case err == nil:
		o.done(ctx, u, result)
	case errors.As(err, &nothing):
		o.skip(ctx, u, nothing.Reason)
	case o.mayBeOutNow(ctx, u, before, err): // else it is left to Recover, which takes it to be so
		o.failed(ctx, u, err)
	}
}

// done notes what went out as one with all of it or not at all: what is left of it
// could not be repeated as it was.
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

// performable returns those actions of a unit that are to be attempted. Of the
// others, it parks what is hopeless, skips what is not called for any more, and
// gives back what that is not known of; what may be out is not asked about. It
// leaves an attempt its time within the lease, and the note of its outcome as much
// as it takes itself.
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

// still asks whether an action is called for.
func (o *claim) still(ctx context.Context, a bot.Action) (reason string, err error) {
	if o.Still == nil || mayBeOut(a) {
		return "", nil
	}
	defer o.recovered(a, &err)
	return o.Still(ctx, a)
}

// hopeless says why an action is not to be attempted; nil where it is.
func (o *claim) hopeless(a bot.Action) error {
	if a.Attempts >= o.Policy.Retry.Attempts {
		return fmt.Errorf("given up after %d attempts that ended without an outcome", a.Attempts)
	}
	if o.Performers[a.Kind] == nil {
		return fmt.Errorf("nobody performs actions of kind %q", a.Kind)
	}
	return nil
}

// takeShare counts an action against its group, or defers the unit until the
// group has a share again. A further attempt keeps the share that it took with
// the first, and so does what may be out.
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
	reason := fmt.Sprintf("its group has had its share of %d in %s", o.Policy.Rate.Limit, o.Policy.Rate.Window)
	o.eachOf(ctx, u, "deferred: "+reason, func(ctx context.Context, a bot.Action) error {
		return o.Queue.Defer(ctx, o.Owner, a.Key, reason, now.Add(wait))
	})
	return false
}

// joinGroup adds to a deferred unit what else waits in its group. It is done
// before anything else is claimed, so that no second worker begins another
// unit of the group; and it is bounded in time, since claiming waits for it.
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
		o.eachOf(ctx, unit{other}, "deferred: it goes out otherwise", func(ctx context.Context, b bot.Action) error {
			return o.Queue.Defer(ctx, o.Owner, b.Key, "it goes out otherwise than what was combined", now)
		})
	}
	return u
}

// combined is the one action that is performed for the unit. What can go out with
// others is bound to it before it is performed: should the process end before the
// outcome is noted, the next one repeats the same and nothing else.
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

// bind notes as what the unit goes out now.
func (o *claim) bind(ctx context.Context, u unit, as string) error {
	if err := o.Queue.Bind(ctx, o.Owner, u.keys(), as); err != nil {
		return err
	}
	for i := range u {
		u[i].Result = as
	}
	return nil
}

// errInParts: the rest of what went out as one is in other hands.
var errInParts = errors.New("not all of what went out together is in hand")

// errTooLate: what was claimed lay too long before its turn came.
var errTooLate = errors.New("too little of the lease is left for an attempt")

// attempt performs a unit within the timeout.
func (o *claim) attempt(ctx context.Context, u unit) (result string, err error) {
	ctx, cancel := context.WithTimeout(bot.WithRequest(ctx, u.lead().Request), o.Timeout)
	defer cancel()
	defer o.recovered(u.lead(), &err)
	if time.Until(o.until) < o.Timeout { // it could end when another has begun
		return "", bot.Temporary(errTooLate)
	}
	one, err := o.combined(ctx, u)
	if err != nil {
		return "", bot.Temporary(err)
	}
	result, err = o.perform(ctx, u.lead().Kind, one)
	if err != nil && ctx.Err() != nil { // cut short by the clock or by the end of the program
		err = bot.Temporary(err)
	}
	return result, err
}

// perform hands an action to the performer of its unit. One that panics may have
// done it.
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

// recovered, when deferred, makes of a panic a failure that may pass: the same
// action may meet a mended program.
func (o *claim) recovered(a bot.Action, err *error) {
	if v := recover(); v != nil {
		o.Log.Error("performing an action panicked", "action", a.Key, "panic", panicText(v), "stack", string(debug.Stack()))
		*err = bot.Temporary(fmt.Errorf("panicked: %s", panicText(v)))
	}
}

// panicText shows what the runtime says; other values may hold what was being
// worked on, and only their type is shown.
func panicText(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a value of type %T", v)
}

// failed tries each action of a unit again later, or parks it.
func (o *claim) failed(ctx context.Context, u unit, err error) {
	share, now := o.Random(), o.Now()
	for _, a := range u {
		v := o.Policy.judge(a.Attempts+1, err, share)
		if v.park {
			o.park(ctx, a, err)
			continue
		}
		at := now.Add(v.after)
		if len(u) > 1 { // not before all of it is noted, or it would go out in parts
			at = at.Add(noteWithin)
		}
		o.Log.Warn("action failed", "action", a.Key, "attempt", a.Attempts+1, "error", err)
		o.eachOf(ctx, unit{a}, "is tried again", func(ctx context.Context, a bot.Action) error {
			return o.Queue.Retry(ctx, o.Owner, a.Key, err.Error(), at)
		})
	}
}

// mayBeOutNow notes what the failure of an attempt says of a unit that was surely not
// out before: that it may be out now, or that what was bound for the attempt has not
// gone out after all and may be looked at anew.
func (o *claim) mayBeOutNow(ctx context.Context, u unit, before string, err error) (noted bool) {
	as, outcome := "", "has not gone out"
	switch unsure, bound := bot.IsUnsure(err), mayBeOut(u.lead()); {
	case before != "" || unsure == bound: // it stands so
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

// noteEvery is the pause before a failed note is tried again.
const noteEvery = time.Second

// noteWithin is how long a note may take when the program ends, or when others
// wait for it.
const noteWithin = 5 * time.Second

// eachOf notes an outcome for each action of a unit.
func (o *claim) eachOf(ctx context.Context, u unit, outcome string, note func(context.Context, bot.Action) error) {
	for _, a := range u {
		o.noted(ctx, unit{a}, outcome, func(ctx context.Context) error { return note(ctx, a) })
	}
}

// noted makes a note about a unit. While the store fails, even in a way that does
// not seem to pass, it tries until the lease ends: a mail that went out and is not
// noted goes out again. What could not be noted by then is given back by Recover.
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
			log.ErrorContext(ctx, "outcome of an action could not be noted", "outcome", outcome, "error", err)
			continue
		}
		log.InfoContext(ctx, "action "+outcome, "kind", a.Kind)
	}
	return err == nil
}

// answered reports whether the store said what became of a note: made, or never
// to be made.
func answered(err error) bool {
	return err == nil || errors.Is(err, bot.ErrLeaseLost) || errors.Is(err, bot.ErrNotFound)
}
