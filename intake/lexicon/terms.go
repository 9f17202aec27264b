package lexicon

import "fmt"

// Terms is a compiled list of phrases with the caller's own IDs, to be searched for in a
// scanned text. It is read-only and safe for concurrent use.
type Terms struct {
	matcher *matcher
}

// CompileTerms compiles phrases by ID, written as in the vocabulary files: a trailing * makes
// a word a stem. A phrase may be listed under several IDs.
func CompileTerms(phrases map[string][]string) (*Terms, error) {
	return compileTerms(phrases, classPhrase)
}

// CompileNested does as CompileTerms, but Find then returns every phrase, also those within
// others, each as one hit for each of its IDs. So several lists are searched for at once
// without hiding phrases from each other.
func CompileNested(phrases map[string][]string) (*Terms, error) {
	return compileTerms(phrases, ClassCue)
}

func compileTerms(phrases map[string][]string, class Class) (*Terms, error) {
	b := newMatcherBuilder()
	for id, list := range phrases {
		for _, phrase := range list {
			if !b.add(phrase, Sense{Class: class, ID: id, Weight: 1}) {
				return nil, fmt.Errorf("phrase %q of %q holds no word", phrase, id)
			}
		}
	}
	return &Terms{matcher: b.build()}, nil
}

// Find returns the phrases in the scanned text, in order and without overlaps, the longest at
// each word; every phrase if they were compiled as nested.
func (t *Terms) Find(s Scan) []Hit { return t.matcher.find(&s) }
