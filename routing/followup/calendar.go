package followup

import (
	"time"

	"verbale/intake"
)

// A Calendar defines the office's working hours. A working day runs from opening to closing
// time; the closing time itself belongs to the day as a deadline but not as a start.
type Calendar struct {
	zone     *time.Location
	week     map[time.Weekday]bool
	from     clock
	until    clock
	holidays map[intake.Date]string
}

// Zone returns the office's time zone.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Holiday returns the name of a day's holiday, "" if it is none.
func (c *Calendar) Holiday(day intake.Date) string { return c.holidays[day] }

// WorkingDay reports whether the office works on a day.
func (c *Calendar) WorkingDay(day intake.Date) bool {
	return c.week[day.In(time.UTC).Weekday()] && c.holidays[day] == ""
}

// Next returns the first moment, at or after t, at which the office works.
func (c *Calendar) Next(t time.Time) time.Time {
	t = t.In(c.zone)
	day := intake.DateOf(t)
	if c.WorkingDay(day) && t.Before(c.closing(day)) {
		if opening := c.opening(day); t.Before(opening) {
			return opening
		}
		return t
	}
	return c.opening(c.step(day, 1))
}

// AddHours returns the moment at which the office has worked for d since t.
func (c *Calendar) AddHours(t time.Time, d time.Duration) time.Time {
	t = c.Next(t)
	for {
		closing := c.closing(intake.DateOf(t))
		left := closing.Sub(t)
		if d <= left {
			return t.Add(d)
		}
		d -= left
		t = c.Next(closing)
	}
}

// AddDays returns the same time of day n working days after t; n must not be negative. A t
// outside working hours counts from the next opening.
func (c *Calendar) AddDays(t time.Time, n int) time.Time {
	t = c.Next(t)
	day := intake.DateOf(t)
	for range n {
		day = c.step(day, 1)
	}
	return onDay(day, t)
}

// onDay is the time of day of t on another day, in its time zone.
func onDay(day intake.Date, t time.Time) time.Time {
	return time.Date(day.Year, day.Month, day.Day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
}

// DaysAfter returns the closing time of the n-th working day after a day.
func (c *Calendar) DaysAfter(day intake.Date, n int) time.Time {
	for range n {
		day = c.step(day, 1)
	}
	return c.closing(day)
}

// DaysBefore returns the closing time of the n-th working day before a day.
func (c *Calendar) DaysBefore(day intake.Date, n int) time.Time {
	for range n {
		day = c.step(day, -1)
	}
	return c.closing(day)
}

// within returns t if it is within working hours or a closing time, otherwise the next
// opening.
func (c *Calendar) within(t time.Time) time.Time {
	t = t.In(c.zone)
	if day := intake.DateOf(t); c.WorkingDay(day) && t.Equal(c.closing(day)) {
		return t
	}
	return c.Next(t)
}

// step returns the next working day in the given direction, 1 or -1.
func (c *Calendar) step(day intake.Date, direction int) intake.Date {
	for {
		if day = day.AddDays(direction); c.WorkingDay(day) {
			return day
		}
	}
}

func (c *Calendar) opening(day intake.Date) time.Time { return c.from.on(day, c.zone) }
func (c *Calendar) closing(day intake.Date) time.Time { return c.until.on(day, c.zone) }
