package dates

import "verbale/intake/lexicon"

// join merges two adjacent dates if a word or mark between them makes them the start and end
// of a range, or alternative months: "from 28 September to 2 October", "April–September 2027",
// "March or April".
func (p *dateParser) join(found []Moment) []Moment {
	var out []Moment
	for _, m := range found {
		if n := len(out); n > 0 {
			if day, ok := m.ofMonth(out[n-1]); ok {
				out = append(out, day)
				continue
			}
		}
		if n := len(out); n > 0 && out[n-1].Feast && m.Grain == GrainDay && m.Token-(out[n-1].Token+out[n-1].N) <= feastWords {
			out[n-1] = m
			continue
		}
		if n := len(out); n > 0 && p.joins(out[n-1], m) {
			if joined, ok := p.joinMoments(out[n-1], m); ok {
				out[n-1] = joined
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// feastWords is the maximum number of words between a holiday and the exact day that
// supersedes it: "before Christmas, say on 18 December".
const feastWords = 3

// joins reports whether what stands between two dates joins them.
func (p *dateParser) joins(a, b Moment) bool {
	end := a.Token + a.N
	between := b.Token - end
	if a.Length || b.Length || between > 3 || !p.follows(b.Token) {
		return false
	}
	if a.isRangeOfDays() && b.isRangeOfDays() {
		if _, onward := p.is(end, senseOnward); between == 0 || onward {
			return false
		}
	}
	if between == 0 {
		return isRangeMark(p.gap(b.Token))
	}
	if !p.follows(end) {
		return false
	}
	if _, ok := p.is(end, senseEither); ok {
		return (a.several() || b.several()) && p.skipWeekday(p.skip(end+1)) == b.Token
	}
	if _, ok := p.is(end, senseJoin); !ok {
		return false
	}
	at := end + 1
	if _, ok := p.is(at, senseJoin); ok && at < b.Token {
		at++
	}
	return p.skipWeekday(p.skip(at)) == b.Token
}

// isRangeOfDays reports whether the date is a range with a stated first and last day; two of
// them are two times.
func (m Moment) isRangeOfDays() bool { return m.Grain == GrainDay && m.first != m.last }

// several reports whether the date covers more than one day.
func (m Moment) several() bool { return m.Grain > GrainDay || m.first != m.last }

// joinMoments merges two dates into a range; the year of the later also applies to the
// earlier.
func (p *dateParser) joinMoments(a, b Moment) (Moment, bool) {
	if a.fixed != b.fixed {
		a, b = p.fix(a), p.fix(b)
	}
	if a.fixed != b.fixed && (a.first.year == 0 || b.first.year == 0) {
		return Moment{}, false
	}
	a.first, b.last = a.middle(a.first), b.middle(b.last)
	m := a
	m.last, m.N = b.last, b.Token+b.N-a.Token
	m.Grain, m.Joined = max(a.Grain, b.Grain), true
	if a.Grain != b.Grain {
		m.Grain = min(m.Grain, GrainSeason) // "from April until the end of the year"
	}
	m.fixed = a.fixed && b.fixed
	if a.first.year > 0 && b.last.year > 0 {
		if b.last.year < a.first.year || b.last.year == a.first.year && b.last.before(a.first) {
			return Moment{}, false
		}
	}
	return m, true
}

// middle returns the 15th if m is the middle of a month, for use as one end of a range: "from
// mid-April to the end of May"; otherwise the given day.
func (m Moment) middle(day calendarDay) calendarDay {
	if m.Edge == EdgeMiddle && m.Grain == GrainMonth {
		day.day = middleOfMonth
	}
	return day
}

// middleOfMonth is the day that represents the middle of a month.
const middleOfMonth = 15

// fix resolves a date with an implicit year if the base day is known.
func (p *dateParser) fix(m Moment) Moment {
	if first, last, ok := m.Resolve(p.base); ok && !p.base.IsZero() {
		m.first, m.last, m.fixed, m.weekOf = dayOf(first), dayOf(last), true, false
	}
	return m
}

// Linked reports whether the words between two dates join them and do not offer a choice.
func (w *Words) Linked(between []lexicon.Token) bool {
	joined := false
	for _, t := range between {
		if _, either := w.is(t.Folded, senseEither); either {
			return false
		}
		_, join := w.is(t.Folded, senseJoin)
		joined = joined || join
	}
	return joined
}
