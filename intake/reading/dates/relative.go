package dates

import (
	"strings"

	"verbale/intake"
)

// part parses a part of a month or longer period: "end of May", "mid-June", "second half of
// March", "первая декада июня", "first week of October".
func (p *dateParser) part(i int) (Moment, int) {
	if e, n := p.phrase(i, senseEdge); n > 0 {
		at := p.skip(i + n)
		if !p.follows(at) && p.gap(at) != "-" || isApart(p.gap(at)) {
			return Moment{}, 0 // "beginning: November"
		}
		if m, n := p.wholeMonth(at, true); n > 0 {
			return m.part(Edge(e)), at + n - i
		}
		if m, n := p.whole(at); n > 0 {
			return m.part(Edge(e)), at + n - i
		}
		return p.endOfCurrent(i, at, Edge(e))
	}
	ordinal, n := p.ordinal(i)
	if n == 0 {
		if unit, ok := p.is(i, senseUnit); !ok || Unit(unit) != UnitFortnight {
			return Moment{}, 0
		}
	}
	if _, either := p.is(i+n, senseEither); either && p.follows(i+n) {
		return p.eitherPart(i, i+n+1, ordinal)
	}
	return p.ordinalPart(i, i+n, ordinal)
}

// eitherPart parses the rest of "second or third week of September", with the second ordinal
// at word at.
func (p *dateParser) eitherPart(i, at, ordinal int) (Moment, int) {
	later, n := p.ordinal(at)
	if n == 0 || later <= ordinal || ordinal < 1 || !p.follows(at) {
		return Moment{}, 0
	}
	m, words := p.ordinalPart(i, at+n, later)
	if words == 0 {
		return Moment{}, 0
	}
	first, _ := p.ordinalPart(i, at+n, ordinal)
	m.first = first.first
	return m, words
}

// isApart reports whether the gap between two words separates them, as a dash with spaces
// around it or a colon does.
func isApart(gap string) bool {
	mark := strings.Trim(gap, " \u00a0")
	return mark != gap && isRangeMark(mark) || mark == ":"
}

// ordinalPart parses the unit and the month of "second half of March".
func (p *dateParser) ordinalPart(i, at, ordinal int) (Moment, int) {
	unit, ok := p.is(at, senseUnit)
	if !ok || ordinal == 0 || !p.follows(at) && p.gap(at) != "-" {
		return Moment{}, 0
	}
	month := p.skip(at + 1)
	m, n := p.wholeMonth(month, true)
	if n == 0 || !p.follows(month) {
		return Moment{}, 0
	}
	words := month + n - i
	switch Unit(unit) {
	case UnitHalf, UnitFortnight:
		if ordinal < 0 {
			ordinal = 2
		}
		return m.half(min(ordinal, 2)), words
	case UnitWeek:
		return m.weeks(ordinal, 1), words
	case UnitTwoWeeks:
		return m.weeks(ordinal, 2), words
	case UnitDecade:
		return m.third(ordinal), words
	}
	return Moment{}, 0
}

// endOfCurrent parses "end of the month", "end of this week", "fin du mois prochain".
func (p *dateParser) endOfCurrent(i, at int, e Edge) (Moment, int) {
	ahead := 0
	if _, ok := p.is(at, senseThis); ok && p.follows(at) {
		at++
	} else if _, ok := p.is(at, senseNext); ok && p.follows(at) {
		at, ahead = at+1, 1
	}
	unit, ok := p.is(at, senseUnit)
	if !ok || !p.follows(at) || p.base.IsZero() {
		return Moment{}, 0
	}
	if _, ok := p.is(at+1, senseNext); ok && ahead == 0 && p.follows(at+1) {
		m, n := p.endOfCurrentAt(i, at, 1, Unit(unit), e)
		return m, n + 1
	}
	return p.endOfCurrentAt(i, at, ahead, Unit(unit), e)
}

