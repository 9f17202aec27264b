package intake

// join makes one moment of two neighbours where a word or mark between them
// says that they are the first and last of a range, or a choice of months:
// "from 28 September to 2 October", "April–September 2027", "March or April".
func (p *dateParser) join(found []moment) []moment {
	var out []moment
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
func (p *dateParser) joins(a, b moment) bool {
	end := a.token + a.n
	between := b.token - end
	if a.length || b.length || between > 3 || !p.follows(b.token) {
		return false
	}
	if between == 0 {
		return isRangeMark(p.gap(b.token))
	}
	if !p.follows(end) {
		return false
	}
	if _, ok := p.is(end, senseEither); ok {
		return a.grain >= grainWeek && b.grain >= grainWeek && p.skipWeekday(p.skip(end+1)) == b.token
	}
	if _, ok := p.is(end, senseJoin); !ok {
		return false
	}
	at := end + 1
	if _, ok := p.is(at, senseJoin); ok && at < b.token {
		at++
	}
	return p.skipWeekday(p.skip(at)) == b.token
}

// joinMoments makes a range of two moments; the year of the later holds for
// the earlier too.
func joinMoments(a, b moment) (moment, bool) {
	if a.fixed != b.fixed && (a.first.year == 0 || b.first.year == 0) {
		return moment{}, false
	}
	m := a
	m.last, m.n = b.last, b.token+b.n-a.token
	m.grain, m.joined = max(a.grain, b.grain), true
	m.fixed = a.fixed && b.fixed
	if a.first.year > 0 && b.last.year > 0 {
		if b.last.year < a.first.year || b.last.year == a.first.year && b.last.before(a.first) {
			return moment{}, false
		}
	}
	return m, true
}

// linked reports whether the words between two moments join them, and offer no
// choice between the two.
func (w *dateWords) linked(s *source, start, end int) bool {
	joined := false
	for _, t := range s.tokensIn(start, end) {
		if _, either := w.is(t.Folded, senseEither); either {
			return false
		}
		_, join := w.is(t.Folded, senseJoin)
		joined = joined || join
	}
	return joined
}
