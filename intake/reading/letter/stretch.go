package letter

import (
	"sort"
)

// A Stretch is text[start:end] of a source, in bytes.
type Stretch struct{ Start, End int }

// SentenceAt returns the index of the sentence that holds an offset, -1 for
// none.
func (s *Source) SentenceAt(offset int) int {
	i := sort.Search(len(s.Sentences), func(i int) bool { return s.Sentences[i].End > offset })
	if i == len(s.Sentences) || s.Sentences[i].Start > offset {
		return -1
	}
	return i
}

// Runs joins neighbouring lines of the parts to keep into stretches; empty lines
// between them do not part them.
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

// Own returns the stretches in which the sender says something in words of
// his own, so that the language can be told from them.
func (s *Source) Own() []Stretch {
	if own := s.Runs(func(p Part) bool {
		return p == PartBody || p == PartSalutation || p == PartClosing || p == PartTopic
	}); len(own) > 0 || len(s.Lines) > 0 {
		return own
	}
	return []Stretch{{0, len(s.Text)}}
}
