package report

import (
	"time"

	"verbale/intake"
	"verbale/routing/followup"
)

// A worktime measures working time up to a cut-off. It caches the calendar's result for each
// day, since a report measures the same days for every request.
type worktime struct {
	calendar *followup.Calendar
	horizon  intake.Date // the day after the cut-off
	days     []workday   // in reverse order, beginning with the day before the horizon
}

// A workday is when the office opens on a day, for how long, and the working time from the
// next day to the horizon.
type workday struct {
	opens       time.Time
	hours, left time.Duration
}

func newWorktime(c *followup.Calendar, asOf time.Time) *worktime {
	return &worktime{calendar: c, horizon: intake.DateOf(asOf.In(c.Zone())).AddDays(1)}
}

// between is the working time between two times up to the cut-off; 0 unless the second is
// later.
func (w *worktime) between(from, to time.Time) time.Duration {
	if !from.Before(to) {
		return 0
	}
	return w.from(from) - w.from(to)
}

// from is the working time from t to the horizon.
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

// next is the day before those already cached.
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
