package report

import (
	"time"

	"verbale/intake"
	"verbale/routing/followup"
)

// A worktime measures working time up to a cut-off. It asks the calendar once
// about each day, since a report measures the same days for every request.
type worktime struct {
	calendar *followup.Calendar
	horizon  intake.Date // the day after the cut-off's
	days     []workday   // the day before the horizon first
}

// A workday is when the office opens on a day, for how long, and how long it works
// from the next day up to the horizon.
type workday struct {
	opens       time.Time
	hours, left time.Duration
}

func newWorktime(c *followup.Calendar, asOf time.Time) *worktime {
	return &worktime{calendar: c, horizon: intake.DateOf(asOf.In(c.Zone())).AddDays(1)}
}

// between is how long the office works between two moments up to the cut-off;
// nothing where the second is not later.
func (w *worktime) between(from, to time.Time) time.Duration {
	if !from.Before(to) {
		return 0
	}
	return w.from(from) - w.from(to)
}

// from is how long the office works from a moment up to the horizon.
func (w *worktime) from(t time.Time) time.Duration {
	day := w.day(intake.DateOf(t.In(w.calendar.Zone())))
	return day.left + min(day.hours, max(0, day.opens.Add(day.hours).Sub(t)))
}

func (w *worktime) day(day intake.Date) workday {
	back := int(w.horizon.In(time.UTC).Sub(day.In(time.UTC)) / (24 * time.Hour))
	for len(w.days) < back {
		w.days = append(w.days, w.next())
	}
	return w.days[back-1]
}

// next is the day before those that are known.
func (w *worktime) next() workday {
	start := w.horizon.AddDays(-len(w.days) - 1).In(w.calendar.Zone())
	end := w.horizon.AddDays(-len(w.days)).In(w.calendar.Zone())
	d := workday{opens: w.calendar.Next(start), hours: w.calendar.Worked(start, end)}
	if len(w.days) > 0 {
		after := w.days[len(w.days)-1]
		d.left = after.left + after.hours
	}
	return d
}
