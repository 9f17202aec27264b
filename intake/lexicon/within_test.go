package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
)

// phrasesOf compiles a file of phrases.
func phrasesOf(t *testing.T, text string) Phrases {
	t.Helper()
	phrases, err := LoadPhrases(fstest.MapFS{"f.yaml": {Data: []byte(text)}}, "f.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return phrases
}

func TestPhrasesAreFoundWithinAStretch(t *testing.T) {
	terms, err := phrasesOf(t, "version: 1\nphrases: {drink: {en: [tea], fr: [thé]}, food: {en: [bread*]}}").Compile()
	if err != nil {
		t.Fatal(err)
	}
	const text = "tea and breadcrumbs, thé"
	scan := Words(text)
	hits := terms.Find(scan)
	for _, c := range []struct {
		id         string
		start, end int
		want       bool
	}{
		{"drink", 0, len(text), true}, {"drink", 1, 20, false}, {"drink", 0, 1, true}, {"food", 8, 9, true}, {"food", 9, len(text), false},
		{"drink", 5, 4, false}, {"drink", -7, 1, true}, {"drink", 0, 999, true},
	} {
		if got := Holds(hits, c.id, c.start, c.end); got != c.want {
			t.Errorf("%s within %d to %d: %v", c.id, c.start, c.end, got)
		}
	}
	if at := HitsAt(hits, 8); len(at) != 1 || !at[0].Has("food") {
		t.Errorf("at 8: %v", at)
	}
}

func TestWordsWithinAStretch(t *testing.T) {
	const text = "tea and breadcrumbs"
	scan := Words(text)
	for _, c := range []struct {
		start, end int
		want       string
	}{{0, len(text), "tea and breadcrumbs"}, {1, 8, "and"}, {4, 4, ""}, {9, 2, ""}, {-3, 1, "tea"}, {5, 99, "breadcrumbs"}} {
		var words []string
		for _, w := range scan.TokensIn(c.start, c.end) {
			words = append(words, w.Folded)
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%d to %d: %q, want %q", c.start, c.end, got, c.want)
		}
	}
}

func TestPhrasesOfOneLanguageCanBeToldApart(t *testing.T) {
	terms, err := phrasesOf(t, "version: 1\nphrases: {drink: {en: [tea], fr: [thé]}}").CompileByLanguage()
	if err != nil {
		t.Fatal(err)
	}
	hit := terms.Find(Words("un bon thé"))[0]
	for id, want := range map[string]bool{"drink": true, InLanguage("drink", "fr"): true, InLanguage("drink", "en"): false} {
		if hit.Has(id) != want {
			t.Errorf("%s: %v", id, !want)
		}
	}
}

func TestPhraseFilesThatAreWrongAreRefused(t *testing.T) {
	for text, says := range map[string]string{
		"phrases: {drink: [tea]}":           "f.yaml:1",
		"phrasez: {}":                       "phrasez",
		"phrases: {drink: {en: [\"...\"]}}": `f.yaml: phrase "..."`,
	} {
		if _, err := LoadTerms(fstest.MapFS{"f.yaml": {Data: []byte(text)}}, "f.yaml"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: error %v, want one that says %q", text, err, says)
		}
	}
}
