package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"time"

	"verbale/bot"
)

// handle takes a unit through its checks, its share and its attempt.
func (o *Outbox) handle(ctx context.Context, u unit) {
	ctx, cancel := context.WithTimeout(ctx, o.Lease)
	defer cancel()
	performer, reason := o.performer(u.lead())
	if reason != "" {
		o.park(ctx, u, errors.New(reason))
		return
	}
	if !o.takeShare(ctx, u) {
		return
	}
	u = o.joinGroup(ctx, u)
	result, err := o.attempt(ctx, performer, u)
	if err != nil {
		o.failed(ctx, u, err)
		return
	}
	o.eachOf(ctx, u, "done", func(ctx context.Context, a bot.Action) error {
		return o.Queue.Complete(ctx, o.Owner, a.Key, result, o.Now())
	})
}

// performer finds who performs an action, or says why nobody does.
func (o *Outbox) performer(a bot.Action) (Performer, string) {
	if a.Attempts >= o.Policy.Retry.Attempts {
		return nil, fmt.Sprintf("given up after %d attempts that ended without an outcome", a.Attempts)
	}
	p := o.Performers[a.Kind]
	if p == nil {
		return nil, fmt.Sprintf("nobody performs actions of kind %q", a.Kind)
	}
	return p, ""
}

// takeShare counts an automatic mail against its group, or defers the unit
// until the group has a share again. A further attempt of one mail keeps the
// share that it took with the first.
func (o *Outbox) takeShare(ctx context.Context, u unit) bool {
	a := u.lead()
	if a.RateGroup == "" || a.Attempts > 0 && !a.Deferred {
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
	reason := fmt.Sprintf("the address has had its %d automatic mails in %s", o.Policy.Rate.Limit, o.Policy.Rate.Window)
	o.eachOf(ctx, u, "deferred: "+reason, func(ctx context.Context, a bot.Action) error {
		return o.Queue.Defer(ctx, o.Owner, a.Key, reason, now.Add(wait))
	})
	return false
}

// joinGroup adds to a deferred unit what else waits in its group.
func (o *Outbox) joinGroup(ctx context.Context, u unit) unit {
	a, room := u.lead(), o.Policy.Rate.Combine-len(u)
	if !a.Deferred || o.Combine == nil || room <= 0 {
		return u
	}
	now := o.Now()
	others, err := o.Queue.ClaimGroup(ctx, o.Owner, a.RateGroup, now, o.Lease, room)
	if err != nil {
		o.Log.Warn("outbox cannot claim the rest of a group", "action", a.Key, "error", err)
	}
	for _, other := range others {
		if other.Kind == a.Kind {
			u = append(u, other)
			continue
		}
		o.eachOf(ctx, unit{other}, "deferred: of another kind", func(ctx context.Context, b bot.Action) error {
			return o.Queue.Defer(ctx, o.Owner, b.Key, "of another kind than what was combined", now)
		})
	}
	return u
}

// combined is the one action that is performed for the unit.
func (o *Outbox) combined(u unit) bot.Action {
	if len(u) == 1 {
		return u.lead()
	}
	return o.Combine(u)
}

// attempt performs a unit within the timeout. A panic is a failure that may
// pass: the same action may meet a mended program.
func (o *Outbox) attempt(ctx context.Context, p Performer, u unit) (result string, err error) {
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			o.Log.Error("performer panicked", "action", u.lead().Key, "panic", panicText(v), "stack", string(debug.Stack()))
			err = bot.Temporary(fmt.Errorf("performer panicked: %s", panicText(v)))
		}
	}()
	result, err = p.Perform(ctx, o.combined(u))
	if err != nil && ctx.Err() != nil { // cut short by the clock or by the end of the program
		err = bot.Temporary(err)
	}
	return result, err
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
func (o *Outbox) failed(ctx context.Context, u unit, err error) {
	share, now := o.Random(), o.Now()
	for _, a := range u {
		v := o.Policy.judge(a.Attempts+1, err, share)
		if v.park {
			o.park(ctx, unit{a}, err)
			continue
		}
		at := now.Add(v.after)
		o.Log.Warn("action failed", "action", a.Key, "attempt", a.Attempts+1, "error", err)
		o.eachOf(ctx, unit{a}, "is tried again", func(ctx context.Context, a bot.Action) error {
			return o.Queue.Retry(ctx, o.Owner, a.Key, err.Error(), at)
		})
	}
}

func (o *Outbox) park(ctx context.Context, u unit, err error) {
	o.Log.Error("action needs a person", "action", u.lead().Key, "error", err)
	o.eachOf(ctx, u, "parked", func(ctx context.Context, a bot.Action) error {
		return o.Queue.Park(ctx, o.Owner, a.Key, err.Error(), o.Now())
	})
}

// noteEvery is the pause before a failed note is tried again.
const noteEvery = time.Second

// noteWithin is how long a note may take when the program ends.
const noteWithin = 5 * time.Second

// eachOf notes an outcome for each action of a unit. While the store fails in
// a way that may pass, it tries until the lease ends; what could not be noted
// by then is given back by Recover.
func (o *Outbox) eachOf(ctx context.Context, u unit, outcome string, note func(context.Context, bot.Action) error) {
	for _, a := range u {
		log := o.Log.With(slog.String("action", a.Key), slog.String("reference", a.Reference))
		err := note(ctx, a)
		for {
			if _, temporary := bot.IsTemporary(err); !temporary || ctx.Err() != nil {
				break
			}
			pause(ctx, noteEvery)
			err = note(ctx, a)
		}
		if err != nil && ctx.Err() != nil {
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteWithin)
			err = note(last, a)
			cancel()
		}
		if err != nil {
			log.Error("outcome of an action could not be noted", "outcome", outcome, "error", err)
			continue
		}
		log.Info("action "+outcome, "kind", a.Kind)
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
