package desk

import (
	"strings"
	"time"

	"verbale/intake"
)

// span parses the days at the beginning of a line, in the office's time zone: a day
// (2026-10-01, 1.10.2026), a month (2026-10), a year, "today", or a range such as a..b. The
// end is exclusive. n is the number of words read, 0 if there are no days.
func (w pageWriter) span(l line) (from, end time.Time, n int) {
	if id, n := l.first(embeddedVocabulary().days); n > 0 {
		from, end = w.dayNamed(id)
		return from, end, n
	}
	if len(l.words) == 0 || l.words[0].quoted {
		return from, end, 0
	}
	first, last, ranged := strings.Cut(strings.Trim(l.words[0].text, ",;:"), "..")
	from, end, ok := w.dayIn(first)
	if ok && ranged {
		_, end, ok = w.dayIn(last)
	}
	if !ok {
		return time.Time{}, time.Time{}, 0
	}
	return from, end, 1
}

// A dayForm is a date layout, and the length of the period it stands for.
type dayForm struct {
	layout              string
	years, months, days int
}

var dayForms = []dayForm{
	{time.DateOnly, 0, 0, 1}, {"2.1.2006", 0, 0, 1}, {"2/1/2006", 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0},
}

func (w pageWriter) dayIn(text string) (from, end time.Time, ok bool) {
	for _, form := range dayForms {
		if at, err := time.ParseInLocation(form.layout, text, w.zone()); err == nil {
			return at, at.AddDate(form.years, form.months, form.days), true
		}
	}
	return from, end, false
}

// dayNamed is the period that a word of the data file stands for, relative to today.
func (w pageWriter) dayNamed(id string) (from, end time.Time) {
	today := w.today().In(w.zone())
	switch id {
	case "yesterday":
		return today.AddDate(0, 0, -1), today
	case "week":
		monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
		return monday, monday.AddDate(0, 0, 7)
	case "month":
		first := today.AddDate(0, 0, 1-today.Day())
		return first, first.AddDate(0, 1, 0)
	}
	return today, today.AddDate(0, 0, 1)
}

// datesOf are the first and last day of a period.
func (w pageWriter) datesOf(from, end time.Time) (first, last intake.Date) {
	return intake.DateOf(from), intake.DateOf(end.AddDate(0, 0, -1))
}
