package followup

import (
	"time"

	"verbale/intake"
)

// DigestDay returns the day of the digest, and whether it is due now, for a recipient in a
// time zone (nil for the office's). A digest is due from the opening of each working day if
// daily, otherwise only on the first working day of the week.
func (p *Policy) DigestDay(now time.Time, zone *time.Location, daily bool) (day intake.Date, due bool) {
	c := p.calendar.in(zone)
	day = intake.DateOf(now.In(c.zone))
	if !c.WorkingDay(day) || now.Before(c.opening(day)) {
		return day, false
	}
	return day, daily || !sameWeek(c.step(day, -1), day)
}

// DigestSince returns the start of the period that a digest covers: the opening of the
// previous working day, or a week ago.
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
