package lexicon

import "sort"

// TokensIn returns the words that begin in the range [start, end) of the original text.
func (s Scan) TokensIn(start, end int) []Token {
	from := s.TokenAt(start)
	return s.Tokens[from:max(from, s.TokenAt(end))]
}

// TokenAt returns the index of the first word at or after an offset.
func (s Scan) TokenAt(offset int) int {
	return sort.Search(len(s.Tokens), func(i int) bool { return s.Tokens[i].Start >= offset })
}

// HitsIn returns the hits that begin in the range [start, end) of the original text.
func HitsIn(hits []Hit, start, end int) []Hit {
	hits = hits[firstHit(hits, start):]
	return hits[:firstHit(hits, end)]
}

// firstHit returns the index of the first hit at or after an offset. It is a hot path, called
// many times per sentence.
func firstHit(hits []Hit, offset int) int {
	from, to := 0, len(hits)
	for from < to {
		if middle := (from + to) / 2; hits[middle].Start < offset {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from
}

// HitsAt returns the hits that begin at an offset.
func HitsAt(hits []Hit, start int) []Hit { return HitsIn(hits, start, start+1) }

// Holds reports whether a hit of the given ID begins in the range [start, end).
func Holds(hits []Hit, id string, start, end int) bool {
	for _, h := range HitsIn(hits, start, end) {
		if h.Has(id) {
			return true
		}
	}
	return false
}
