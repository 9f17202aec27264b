package dates

import "strings"

// feast parses the name of a holiday used as a deadline: "before Nowruz".
func (p *dateParser) feast(i int) (Moment, int) {
	before := i - 1
	for range manyFillers {
		if _, filler := p.is(before, senseFiller); !filler {
			break
		}
		before--
	}
	_, announced := p.is(before, senseBeforeDay)
	index, n := p.phrase(i, senseFeast)
	if !announced || n == 0 || !p.follows(i) {
		return Moment{}, 0
	}
	day := p.words.feasts[index]
	year, more := p.year(i + n)
	day.year = year
	return Moment{first: day, last: day, Feast: true}, n + more
}

// numeric parses dates in digits, and ranges of them.
func (p *dateParser) numeric(i int) (Moment, int) {
	if m, n := p.fullNumeric(i); n > 0 {
		return m, n
	}
	if m, n := p.shortToFull(i); n > 0 {
		return m, n
	}
	return p.dayDotMonth(i)
}

// dayDotMonth parses a day or range of days and a month, both of two digits, without a year. A
// word that introduces a date must precede it ("до 20.11"), or brackets must enclose it
// ("(16-18.11.)"). Percentages are excluded.
func (p *dateParser) dayDotMonth(i int) (Moment, int) {
	_, announced := p.is(i-1, senseBeforeDay)
	first, firstDigits, firstSuffix := p.number(i)
	at := i
	if isRangeMark(p.gap(i + 1)) {
		at++
	}
	if !(announced && p.follows(i) || p.bracketed(i, at+1)) || p.gap(at+1) != "." {
		return Moment{}, 0
	}
	day, digits, suffix := p.number(at)
	month, more, rest := p.number(at + 1)
	m := Moment{first: calendarDay{0, month, first}, last: calendarDay{0, month, day}}
	if digits != 2 || more != 2 || firstDigits == 0 || firstSuffix+suffix+rest != "" || !m.first.valid() || !m.last.valid() || day < first {
		return Moment{}, 0
	}
	after := strings.TrimLeft(p.text[p.tokens[at+1].End:], " \u00a0")
	if strings.HasPrefix(after, "%") || p.gap(at+2) == "." {
		return Moment{}, 0
	}
	return m, at + 2 - i
}

// bracketed reports whether a bracket opens before word i, and the date that ends with word
// last is followed by the closing bracket or by ". " and more text.
func (p *dateParser) bracketed(i, last int) bool {
	if i == 0 || last >= len(p.tokens) || !strings.HasSuffix(p.gap(i), "(") {
		return false
	}
	after := strings.TrimLeft(p.text[p.tokens[last].End:], ".")
	return strings.HasPrefix(after, ")") || strings.HasPrefix(after, " ") && after != p.text[p.tokens[last].End:]
}

// fullNumeric parses 20.03.2026, 20/03/2026, 2026-03-20, and a range of days before a month
// and year: 12-14.05.2026.
func (p *dateParser) fullNumeric(i int) (Moment, int) {
	if m, n := p.iso(i); n > 0 {
		return m, n
	}
	day, digits, suffix := p.number(i)
	if digits == 0 || digits > 2 || suffix != "" {
		return Moment{}, 0
	}
	first, at := day, i
	if g := p.gap(i + 1); isRangeMark(g) && g != "/" {
		if last, digits, _ := p.number(i + 1); digits > 0 && digits <= 2 && (p.gap(i+2) == "." || p.gap(i+2) == "/") {
			day, at = last, i+1
		}
	}
	month, year, n := p.numericRest(at)
	if n == 0 {
		return Moment{}, 0
	}
	m := Moment{first: calendarDay{year, month, first}, last: calendarDay{year, month, day}}
	if !m.first.valid() || !m.last.valid() || day < first {
		return Moment{}, 0
	}
	return m, at - i + n
}