// endOfCurrentAt parses the rest of "end of this week" from the unit at word at; ahead is the
// number of units after the current one.
func (p *dateParser) endOfCurrentAt(i, at, ahead int, unit Unit, e Edge) (Moment, int) {
	m, ok := p.current(unit, ahead)
	if !ok {
		return Moment{}, -1
	}
	if unit == UnitWeek {
		if e == EdgeEnd {
			m.first = m.last
		}
		return m, at + 1 - i
	}
	at++
	if year, n := p.year(at); unit == UnitYear && n > 0 {
		m, at = monthSpan(1, 12, year, GrainYear), at+n // "fin de l'année 2026"
	}
	m = m.part(e)
	m.fixed = true
	return m, at - i
}

// current returns the nth week, month, quarter, half-year or year after the one that contains
// the base day; n = 0 is that one itself.
func (p *dateParser) current(unit Unit, n int) (Moment, bool) {
	base := p.base
	year, month := base.Year, int(base.Month)
	switch unit {
	case UnitWeek:
		monday, friday := workWeek(base.AddDays(7 * n))
		return fixedMoment(monday, friday, GrainWeek), true
	case UnitMonth:
		month += n
		if month > 12 {
			month, year = month-12, year+1
		}
		return monthSpan(month, month, year, GrainMonth), true
	case UnitQuarter, UnitHalfYear:
		months := 3
		if unit == UnitHalfYear {
			months = 6
		}
		index := (month-1)/months + n
		year, index = year+index/(12/months), index%(12/months)
		return monthSpan(index*months+1, index*months+months, year, GrainSeason), true
	case UnitYear:
		return monthSpan(1, 12, year+n, GrainYear), true
	}
	return Moment{}, false
}

// weekOf parses "the week of 20 April", "semaine du 20 avril", "неделя с 20 апреля".
func (p *dateParser) weekOf(i int) (Moment, int) {
	unit, ok := p.is(i, senseUnit)
	if !ok || Unit(unit) != UnitWeek {
		return Moment{}, 0
	}
	at := i + 1
	for at < i+4 && p.follows(at) {
		if m, n := p.dayAndMonth(at); n > 0 {
			if p.opensRange(at + n) {
				return Moment{}, 0
			}
			if m.first != m.last {
				return m, at + n - i
			}
			m.Grain, m.weekOf = GrainWeek, true
			return m, at + n - i
		}
		at++
	}
	return Moment{}, 0
}

// opensRange reports whether a joining word and another date start at word i, so that the date
// before is the start of a range: "every week from 22 June until 11 September".
func (p *dateParser) opensRange(i int) bool {
	_, join := p.is(i, senseJoin)
	return join && p.follows(i) && p.datesDay(i+1)
}

// relative parses dates relative to the base day: "tomorrow", "by Friday", "next month", "in
// two weeks", "within 10 working days".
func (p *dateParser) relative(i int) (Moment, int) {
	if p.base.IsZero() {
		return Moment{}, 0
	}
	if _, ok := p.is(i, senseTomorrow); ok {
		d := p.base.AddDays(1)
		return relativeDay(d), 1
	}
	if _, ok := p.is(i, senseToday); ok {
		return relativeDay(p.base), 1
	}
	if m, n := p.dayAlone(i); n > 0 {
		return m, n
	}
	if m, n := p.weekday(i); n > 0 {
		return m, n
	}
	if _, n := p.phrase(i, senseWeekend); n > 0 {
		_, friday := workWeek(p.base)
		return relativeDay(friday), n
	}
	for _, r := range []struct {
		sense dateSense
		n     int
	}{{senseNext, 1}, {senseThis, 0}} {
		if m, n := p.shifted(i, r.sense, r.n); n > 0 {
			return m, n
		}
	}
	return p.duration(i)
}

