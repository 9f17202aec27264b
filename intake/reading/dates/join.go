package dates

import "verbale/intake/lexicon"

// join makes one moment of two neighbours where a word or mark between them
// says that they are the first and last of a range, or a choice of months:
// "from 28 September to 2 October", "April–September 2027", "March or April".
func (p *dateParser) join(found []Moment) []Moment {
	var out []Moment
	for _, m := range found {
		if n := len(out); n > 0 && p.joins(out[n-1], m) {
			if joined, ok := joinMoments(out[n-1], m); ok {
				out[n-1] = joined
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// joins looks at what stands between two moments.
func (p *dateParser) joins(a, b Moment) bool {
	end := a.Token + a.N
	between := b.Token - end
	if a.Length || b.Length || between > 3 || !p.follows(b.Token) {
		return false
	}
	if between == 0 {
		return isRangeMark(p.gap(b.Token))
	}
	if !p.follows(end) {
		return false
	}
	if _, ok := p.is(end, senseEither); ok {
		return a.Grain >= GrainWeek && b.Grain >= GrainWeek && p.skipWeekday(p.skip(end+1)) == b.Token
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

// joinMoments makes a range of two moments; the year of the later holds for
// the earlier too.
func joinMoments(a, b Moment) (Moment, bool) {
	if a.fixed != b.fixed && (a.first.year == 0 || b.first.year == 0) {
		return Moment{}, false
	}
	m := a
	m.last, m.N = b.last, b.Token+b.N-a.Token
	m.Grain, m.Joined = max(a.Grain, b.Grain), true
	m.fixed = a.fixed && b.fixed
	if a.first.year > 0 && b.last.year > 0 {
		if b.last.year < a.first.year || b.last.year == a.first.year && b.last.before(a.first) {
			return Moment{}, false
		}
	}
	return m, true
}

// Linked reports whether the words between two moments join them, and offer no
// choice between the two.
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
