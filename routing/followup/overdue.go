package followup

import (
	"time"

	"verbale/intake"
)

// DaysOverdue returns for how many full working days something due has been overdue, counted
// as in the rules of reminders: it is n from the time of a reminder "after: n working days"
// on. It is 0 on the first working day, and if it is not overdue.
func (p *Policy) DaysOverdue(due, now time.Time) int {
	c := &p.calendar
	due, now = c.Next(due), now.In(c.zone)
	today := intake.DateOf(now)
	count := c.workingDays(intake.DateOf(due), today)
	if c.WorkingDay(today) && now.Before(onDay(today, due)) {
		count--
	}
	return max(0, count)
}

// workingDays counts the working days after one day, up to and including another.
func (c *Calendar) workingDays(after, until intake.Date) int {
	days := int(until.In(time.UTC).Sub(after.In(time.UTC)) / (24 * time.Hour))
	if days <= 0 {
		return 0
	}
	inWeek := func(day intake.Date) bool { return c.week[day.In(time.UTC).Weekday()] }
	count := days / 7 * len(c.week)
	for n := range days % 7 {
		if inWeek(until.AddDays(-n)) {
			count++
		}
	}
	for day := range c.holidays {
		if after.Before(day) && !until.Before(day) && inWeek(day) {
			count--
		}
	}
	return count
}
