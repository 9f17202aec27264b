package app

import (
	"context"
	"errors"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/wait"
)

// Settings for wake-ups ("bells"): how many are claimed at a time, how long a claim lasts, and
// how often to poll when none is due.
const (
	bellsAtATime = 50
	bellLease    = 2 * time.Minute
	bellPoll     = 5 * time.Second
)

// ringBells handles the records whose wake-up is due, until ctx ends. A failure for one record
// does not stop the others and is retried.
func (h *House) ringBells(ctx context.Context) error {
	for {
		taken, err := h.store.ClaimWakes(ctx, h.pace.Now(), orDefault(h.pace.BellLease, bellLease), bellsAtATime)
		if err != nil && ctx.Err() == nil {
			h.log.Error("due wake-ups cannot be claimed", "error", err)
		}
		for _, reference := range taken {
			_, err := h.service.Wake(ctx, reference)
			h.metrics.Rang(err)
			if err != nil && ctx.Err() == nil {
				h.log.Error("a record could not be looked at in its time", "reference", reference, "error", err)
			}
		}
		if len(taken) == bellsAtATime {
			continue
		}
		if err := wait.For(ctx, orDefault(h.pace.Bell, bellPoll)); err != nil {
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

// daily runs the daily round, at the start and then every day: it checks all plans, and erases
// data whose retention period has ended.
func (h *House) daily(ctx context.Context) error {
	for {
		h.auditPlan(ctx)
		h.expire(ctx)
		if err := wait.For(ctx, orDefault(h.pace.Round, roundEvery)); err != nil {
			return nil // told to stop
		}
	}
}

// auditPlan checks that every open record will be looked at when something is due, by the
// current policy and directory. Deviations are corrected and logged.
func (h *House) auditPlan(ctx context.Context) {
	mended, seen, err := h.Recheck(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		h.log.Error("the plan could not be checked for every record", "mended", mended, "of", seen, "error", err)
	case mended > 0:
		h.log.Warn("the plans of some records were wrong and have been corrected", "records", mended, "of", seen)
	default:
		h.log.Info("the plan was audited", "records", seen)
	}
}

// Recheck checks for every open record that it will be looked at when something is due, and
// corrects deviations. A failure for one record does not stop the others; err contains all of
// them.
func (h *House) Recheck(ctx context.Context) (mended, seen int, err error) {
	var problems []error
	q := bot.Query{Open: true, Limit: pageSize}
	for {
		page, cursor, err := h.store.List(ctx, q)
		if err != nil {
			return mended, seen, errors.Join(append(problems, err)...)
		}
		n, err := h.recheckAll(ctx, page)
		if err != nil {
			problems = append(problems, err)
		}
		mended, seen = mended+n, seen+len(page)
		if q.Cursor = cursor; cursor == "" || ctx.Err() != nil {
			return mended, seen, errors.Join(problems...)
		}
	}
}

func (h *House) recheckAll(ctx context.Context, records []*intake.Record) (mended int, err error) {
	references := make([]string, len(records))
	for i, rec := range records {
		references[i] = rec.Reference
	}
	wakes, err := h.store.WakesAt(ctx, references...)
	if err != nil {
		return 0, err
	}
	var problems []error
	for _, rec := range records {
		changed, err := h.service.Recheck(ctx, rec, wakes[rec.Reference])
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

// tick enqueues the digests of each day when they are due.
func (h *House) tick(ctx context.Context) error {
	for {
		if err := h.service.Tick(ctx); err != nil && ctx.Err() == nil {
			h.log.Error("digests could not be enqueued", "error", err)
		}
		if err := wait.For(ctx, tickEvery); err != nil {
			return nil
		}
	}
}