// dayAlone parses a day of the month without the month: "20 числа", or "the 25th" at the end
// of a phrase or before a comma. It returns the next such day.
func (p *dateParser) dayAlone(i int) (Moment, int) {
	day, n := p.day(i)
	if n == 0 {
		return Moment{}, 0
	}
	_, ends := p.is(i+n, senseDayEnd)
	spelled := ends && p.follows(i+n) && len(p.word(i+n)) > len("th")
	_, digits, suffix := p.number(i)
	_, before := p.is(i-1, senseFiller)
	if spelled {
		n++
	}
	months, words := p.whichMonth(i + n)
	if !spelled && words == 0 && (digits == 0 || suffix == "" || !before || p.follows(i+n) && !strings.HasPrefix(p.gap(i+n), ",")) {
		return Moment{}, 0
	}
	if words > 0 {
		m, _ := p.current(UnitMonth, months)
		m.first.day = min(day, m.last.day)
		d := m.first.date(m.first.year)
		return relativeDay(d), n + words
	}
	for k := 1; k <= 62; k++ {
		if d := p.base.AddDays(k); d.Day == day {
			m := relativeDay(d)
			m.bareDay = true
			return m, n
		}
	}
	return Moment{}, 0
}

// whichMonth parses "of this month", "du mois prochain", "текущего месяца" after a day and
// returns the number of months after that of the base day.
func (p *dateParser) whichMonth(i int) (months, words int) {
	return p.which(i, GrainMonth)
}

// which parses "of this week", "du mois prochain" and returns the number of periods of that
// grain after the one that contains the base day.
func (p *dateParser) which(i int, grain Grain) (ahead, words int) {
	at := p.skip(i)
	for ahead, sense := range []dateSense{senseThis, senseNext} {
		if m, n := p.shifted(at, sense, ahead); n > 0 && m.Grain == grain {
			return ahead, at + n - i
		}
	}
	return 0, 0
}

// relativeDay returns the moment for a day that is named relative to the base day.
func relativeDay(d intake.Date) Moment {
	m := fixedMoment(d, d, GrainDay)
	m.Relative = true
	return m
}

// datesDay reports whether a date starts at word i, as after "Friday" in "Friday 20 March".
func (p *dateParser) datesDay(i int) bool {
	if !p.follows(i) {
		return false
	}
	_, day := p.dayAndMonth(p.skip(i))
	_, numeric := p.numeric(i)
	_, month := p.monthAndDay(i)
	return day+numeric+month > 0
}

// weekday parses a day of the week: the next such day after the base day, a week later in
// "Friday week", or the one in a given week in "Friday next week". A weekday with a date after
// it is left to the rules for dates.
func (p *dateParser) weekday(i int) (Moment, int) {
	day, ok := p.is(i, senseWeekday)
	if !ok || p.doubtful(i) || p.datesDay(i+1) {
		return Moment{}, 0
	}
	if !p.follows(i + 1) {
		return relativeDay(p.nextSuchDay(day)), 1
	}
	if _, n := p.phrase(i+1, senseWeekLater); n > 0 {
		return relativeDay(p.nextSuchDay(day).AddDays(7)), 1 + n
	}
	for at := i + 1; at <= i+2; at++ {
		if weeks, n := p.which(at, GrainWeek); n > 0 {
			monday, _ := workWeek(p.base.AddDays(7 * weeks))
			return relativeDay(monday.AddDays(day - 1)), at + n - i
		}
	}
	return relativeDay(p.nextSuchDay(day)), 1
}

// nextSuchDay returns the first day after the base day with the given weekday number.
func (p *dateParser) nextSuchDay(day int) intake.Date {
	for n := 1; ; n++ {
		if d := p.base.AddDays(n); weekdayOf(d) == day {
			return d
		}
	}
}

// shifted parses "next week" and, in French word order, "semaine prochaine".
func (p *dateParser) shifted(i int, sense dateSense, n int) (Moment, int) {
	unit, ok := p.is(i+1, senseUnit)
	_, marked := p.is(i, sense)
	if !ok || !marked {
		unit, ok = p.is(i, senseUnit)
		_, marked = p.is(i+1, sense)
		if _, next := p.is(i+2, senseUnit); next && p.follows(i+2) {
			return Moment{}, 0 // "в марте месяце текущего года"
		}
	}
	if !ok || !marked || !p.follows(i+1) || Unit(unit) == UnitDay {
		return Moment{}, 0
	}
	m, ok := p.current(Unit(unit), n)
	if !ok {
		return Moment{}, 0
	}
	m.fixed, m.Relative = true, true
	return m, 2
}
