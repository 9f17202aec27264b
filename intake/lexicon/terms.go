package lexicon

import "fmt"

// Terms is a compiled list of phrases under ids of the caller's own, to be
// looked for in a text that was scanned already. It is read only and may be
// used by several goroutines at once.
type Terms struct {
	matcher *matcher
}

// CompileTerms compiles phrases by id, written as in the vocabulary files: a
// trailing * makes a word a stem. One phrase may stand under several ids.
func CompileTerms(phrases map[string][]string) (*Terms, error) {
	b := newMatcherBuilder()
	for id, list := range phrases {
		for _, phrase := range list {
			if !b.add(phrase, Sense{Class: classPhrase, ID: id, Weight: 1}) {
				return nil, fmt.Errorf("phrase %q of %q holds no word", phrase, id)
			}
		}
	}
	return &Terms{matcher: b.build()}, nil
}

// Find returns the phrases that stand in the scanned text, in order and
// without overlap, the longest from each word on.
func (t *Terms) Find(s Scan) []Hit { return t.matcher.find(&s) }
