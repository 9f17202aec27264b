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
// requester, and restarts when the record is reopened or taken up again after the answer. That
// of triage restarts when the record comes back to the desk.
func (p *Policy) Clock(before intake.Status, after *intake.Record, at time.Time) {
	f := &after.FollowUp
	switch {
	case after.Status == intake.StatusWaiting && before != intake.StatusWaiting:
		f.Waiting = at
	case before == intake.StatusWaiting && after.Status != intake.StatusWaiting:
		if !f.Waiting.IsZero() { // zero on records that have waited since before this was recorded
			p.stood(f, p.calendar.Worked(f.Waiting, at))
		}
		f.Waiting, f.AskRequester = time.Time{}, false
	case before == intake.StatusClosed && after.Status != intake.StatusClosed:
		p.restart(f, at)
	case before == intake.StatusAnswered && after.Status == intake.StatusAccepted:
		p.restart(f, at)
	case before == intake.StatusAssigned && after.Status == intake.StatusNeedsTriage:
		f.AtDesk = at
	}
	if after.Status != intake.StatusAnswered {
		f.AskedAgain = time.Time{}
	}
}

// restart makes all deadlines of a record count from a moment.
func (p *Policy) restart(f *intake.FollowUp, at time.Time) {
	f.From, f.Stood, f.AtDesk = at, 0, time.Time{}
}

// stood adds to the working time for which the clock was stopped.
func (p *Policy) stood(f *intake.FollowUp, worked time.Duration) {
	f.Stood += worked
	if !f.AtDesk.IsZero() {
		f.AtDesk = p.calendar.AddHours(f.AtDesk, worked)
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
