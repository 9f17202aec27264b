package outbox

import (
	"context"
	"slices"
	"sync"
	"time"

	"verbale/bot"
)

// memory is an in-memory Queue. If fault is set, each method calls it with its name and the key of
// the action, and returns its error.
type memory struct {
	mu      sync.Mutex
	actions []*heldAction
	taken   map[string][]time.Time
	fault   func(call, key string) error
}

type heldAction struct {
	bot.Action
	owner string
	until time.Time
}

func newMemory(actions ...bot.Action) *memory {
	m := &memory{taken: map[string][]time.Time{}}
	for _, a := range actions {
		m.add(a)
	}
	return m
}

func (m *memory) add(a bot.Action) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a.State = bot.ActionPending
	m.actions = append(m.actions, &heldAction{Action: a})
}

func (m *memory) get(key string) bot.Action {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.find(key).Action
}

func (m *memory) ownerOf(key string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.find(key).owner
}

func (m *memory) find(key string) *heldAction {
	for _, a := range m.actions {
		if a.Key == key {
			return a
		}
	}
	return nil
}

func (m *memory) refuse(call, key string) error {
	if m.fault == nil {
		return nil
	}
	return m.fault(call, key)
}

func (m *memory) Claim(_ context.Context, mouth bot.Mouth, owner string, now time.Time, lease time.Duration, n int) ([]bot.Action, error) {
	ready := func(a *heldAction) bool { return a.Kind.Mouth() == mouth && !a.Due.After(now) }
	return m.claim("Claim", owner, now.Add(lease), n, ready)
}

func (m *memory) ClaimGroup(_ context.Context, owner, group string, now time.Time, lease time.Duration, n int) ([]bot.Action, error) {
	ready := func(a *heldAction) bool {
		return a.RateGroup == group && (a.Deferred || a.Result != "" && a.Result != a.Key || !a.Due.After(now))
	}
	return m.claim("ClaimGroup", owner, now.Add(lease), n, ready)
}

func (m *memory) claim(call, owner string, until time.Time, n int, ready func(*heldAction) bool) ([]bot.Action, error) {
	if err := m.refuse(call, ""); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	order := slices.Clone(m.actions)
	slices.SortStableFunc(order, func(a, b *heldAction) int { return a.Due.Compare(b.Due) })
	var claimed []bot.Action
	for _, a := range order {
		if len(claimed) < n && a.State == bot.ActionPending && ready(a) && m.first(a) {
			a.State, a.owner, a.until = bot.ActionClaimed, owner, until
			claimed = append(claimed, a.Action)
		}
	}
	return claimed, nil
}

// first reports whether an action is the first of its lane.
func (m *memory) first(a *heldAction) bool {
	for _, b := range m.actions {
		if b.Lane == a.Lane && (b.State == bot.ActionPending || b.State == bot.ActionClaimed) {
			return a.Lane == "" || a == b
		}
	}
	return true
}

// settle changes an action that the owner has claimed.
func (m *memory) settle(call, owner, key string, change func(*heldAction)) error {
	if err := m.refuse(call, key); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.find(key)
	if a.State != bot.ActionClaimed || a.owner != owner {
		return bot.ErrLeaseLost
	}
	change(a)
	return nil
}

func (m *memory) Bind(_ context.Context, owner string, keys []string, as string) error {
	for _, key := range keys {
		if err := m.settle("Bind", owner, key, func(a *heldAction) { a.Result = as }); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Complete(_ context.Context, owner, key, result string, now time.Time) error {
	return m.settle("Complete", owner, key, func(a *heldAction) {
		a.State, a.Result, a.DoneAt, a.Deferred = bot.ActionDone, result, now, false
	})
}

func (m *memory) CompleteAll(ctx context.Context, owner string, keys []string, result string, now time.Time) error {
	if err := m.refuse("CompleteAll", keys[0]); err != nil {
		return err
	}
	for _, key := range keys {
		if a := m.get(key); a.State != bot.ActionClaimed || m.ownerOf(key) != owner {
			return bot.ErrLeaseLost
		}
	}
	for _, key := range keys {
		if err := m.settle("", owner, key, func(a *heldAction) {
			a.State, a.Result, a.DoneAt, a.Deferred = bot.ActionDone, result, now, false
		}); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Skip(_ context.Context, owner, key, reason string, now time.Time) error {
	return m.settle("Skip", owner, key, func(a *heldAction) { a.State, a.Result, a.DoneAt = bot.ActionSkipped, reason, now })
}

func (m *memory) Retry(_ context.Context, owner, key, cause string, at time.Time) error {
	return m.settle("Retry", owner, key, func(a *heldAction) {
		a.State, a.LastError, a.Due, a.Attempts = bot.ActionPending, cause, at, a.Attempts+1
	})
}

func (m *memory) Defer(_ context.Context, owner, key, reason string, at time.Time) error {
	return m.settle("Defer", owner, key, func(a *heldAction) {
		a.State, a.LastError, a.Due, a.Deferred = bot.ActionPending, reason, at, true
	})
}

func (m *memory) Park(_ context.Context, owner, key, cause string, now time.Time) error {
	return m.settle("Park", owner, key, func(a *heldAction) {
		a.State, a.LastError, a.DoneAt, a.Attempts = bot.ActionParked, cause, now, a.Attempts+1
	})
}

func (m *memory) Unpark(context.Context, string, time.Time) error   { return nil }
func (m *memory) Parked(context.Context, int) ([]bot.Action, error) { return nil, nil }

func (m *memory) Recover(_ context.Context, now time.Time) (int, error) {
	if err := m.refuse("Recover", ""); err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, a := range m.actions {
		if a.State == bot.ActionClaimed && !a.until.After(now) {
			a.State, a.Due, a.Attempts = bot.ActionPending, now, a.Attempts+1
			if a.Result == "" && !a.Deferred {
				a.Result = a.Key
			}
			n++
		}
	}
	return n, nil
}

func (m *memory) TakeRate(_ context.Context, group string, now time.Time, limit int, window time.Duration) (time.Duration, error) {
	if err := m.refuse("TakeRate", group); err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	times := m.taken[group]
	if len(times) >= limit {
		if wait := times[len(times)-limit].Add(window).Sub(now); wait > 0 {
			return wait, nil
		}
	}
	m.taken[group] = append(times, now)
	return 0, nil
}
