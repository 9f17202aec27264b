package intake

import (
	"sort"

	"verbale/intake/lexicon"
)

// A stretch is text[start:end] of a source, in bytes.
type stretch struct{ start, end int }

// tokensIn returns the words of the source that lie within start to end.
func (s *source) tokensIn(start, end int) []lexicon.Token {
	tokens := s.scan.Tokens
	from := sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= start })
	to := sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= end })
	return tokens[from:max(from, to)]
}

// tokenIndex returns the index of the first word at or after an offset.
func (s *source) tokenIndex(start int) int {
	return sort.Search(len(s.scan.Tokens), func(i int) bool { return s.scan.Tokens[i].Start >= start })
}

// hitsWithin returns the hits that begin within start to end.
func hitsWithin(hits []lexicon.Hit, start, end int) []lexicon.Hit {
	from := sort.Search(len(hits), func(i int) bool { return hits[i].Start >= start })
	to := sort.Search(len(hits), func(i int) bool { return hits[i].Start >= end })
	return hits[from:max(from, to)]
}

// hitsAt returns the hits that begin at an offset.
func hitsAt(hits []lexicon.Hit, start int) []lexicon.Hit { return hitsWithin(hits, start, start+1) }

// holds reports whether a hit of the given id begins within start to end.
func holds(hits []lexicon.Hit, id string, start, end int) bool {
	for _, h := range hitsWithin(hits, start, end) {
		if h.Has(id) {
			return true
		}
	}
	return false
}

// sentenceAt returns the index of the sentence that holds an offset, -1 for
// none.
func (s *source) sentenceAt(offset int) int {
	i := sort.Search(len(s.sentences), func(i int) bool { return s.sentences[i].end > offset })
	if i == len(s.sentences) || s.sentences[i].start > offset {
		return -1
	}
	return i
}

// runs joins neighbouring lines of one part into stretches; ignored lines
// between them do not part them where over is set.
func (s *source) runs(keep func(part) bool) []stretch {
	var out []stretch
	open := false
	for _, l := range s.lines {
		switch {
		case !keep(l.part):
			open = open && l.part == partIgnored && l.start == l.end
		case open:
			out[len(out)-1].end = l.end
		default:
			out = append(out, stretch{l.start, l.end})
			open = true
		}
	}
	return out
}

// own returns the stretches in which the sender says something in words of
// his own, so that the language can be told from them.
func (s *source) own() []stretch {
	if own := s.runs(func(p part) bool {
		return p == partBody || p == partSalutation || p == partClosing || p == partTopic
	}); len(own) > 0 || len(s.lines) > 0 {
		return own
	}
	return []stretch{{0, len(s.text)}}
}
