package lexicon

// A Scan is one text with all that the vocabulary found in it.
type Scan struct {
	Folded Folded
	Tokens []Token
	Hits   []Hit // in the order of the text
}

// Scan looks for every term of the vocabulary in one pass. Senses that need a
// context word which does not stand near are left out.
func (v *Vocabulary) Scan(text string) Scan {
	s := Scan{Folded: Fold(text)}
	s.Tokens = tokenise(text, s.Folded)
	s.Hits = v.matcher.find(s.Tokens)
	return s
}

// Of returns the hits of one class.
func (s Scan) Of(c Class) []Hit {
	var hits []Hit
	for _, h := range s.Hits {
		if h.Class == c {
			hits = append(hits, h)
		}
	}
	return hits
}

// Within returns the hits of one class that lie in the stretch start to end of
// the original text.
func (s Scan) Within(c Class, start, end int) []Hit {
	var hits []Hit
	for _, h := range s.Hits {
		if h.Class == c && h.Start >= start && h.End <= end {
			hits = append(hits, h)
		}
	}
	return hits
}

// Cued reports whether the stretch holds a cue of the given id.
func (s Scan) Cued(id string, start, end int) bool {
	for _, h := range s.Hits {
		if h.Class == ClassCue && h.Start >= start && h.End <= end && h.Has(id) {
			return true
		}
	}
	return false
}
