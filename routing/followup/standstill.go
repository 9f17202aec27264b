package followup

import (
	"time"

	"verbale/intake"
)

// start returns when a record's deadlines begin to count.
func start(rec *intake.Record) time.Time {
	if from := rec.FollowUp.From; !from.IsZero() {
		return from
	}
	return rec.ReceivedAt
}

// due extends a deadline by the working time for which the record's clock was stopped.
func (p *Policy) due(rec *intake.Record, at time.Time) time.Time {
	if rec.FollowUp.Stood <= 0 {
		return at
	}
	return p.calendar.AddHours(at, rec.FollowUp.Stood)
}

// Clock updates a record's clock after a step: it stops while the record waits for the
// requester, and restarts when the record is reopened.
func (p *Policy) Clock(before intake.Status, after *intake.Record, at time.Time) {
	f := &after.FollowUp
	switch {
	case after.Status == intake.StatusWaiting && before != intake.StatusWaiting:
		f.Waiting = at
	case before == intake.StatusWaiting && after.Status != intake.StatusWaiting:
		if !f.Waiting.IsZero() { // zero on records that have waited since before this was recorded
			f.Stood += p.calendar.Worked(f.Waiting, at)
		}
		f.Waiting, f.AskRequester = time.Time{}, false
	case before == intake.StatusClosed && after.Status != intake.StatusClosed:
		f.From, f.Stood = at, 0
	}
}

// Worked returns the office's working time between two moments; zero if the second is not
// later.
func (c *Calendar) Worked(from, to time.Time) time.Duration {
	var worked time.Duration
	for t := c.Next(from); t.Before(to); {
		closing := c.closing(intake.DateOf(t))
		if !closing.Before(to) {
			return worked + to.Sub(t)
		}
		worked += closing.Sub(t)
		t = c.Next(closing)
	}
	return worked
}