// shortToFull parses a range whose first day lacks the year: "10.10-14.10.2026", "с 10.10 по
// 14.10.2026".
func (p *dateParser) shortToFull(i int) (Moment, int) {
	day, _, _ := p.number(i)
	month, digits, suffix := p.number(i + 1)
	if p.gap(i+1) != "." || digits != 2 || suffix != "" {
		return Moment{}, 0
	}
	at := i + 2
	if _, join := p.is(at, senseJoin); join {
		at++
	} else if !isRangeMark(p.gap(at)) {
		return Moment{}, 0
	}
	to, n := p.fullNumeric(at)
	m := Moment{first: calendarDay{to.first.year, month, day}, last: to.last}
	if n == 0 || to.first != to.last || !m.first.valid() || m.last.before(m.first) {
		return Moment{}, 0
	}
	return m, at + n - i
}

// numericRest parses month and year after the day at word i.
func (p *dateParser) numericRest(i int) (month, year, words int) {
	mark := p.gap(i + 1)
	if mark != "." && mark != "/" && mark != "-" {
		return 0, 0, 0
	}
	month, digits, suffix := p.number(i + 1)
	if digits == 0 || digits > 2 || suffix != "" || month < 1 || month > 12 || strings.TrimSpace(p.gap(i+2)) != mark {
		return 0, 0, 0
	}
	year, digits, suffix = p.number(i + 2)
	if _, ok := p.words.is(suffix, senseYearEnd); suffix != "" && !ok {
		return 0, 0, 0
	}
	switch {
	case digits == 2 && mark != "-":
		year += 2000
	case digits != 4 || year < 1990 || year > 2099:
		return 0, 0, 0
	}
	return month, year, 3
}

// iso parses 2026-03-20, optionally followed by a time.
func (p *dateParser) iso(i int) (Moment, int) {
	year, digits, _ := p.number(i)
	if digits != 4 || year < 1990 || year > 2099 || p.gap(i+1) != "-" || p.gap(i+2) != "-" {
		return Moment{}, 0
	}
	month, monthDigits, _ := p.number(i + 1)
	day, dayDigits, rest := p.number(i + 2)
	d := calendarDay{year, month, day}
	if monthDigits != 2 || dayDigits != 2 || rest != "" && rest[0] != 't' || !d.valid() {
		return Moment{}, 0
	}
	return Moment{first: d, last: d}, 3
}

func isRangeMark(gap string) bool {
	switch strings.Trim(gap, ". \u00a0") { // "1.–5. Juni"
	case "-", "–", "—", "‑", "−", "/":
		return true
	}
	return false
}

// manyDays is the maximum number of further days in a list before the month.
const manyDays = 12

// dayAndMonth parses "20 March 2026", "le 1er juin", "14, 15 et 16 октября", "с 18 по 29 мая".
func (p *dateParser) dayAndMonth(i int) (Moment, int) {
	first, n := p.day(i)
	if n == 0 {
		return Moment{}, 0
	}
	last, at := first, i+n
	for range manyDays {
		next, n := p.nextDay(at)
		if n == 0 {
			break
		}
		last, at = next, at+n
	}
	at = p.skip(at)
	month, ok := p.month(at, true)
	if !ok || !p.follows(at) {
		return Moment{}, 0
	}
	at++
	year, n := p.year(at)
	m := daysOfMonth(year, month, first, last)
	if m.last.before(m.first) {
		return Moment{}, 0
	}
	return m, at + n - i
}

// daysOfMonth returns a period within a month: all of the month if it does not have the days.
func daysOfMonth(year, month, first, last int) Moment {
	m := Moment{first: calendarDay{year, month, first}, last: calendarDay{year, month, last}}
	if !m.first.valid() || !m.last.valid() {
		m = monthSpan(month, month, year, GrainMonth)
		m.NoSuchDay = true
	}
	return m
}

// nextDay parses a joining word or punctuation and another day: ", 15", "to 16", "-16", "по
// 29". Alternatives ("15 or 16") are joined as well.
func (p *dateParser) nextDay(i int) (day, words int) {
	if !p.follows(i) {
		return 0, 0
	}
	if gap := strings.TrimSpace(p.gap(i)); gap == "," || isRangeMark(gap) {
		return p.day(i)
	}
	_, join := p.is(i, senseJoin)
	_, either := p.is(i, senseEither)
	if !join && !either {
		return 0, 0
	}
	at := p.skipWeekday(p.skip(i + 1))
	if !p.follows(at) {
		return 0, 0
	}
	day, n := p.day(at)
	if n == 0 {
		return 0, 0
	}
	return day, at + n - i
}

