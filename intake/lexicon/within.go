package lexicon

import "sort"

// TokensIn returns the words that begin within start to end of the original text.
func (s Scan) TokensIn(start, end int) []Token {
	from := s.TokenAt(start)
	return s.Tokens[from:max(from, s.TokenAt(end))]
}

// TokenAt returns the index of the first word at or after an offset.
func (s Scan) TokenAt(offset int) int {
	return sort.Search(len(s.Tokens), func(i int) bool { return s.Tokens[i].Start >= offset })
}

// HitsIn returns the hits that begin within start to end of the original text.
func HitsIn(hits []Hit, start, end int) []Hit {
	from := sort.Search(len(hits), func(i int) bool { return hits[i].Start >= start })
	to := sort.Search(len(hits), func(i int) bool { return hits[i].Start >= end })
	return hits[from:max(from, to)]
}

// HitsAt returns the hits that begin at an offset.
func HitsAt(hits []Hit, start int) []Hit { return HitsIn(hits, start, start+1) }

// Holds reports whether a hit of the given id begins within start to end.
func Holds(hits []Hit, id string, start, end int) bool {
	for _, h := range HitsIn(hits, start, end) {
		if h.Has(id) {
			return true
		}
	}
	return false
}
