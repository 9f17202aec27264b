package what

import (
	"slices"
	"strconv"
	"strings"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Limits for counts of learners: requested experts come alone or in pairs, years and sums of
// money are greater.
const (
	fewestLearners = 3
	mostLearners   = 999
	numberReach    = 3 // words between the number and the people ("sixty customs officers")
)

// learners returns where a stretch counts the sender's own people ("our forty inspectors",
// "the supervisors (46)"). A letter that counts people wants them trained, even if it does not
// mention training.
func (s statement) learners(x letter.Stretch) (at int, ok bool) {
	var numbers []int
	hits := lexicon.HitsIn(s.Scan.Hits, x.Start, x.End)
	for _, h := range hits {
		if h.Class == lexicon.ClassCue && h.Has("number") {
			numbers = append(numbers, h.Token)
		}
	}
	first := s.Scan.TokenAt(x.Start)
	for i, t := range s.Scan.TokensIn(x.Start, x.End) {
		if countsLearners(t.Folded) {
			numbers = append(numbers, first+i)
		}
	}
	for _, h := range hits {
		if h.Class != lexicon.ClassCue || !h.Has("learners") {
			continue
		}
		if slices.ContainsFunc(numbers, func(n int) bool { return n < h.Token && h.Token-n <= numberReach || n == h.Token+1 }) {
			return h.Start, true
		}
	}
	return 0, false
}

// countsLearners reports whether a word is a plausible number of learners. The check of the
// first byte is for speed: most words are not numbers, and errors of Atoi are slow.
func countsLearners(word string) bool {
	if word[0] < '0' || word[0] > '9' {
		return false
	}
	n, err := strconv.Atoi(word)
	return err == nil && n >= fewestLearners && n <= mostLearners
}

// cutAtLearners splits a stretch at the last word that joins a request for the sender's own
// people to another request ("read our draft and show forty inspectors …").
func (s statement) cutAtLearners(x letter.Stretch) []letter.Stretch {
	at, ok := s.learners(x)
	if !ok {
		return []letter.Stretch{x}
	}
	cut := x.Start
	for _, h := range lexicon.HitsIn(s.Scan.Hits, x.Start, at) {
		if h.Class == lexicon.ClassCue && (h.Has("and") || h.Has("further_wish")) {
			cut = h.Start
		}
	}
	if cut == x.Start {
		return []letter.Stretch{x}
	}
	return []letter.Stretch{{Start: x.Start, End: x.Start + len(strings.TrimSpace(s.Text[x.Start:cut]))}, {Start: cut, End: x.End}}
}