func (p *dateParser) skipWeekday(i int) int {
	if _, ok := p.is(i, senseWeekday); ok && p.follows(i) {
		return i + 1
	}
	return i
}

// monthAndDay parses the English forms "March 20, 2026" and "May 12-14".
func (p *dateParser) monthAndDay(i int) (Moment, int) {
	first, n := p.day(i + 1)
	if n == 0 || !p.follows(i+1) {
		return Moment{}, 0
	}
	month, ok := p.month(i, true)
	if !ok || p.opensDate(i+1+n) {
		return Moment{}, 0
	}
	last, at := first, i+1+n
	if next, n := p.nextDay(at); n > 0 && !p.opensDate(at+n) {
		last, at = next, at+n
	}
	year, n := p.year(at)
	m := daysOfMonth(year, month, first, last)
	if m.last.before(m.first) {
		return Moment{}, 0
	}
	return m, at + n - i
}

// opensDate reports whether a month stands at word i, so that the number before it belongs to
// that month.
func (p *dateParser) opensDate(i int) bool {
	at := p.skip(i)
	_, ok := p.month(at, true)
	return ok && p.follows(at)
}

// whole parses a month, quarter, half-year, season or year.
func (p *dateParser) whole(i int) (Moment, int) {
	for _, read := range []func(int) (Moment, int){p.bareMonth, p.wholeSeason, p.quarterOrHalf, p.wholeYear} {
		if m, n := read(i); n > 0 {
			return m, n
		}
	}
	return Moment{}, 0
}

func (p *dateParser) bareMonth(i int) (Moment, int) { return p.wholeMonth(i, false) }

// wholeMonth parses a month and its year; beside is true if the words before leave no doubt
// that a month follows.
func (p *dateParser) wholeMonth(i int, beside bool) (Moment, int) {
	year, n := p.year(i + 1)
	if _, number := p.is(i, senseDayWords); number && n == 0 {
		return Moment{}, 0 // "sept cadres"
	}
	month, ok := p.month(i, beside || n > 0)
	if !ok {
		return Moment{}, 0
	}
	return monthSpan(month, month, year, GrainMonth), 1 + n
}

func (p *dateParser) wholeSeason(i int) (Moment, int) {
	index, ok := p.is(i, senseSeason)
	if !ok {
		return Moment{}, 0
	}
	s := p.words.seasons[index]
	year, n := p.year(i + 1)
	if n == 0 && p.doubtful(i) {
		return Moment{}, 0
	}
	m := monthSpan(s.from, s.to, year, GrainSeason)
	m.Yearly = year == 0
	if s.to < s.from && year > 0 {
		m.last.year++
		m.last.day = monthEnd(s.to, m.last.year)
	}
	return m, 1 + n
}

// quarterOrHalf parses "first quarter of 2026", "Q3 2026", "III квартал", "premier semestre",
// "second half of 2027", "first half-year".
func (p *dateParser) quarterOrHalf(i int) (Moment, int) {
	if q, ok := p.is(i, senseQuarter); ok {
		year, n := p.year(i + 1)
		return monthSpan(3*q-2, 3*q, year, GrainSeason), 1 + n
	}
	if h, ok := p.is(i, senseHalfYear); ok {
		if year, n := p.year(i + 1); n > 0 { // without a year more likely hydrogen, or the name of a form
			return monthSpan(6*h-5, 6*h, year, GrainSeason), 1 + n
		}
	}
	ordinal, n := p.ordinal(i)
	if n == 0 {
		return Moment{}, 0
	}
	if m, words := p.quarters(i, ordinal, n); words > 0 {
		return m, words
	}
	at := i + n
	unit, ok := p.is(at, senseUnit)
	if !ok || !p.follows(at) && p.gap(at) != "-" {
		return Moment{}, 0
	}
	var months int
	switch Unit(unit) {
	case UnitQuarter:
		months = 3
	case UnitHalfYear:
		months = 6
	case UnitHalf:
		return p.halfOfYear(i, at, ordinal)
	default:
		return Moment{}, 0
	}
	if ordinal < 0 {
		ordinal = 12 / months
	}
	if ordinal*months > 12 {
		return Moment{}, 0
	}
	year, n := p.year(at + 1)
	return monthSpan(ordinal*months-months+1, ordinal*months, year, GrainSeason), at + 1 + n - i
}

