package followup

import (
	"time"

	"verbale/intake"
)

// start is when the time of a record began to count.
func start(rec *intake.Record) time.Time {
	if from := rec.FollowUp.From; !from.IsZero() {
		return from
	}
	return rec.ReceivedAt
}

// due moves a moment by the working time in which the clock of the record stood
// still.
func (p *Policy) due(rec *intake.Record, at time.Time) time.Time {
	if rec.FollowUp.Stood <= 0 {
		return at
	}
	return p.calendar.AddHours(at, rec.FollowUp.Stood)
}

// Clock moves the clock of a record over a step: it stands still while the
// record waits for the requester, and begins anew when the record is reopened.
func (p *Policy) Clock(before intake.Status, after *intake.Record, at time.Time) {
	f := &after.FollowUp
	switch {
	case after.Status == intake.StatusWaiting && before != intake.StatusWaiting:
		f.Waiting = at
	case before == intake.StatusWaiting && after.Status != intake.StatusWaiting:
		if !f.Waiting.IsZero() { // a record that waits since before clocks stood still
			f.Stood += p.calendar.Worked(f.Waiting, at)
		}
		f.Waiting, f.AskRequester = time.Time{}, false
	case before == intake.StatusClosed && after.Status != intake.StatusClosed:
		f.From, f.Stood = at, 0
	}
}

// Worked is how long the office works between two moments; nothing where the
// second is not later.
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
