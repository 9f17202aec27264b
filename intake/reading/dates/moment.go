package dates

import (
	"time"

	"verbale/intake"
)

// A Moment is a period of days as stated in a text: one day, a range, a month, a season. Its
// year may be implicit.
type Moment struct {
	Start, End  int // bytes in the source
	Token, N    int // index of the first word in the source, number of words
	first, last calendarDay
	Grain       Grain
	Edge        Edge
	fixed       bool // already resolved, as "next week" is
	weekOf      bool // means the working week that contains the day
	bareDay     bool // its month is implicit
	Relative    bool // "tomorrow", "Friday"
	Yearly      bool // a season without a year
	Feast       bool // a holiday on the same day every year
	Joined      bool // joined from two dates, a first and a last
	Length      bool // a length of time from the base day
	Count       int  // Count units are its length
	Unit        Unit
	Working     bool // counts Monday to Friday only
	Within      bool // the words say that something is due within that time
	NoSuchDay   bool // the month without the day that it does not have: "31 November"
}

// A Grain is the precision of a Moment.
type Grain int

const (
	GrainDay Grain = iota
	GrainWeek
	GrainMonth
	GrainSeason // quarter, half-year, season
	GrainYear
)

// A calendarDay is a day whose year is implicit if zero.
type calendarDay struct{ year, month, day int }

