package telemetry

import (
	"context"
	"errors"
	"time"

	"verbale/bot"
)

// Store wraps a store so that its commits are measured. A commit that is refused because
// another process was faster counts as done: the store did what it should.
func (m *Metrics) Store(s bot.Store) bot.Store { return measuredStore{s, m} }

type measuredStore struct {
	bot.Store
	metrics *Metrics
}

// Commit implements bot.Store.
func (s measuredStore) Commit(ctx context.Context, c bot.Change) (bot.Committed, error) {
	began := time.Now()
	committed, err := s.Store.Commit(ctx, c)
	s.measured(began, 1, err)
	return committed, err
}

// CommitAll implements bot.Store. Each change is counted with the time of all of them.
func (s measuredStore) CommitAll(ctx context.Context, changes []bot.Change) ([]bot.Committed, error) {
	began := time.Now()
	committed, err := s.Store.CommitAll(ctx, changes)
	s.measured(began, max(len(committed), 1), err)
	return committed, err
}

func (s measuredStore) measured(began time.Time, commits int, failure error) {
	if errors.Is(failure, bot.ErrStale) || errors.Is(failure, bot.ErrRenumber) || errors.Is(failure, bot.ErrNotFound) {
		failure = nil
	}
	took, outcome := time.Since(began).Seconds(), s.metrics.commits.WithLabelValues(result(failure))
	for range commits {
		outcome.Observe(took)
	}
	if failure != nil {
		s.metrics.Failed(PartStore)
	}
}

// A Performer performs an action, as outbox.Performer does.
type Performer interface {
	Perform(ctx context.Context, a bot.Action) (result string, err error)
}

// Performer wraps a performer so that its attempts are counted. Failed ones also count as
// failures of a part, unless against is "".
func (m *Metrics) Performer(p Performer, against Part) Performer {
	return countedPerformer{p, m, against}
}

type countedPerformer struct {
	Performer
	metrics *Metrics
	against Part
}

// Perform implements Performer.
func (p countedPerformer) Perform(ctx context.Context, a bot.Action) (string, error) {
	said, err := p.Performer.Perform(ctx, a)
	p.metrics.performed(a.Kind, err, p.against)
	return said, err
}

func (m *Metrics) performed(kind bot.ActionKind, err error, against Part) {
	outcome := result(err)
	if nothing := (bot.NothingToDo{}); errors.As(err, &nothing) {
		outcome = skipped
	}
	m.actions.WithLabelValues(string(kind), outcome).Inc()
	if outcome == failed && against != "" {
		m.Failed(against)
	}
}

// Obsolete wraps a function that asks whether an action is still called for. Actions that are
// not, for the reason it returns, are counted as skipped.
func (m *Metrics) Obsolete(ask func(context.Context, bot.Action) (string, error)) func(context.Context, bot.Action) (string, error) {
	return func(ctx context.Context, a bot.Action) (string, error) {
		reason, err := ask(ctx, a)
		if err == nil && reason != "" {
			m.actions.WithLabelValues(string(a.Kind), skipped).Inc()
		}
		return reason, err
	}
}
