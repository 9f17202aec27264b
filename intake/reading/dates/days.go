package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// monthThenDays parses a month followed by days in it: "in March, from 16 to 20", "в конце
// июня, с 22 по 26", "September (7-18)", "in May, from Monday 4th to Friday 8th".
func (p *dateParser) monthThenDays(i int) (Moment, int) {
	at := i
	if _, ok := p.is(i, senseEdge); ok {
		at = p.skip(i + 1)
	}
	if _, ok := p.is(at, senseMonth); !ok {
		return Moment{}, 0
	}
	m, n := p.wholeMonth(at, true)
	day, ok := p.opensDays(at + n)
	if n == 0 || !ok {
		return Moment{}, 0
	}
	first, words := p.day(day)
	last, more := p.nextDay(day + words)
	end := day + words + more
	if words == 0 || more == 0 || last <= first || p.opensDate(end) || p.counts(end) {
		return Moment{}, 0
	}
	m = Moment{first: m.first, last: m.first}
	m.first.day, m.last.day = first, last
	if !m.first.valid() || !m.last.valid() {
		return Moment{}, 0
	}
	return m, end - i
}

// opensDays reports whether days of the month start at or after word i, after a word such as
// "from" or an opening bracket, and returns the word with the first day.
func (p *dateParser) opensDays(i int) (day int, ok bool) {
	if strings.Contains(p.gap(i), "\n") {
		return 0, false
	}
	if _, from := p.is(i, senseRangeOpens); from {
		return p.skipWeekday(p.skip(i + 1)), true
	}
	return i, strings.HasSuffix(p.gap(i), " (")
}

// counts reports whether the number before word i counts what follows rather than being a day:
// "from 15 to 20 people".
func (p *dateParser) counts(i int) bool {
	const preposition = 2
	return i < len(p.tokens) && strings.TrimSpace(p.gap(i)) == "" && !p.tokens[i].Break && utf8.RuneCountInString(p.word(i)) > preposition
}

// yearFirst parses dates in the order of the Turkic languages, in which the year and the word
// for "year" come first: "2026 жылғы 7-9 қыркүйекте", "2027-yil 5-may".
func (p *dateParser) yearFirst(i int) (Moment, int) {
	year, digits, suffix := p.number(i)
	if _, ok := p.is(i+1, senseYearEnd); digits != 4 || suffix != "" || year < 1990 || year > 2099 || !ok {
		return Moment{}, 0
	}
	if r, _ := utf8.DecodeRuneInString(p.word(i + 2)); !unicode.IsDigit(r) {
		if m, n := p.wholeMonth(i+2, true); n == 1 {
			return monthSpan(m.first.month, m.first.month, year, GrainMonth), 2 + n
		}
		return Moment{}, 0
	}
	m, n := p.dayAndMonth(i + 2)
	if n == 0 || m.first.year != 0 {
		return Moment{}, 0
	}
	m.first.year, m.last.year = year, year
	return m, 2 + n
}

// monthWords is the maximum number of words between a month and a day that belongs to it.
const monthWords = 5

// ofMonth returns a day named without its month as a day of the month, or part of a month,
// named right before it: "in April, by the 25th", "в первой половине апреля, скажем, до 12
// числа".
func (m Moment) ofMonth(month Moment) (Moment, bool) {
	gap := m.Token - (month.Token + month.N)
	if !m.bareDay || month.Grain != GrainMonth && month.Grain != GrainWeek || month.Joined || month.fixed || month.weekOf || month.first.month != month.last.month || gap > monthWords {
		return m, false
	}
	day := calendarDay{month.first.year, month.first.month, m.first.day}
	return Moment{Token: m.Token, N: m.N, first: day, last: day}, day.valid()
}
