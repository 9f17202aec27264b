package followup

import (
	"time"

	"verbale/intake"
)

// DigestDay is the day of a digest that is due now to somebody who works in a
// zone, nil for the office's: from the opening of a day of work on, daily or on
// the first such day of the week.
func (p *Policy) DigestDay(now time.Time, zone *time.Location, daily bool) (day intake.Date, due bool) {
	c := p.calendar.in(zone)
	day = intake.DateOf(now.In(c.zone))
	if !c.WorkingDay(day) || now.Before(c.opening(day)) {
		return day, false
	}
	return day, daily || !sameWeek(c.step(day, -1), day)
}

// DigestSince is from when on something is news in a digest of now: since the
// day of work before, or for a week.
func (p *Policy) DigestSince(now time.Time, zone *time.Location, daily bool) time.Time {
	if !daily {
		return now.AddDate(0, 0, -7)
	}
	c := p.calendar.in(zone)
	return c.opening(c.step(intake.DateOf(now.In(c.zone)), -1))
}

func sameWeek(a, b intake.Date) bool {
	yearA, weekA := a.In(time.UTC).ISOWeek()
	yearB, weekB := b.In(time.UTC).ISOWeek()
	return yearA == yearB && weekA == weekB
}
