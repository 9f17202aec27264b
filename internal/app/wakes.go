package app

import (
	"context"
	"errors"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/wait"
)

// Settings for wake-ups: how many are claimed at a time, how long a claim lasts, and
// how often to poll when none is due.
const (
	wakeBatch = 50
	wakeLease = 2 * time.Minute
	wakePoll  = 5 * time.Second
)

// handleWakes handles the records whose wake-up is due, until ctx ends. A failure for one record
// does not stop the others and is retried.
func (s *Server) handleWakes(ctx context.Context) error {
	for {
		taken, err := s.store.ClaimWakes(ctx, s.timing.Now(), orDefault(s.timing.WakeLease, wakeLease), wakeBatch)
		if err != nil && ctx.Err() == nil {
			s.log.Error("due wake-ups cannot be claimed", "error", err)
		}
		for _, reference := range taken {
			_, err := s.service.Wake(ctx, reference)
			s.metrics.WakeHandled(err)
			if err != nil && ctx.Err() == nil {
				s.log.Error("a record could not be processed when it was due", "reference", reference, "error", err)
			}
		}
		if len(taken) == wakeBatch {
			continue
		}
		if err := wait.For(ctx, orDefault(s.timing.WakePoll, wakePoll)); err != nil {
			return nil // told to stop
		}
	}
}

func orDefault(d, other time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return other
}

// roundEvery is the interval of the daily round.
const roundEvery = 24 * time.Hour

// runDaily runs the daily round, at the start and then every day: it checks all plans, and erases
// data whose retention period has ended.
func (s *Server) runDaily(ctx context.Context) error {
	for {
		s.auditPlans(ctx)
		s.expire(ctx)
		if err := wait.For(ctx, orDefault(s.timing.Round, roundEvery)); err != nil {
			return nil // told to stop
		}
	}
}

// auditPlans checks that every open record will be looked at when something is due, by the
// current policy and directory. Deviations are corrected and logged.
func (s *Server) auditPlans(ctx context.Context) {
	mended, seen, err := s.Recheck(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		s.log.Error("the plan could not be checked for every record", "mended", mended, "of", seen, "error", err)
	case mended > 0:
		s.log.Warn("the plans of some records were wrong and have been corrected", "records", mended, "of", seen)
	default:
		s.log.Info("the plan was audited", "records", seen)
	}
}

// Recheck checks for every open record that it will be looked at when something is due, and
// corrects deviations. A failure for one record does not stop the others; err contains all of
// them.
func (s *Server) Recheck(ctx context.Context) (mended, seen int, err error) {
	var problems []error
	q := bot.Query{Open: true, Limit: pageSize}
	for {
		page, cursor, err := s.store.List(ctx, q)
		if err != nil {
			return mended, seen, errors.Join(append(problems, err)...)
		}
		n, err := s.recheckAll(ctx, page)
		if err != nil {
			problems = append(problems, err)
		}
		mended, seen = mended+n, seen+len(page)
		if q.Cursor = cursor; cursor == "" || ctx.Err() != nil {
			return mended, seen, errors.Join(problems...)
		}
	}
}

func (s *Server) recheckAll(ctx context.Context, records []*intake.Record) (mended int, err error) {
	references := make([]string, len(records))
	for i, rec := range records {
		references[i] = rec.Reference
	}
	wakes, err := s.store.WakesAt(ctx, references...)
	if err != nil {
		return 0, err
	}
	var problems []error
	for _, rec := range records {
		changed, err := s.service.Recheck(ctx, rec, wakes[rec.Reference])
		switch {
		case changed:
			mended++
		case err != nil && !errors.Is(err, bot.ErrNotFound):
			problems = append(problems, err)
		}
	}
	return mended, errors.Join(problems...)
}

// tickEvery is how often to check whether digests are due.
const tickEvery = time.Minute

// enqueueDigests enqueues the digests of each day when they are due.
func (s *Server) enqueueDigests(ctx context.Context) error {
	for {
		if err := s.service.Tick(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("digests could not be enqueued", "error", err)
		}
		if err := wait.For(ctx, tickEvery); err != nil {
			return nil
		}
	}
}