// quarters parses "second and third quarters of 2026"; the first ordinal has n words.
func (p *dateParser) quarters(i, first, n int) (Moment, int) {
	at := i + n
	if _, ok := p.is(at, senseJoin); ok && p.follows(at) {
		at++
	} else if !isRangeMark(p.gap(at)) {
		return Moment{}, 0
	}
	last, words := p.ordinal(at)
	at += words
	unit, ok := p.is(at, senseUnit)
	if words == 0 || !ok || Unit(unit) != UnitQuarter || first < 1 || last <= first || last > 4 {
		return Moment{}, 0
	}
	year, more := p.year(at + 1)
	return monthSpan(3*first-2, 3*last, year, GrainSeason), at + 1 + more - i
}

// halfOfYear parses the rest of "second half of 2027" and "first half-year".
func (p *dateParser) halfOfYear(i, half, ordinal int) (Moment, int) {
	if ordinal < 0 {
		ordinal = 2
	}
	at := half + 1
	if unit, ok := p.is(at, senseUnit); ok && Unit(unit) == UnitYear && (p.gap(at) == "-" || p.follows(at)) {
		at++
	}
	year, n := p.year(at)
	if n == 0 && at == half+1 {
		at = p.skip(at)
		if unit, ok := p.is(at, senseUnit); !ok || Unit(unit) != UnitYear || !p.follows(at) {
			return Moment{}, 0
		}
		at++
	}
	if ordinal > 2 {
		return Moment{}, 0
	}
	return monthSpan(6*ordinal-5, 6*ordinal, year, GrainSeason), at + n - i
}

// ordinal parses "first", "2nd", "III", "1-й" and returns the number of words.
func (p *dateParser) ordinal(i int) (value, words int) {
	if v, ok := p.is(i, senseOrdinal); ok {
		return v, 1
	}
	value, digits, suffix := p.number(i)
	if digits == 1 && value >= 1 && value <= 4 {
		switch {
		case suffix == "" && p.gap(i+1) == "-" && len([]rune(p.word(i+1))) <= 2:
			return value, 2
		case suffix == "" || len(suffix) <= 4:
			return value, 1
		}
	}
	return 0, 0
}

// wholeYear parses a year on its own. It requires context that shows that the number is a
// year: a suitable word before or after it, or a range.
func (p *dateParser) wholeYear(i int) (Moment, int) {
	year, digits, suffix := p.number(i)
	if digits != 4 || year < 2000 || year > 2099 || suffix != "" {
		return Moment{}, 0
	}
	_, before := p.is(i-1, senseBeforeMonth)
	_, filler := p.is(i-1, senseFiller)
	n := 1
	_, ends := p.is(i+1, senseYearEnd)
	if ends && p.follows(i+1) {
		n++
	}
	if isRangeMark(p.gap(i+1)) || isRangeMark(p.gap(i)) && i > 0 {
		before = true
	}
	if last, digits, rest := p.number(i + 1); digits == 2 && rest == "" && p.gap(i+1) == "-" && last == (year+1)%100 {
		m := monthSpan(1, 12, year, GrainYear)
		m.last.year++
		return m, 2
	}
	if !before && !filler && !ends && !p.beginsYears(i) {
		return Moment{}, 0
	}
	return monthSpan(1, 12, year, GrainYear), n
}

// beginsYears reports whether a joining word, another year and a word for "years" follow the
// year at word i: "2027 и 2028 годы".
func (p *dateParser) beginsYears(i int) bool {
	_, join := p.is(i+1, senseJoin)
	_, digits, suffix := p.number(i + 2)
	_, ends := p.is(i+3, senseYearEnd)
	return join && digits == 4 && suffix == "" && ends && p.follows(i+1) && p.follows(i+2)
}
