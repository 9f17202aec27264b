package letter

import (
	"sort"
)

// A Stretch is text[start:end] of a source, in bytes.
type Stretch struct{ Start, End int }

// SentenceAt returns the index of the sentence that contains an offset; -1 if there is none.
func (s *Source) SentenceAt(offset int) int {
	i := sort.Search(len(s.Sentences), func(i int) bool { return s.Sentences[i].End > offset })
	if i == len(s.Sentences) || s.Sentences[i].Start > offset {
		return -1
	}
	return i
}

// Runs merges consecutive lines whose parts satisfy keep into stretches; empty lines in
// between do not split a stretch.
func (s *Source) Runs(keep func(Part) bool) []Stretch {
	var out []Stretch
	open := false
	for _, l := range s.Lines {
		switch {
		case !keep(l.Part):
			open = open && l.Part == PartIgnored && l.Start == l.End
		case open:
			out[len(out)-1].End = l.End
		default:
			out = append(out, Stretch{l.Start, l.End})
			open = true
		}
	}
	return out
}

// Own returns the stretches in the sender's own words, from which the language can be
// detected.
func (s *Source) Own() []Stretch {
	if own := s.Runs(func(p Part) bool {
		return p == PartBody || p == PartSalutation || p == PartClosing || p == PartTopic
	}); len(own) > 0 || len(s.Lines) > 0 {
		return own
	}
	return []Stretch{{0, len(s.Text)}}
}