// valid reports whether the day exists; 29 February does if the year is implicit.
func (c calendarDay) valid() bool {
	year := c.year
	if year == 0 {
		year = 2024
	}
	return 1 <= c.month && c.month <= 12 && 1 <= c.day && c.day <= daysIn(year, c.month)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// date returns the day in the given year; a day that does not exist in that year becomes the
// last of its month.
func (c calendarDay) date(year int) intake.Date {
	return intake.Date{Year: year, Month: time.Month(c.month), Day: min(c.day, daysIn(year, c.month))}
}

// Resolve returns the first and last day. An implicit year is chosen so that the period does
// not end before the base day. Without a base day, an implicit year cannot be resolved and ok
// is false.
func (m Moment) Resolve(base intake.Date) (first, last intake.Date, ok bool) {
	if m.fixed {
		return m.first.date(m.first.year), m.last.date(m.last.year), true
	}
	year := m.last.year
	if year == 0 {
		year = m.first.year
		if year != 0 && m.last.before(m.first) {
			year++
		}
	}
	if year == 0 {
		if base.IsZero() {
			return intake.Date{}, intake.Date{}, false
		}
		year = base.Year
		if m.last.date(year).Before(base) {
			year++
		}
	}
	last = m.last.date(year)
	from := m.first.year
	if from == 0 {
		from = year
		if m.last.before(m.first) {
			from--
		}
	}
	first = m.first.date(from)
	if m.weekOf {
		first, last = workWeek(first)
	}
	return first, last, true
}

// By returns the due date of something that is due by the moment, whose last day is last: the
// 15th for the middle of a month.
func (m Moment) By(last intake.Date) intake.Date {
	if m.Edge == EdgeMiddle && m.Grain == GrainMonth {
		last.Day = middleOfMonth
	}
	return last
}

// YearOpen reports whether the year is implicit.
func (m Moment) YearOpen() bool { return !m.fixed && m.first.year == 0 && m.last.year == 0 }

// before compares two days within a year.
func (c calendarDay) before(other calendarDay) bool {
	return c.month < other.month || c.month == other.month && c.day < other.day
}

// fixedMoment returns a resolved moment with the given first and last day.
func fixedMoment(first, last intake.Date, g Grain) Moment {
	return Moment{first: dayOf(first), last: dayOf(last), fixed: true, Grain: g}
}

func dayOf(d intake.Date) calendarDay { return calendarDay{d.Year, int(d.Month), d.Day} }

// monthSpan returns the period from the first day of one month to the last of another.
func monthSpan(from, to, year int, g Grain) Moment {
	return Moment{first: calendarDay{year, from, 1}, last: calendarDay{year, to, monthEnd(to, year)}, Grain: g}
}

// monthEnd returns the last day of a month; 29 for February if the year is implicit, which
// date() corrects.
func monthEnd(month, year int) int {
	if year == 0 {
		year = 2024
	}
	return daysIn(year, month)
}

// part narrows a period of whole months to its beginning, middle or end.
func (m Moment) part(e Edge) Moment {
	m.Edge = e
	if m.first.month != m.last.month || m.first.year != m.last.year {
		return m.longPart(e)
	}
	switch e {
	case EdgeBegin:
		m.last.day = 10
	case EdgeMiddle:
		m.first.day, m.last.day = 11, 20
	case EdgeEnd:
		m.first.day = 21
	}
	return m
}

// longPart narrows a quarter, season or year to its first, middle or last month or months.
func (m Moment) longPart(e Edge) Moment {
	months := m.last.month - m.first.month + 1
	third := max(months/3, 1)
	if months < 3 {
		return m
	}
	switch e {
	case EdgeBegin:
		m.last.month = m.first.month + third - 1
	case EdgeMiddle:
		m.first.month += third
		m.last.month = m.first.month + third - 1
	case EdgeEnd:
		m.first.month = m.last.month - third + 1
	}
	m.last.day = monthEnd(m.last.month, m.last.year)
	return m
}

// half narrows a month or a year to its nth half.
func (m Moment) half(n int) Moment {
	if m.Grain == GrainYear {
		return monthSpan(6*n-5, 6*n, m.last.year, GrainSeason)
	}
	if n == 1 {
		m.last.day = 15
	} else {
		m.first.day = 16
	}
	m.Grain = GrainWeek
	return m
}

// weeks narrows a month to its nth period of length weeks, counted from its first day; n = -1
// is the last such period.
func (m Moment) weeks(n, length int) Moment {
	days := 7 * length
	if n < 0 {
		m.first.day = m.last.day - days + 1
	} else {
		m.first.day, m.last.day = days*(n-1)+1, min(days*n, m.last.day)
	}
	m.Grain = GrainWeek
	return m
}

// third narrows a month to its nth third (ten days).
func (m Moment) third(n int) Moment {
	switch n {
	case 1:
		m.last.day = 10
	case 2:
		m.first.day, m.last.day = 11, 20
	default:
		m.first.day = 21
	}
	m.Grain = GrainWeek
	return m
}

// workWeek returns Monday and Friday of the week that contains a day; of the next week for a
// Saturday or Sunday.
func workWeek(d intake.Date) (monday, friday intake.Date) {
	offset := (int(d.In(time.UTC).Weekday()) + 6) % 7
	if offset > 4 {
		offset -= 7
	}
	monday = d.AddDays(-offset)
	return monday, monday.AddDays(4)
}

// After returns the day a length of time after d.
func After(d intake.Date, count int, unit Unit) (intake.Date, bool) {
	at := d.In(time.UTC)
	switch unit {
	case UnitHour:
		at = at.AddDate(0, 0, (count+23)/24)
	case UnitDay:
		at = at.AddDate(0, 0, count)
	case UnitWeek:
		at = at.AddDate(0, 0, 7*count)
	case UnitFortnight, UnitTwoWeeks:
		at = at.AddDate(0, 0, 14*count)
	case UnitMonth:
		at = at.AddDate(0, count, 0)
	case UnitQuarter:
		at = at.AddDate(0, 3*count, 0)
	case UnitHalfYear:
		at = at.AddDate(0, 6*count, 0)
	case UnitYear:
		at = at.AddDate(count, 0, 0)
	default:
		return intake.Date{}, false
	}
	return intake.DateOf(at), count <= 1000
}

// workingDaysLater returns the day count working days (Monday to Friday) after d.
func workingDaysLater(d intake.Date, count int) intake.Date {
	for range count {
		d = d.AddDays(1)
		for weekdayOf(d) > 5 {
			d = d.AddDays(1)
		}
	}
	return d
}

// weekdayOf returns 1 for Monday to 7 for Sunday.
func weekdayOf(d intake.Date) int { return (int(d.In(time.UTC).Weekday())+6)%7 + 1 }
