package reading_test

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"

	"verbale/intake/lexicon"
	"verbale/intake/reading"
	"verbale/intake/reading/readingtest"
	"verbale/intake/reading/training"
)

// taughtLanguages returns the languages that the models were trained on, according to
// languages.yaml.
func taughtLanguages(t *testing.T) []string {
	t.Helper()
	var f struct {
		Languages []struct {
			Code   string `yaml:"code"`
			Taught bool   `yaml:"taught"`
		} `yaml:"languages"`
	}
	if err := yaml.Unmarshal(read(t, reading.Embedded(), "languages.yaml"), &f); err != nil {
		t.Fatal(err)
	}
	var taught []string
	for _, l := range f.Languages {
		if l.Taught {
			taught = append(taught, l.Code)
		}
	}
	return taught
}

func read(t *testing.T, files fs.FS, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Where phrases or terms are listed by language, every taught language must have a list; an
// empty one says that the language has no such words.
func TestTaughtLanguagesHaveTheirPhrasesAndTermsEverywhere(t *testing.T) {
	taught := taughtLanguages(t)
	for _, files := range []fs.FS{reading.Embedded(), lexicon.Embedded()} {
		names, err := fs.Glob(files, "*.yaml")
		if err != nil || len(names) == 0 {
			t.Fatal("no files", err)
		}
		for _, name := range names {
			var content any
			if err := yaml.Unmarshal(read(t, files, name), &content); err != nil {
				t.Fatal(err)
			}
			for _, gap := range gaps(content, taught, name) {
				t.Error(gap)
			}
		}
	}
}

// gaps returns the paths of the lists by language, at any depth, that lack a language.
func gaps(node any, languages []string, path string) []string {
	var out []string
	switch node := node.(type) {
	case []any:
		for i, item := range node {
			place := fmt.Sprintf("%s[%d]", path, i)
			if m, ok := item.(map[string]any); ok && m["id"] != nil {
				place = fmt.Sprintf("%s %v", path, m["id"])
			}
			out = append(out, gaps(item, languages, place)...)
		}
	case map[string]any:
		listed := slices.DeleteFunc(slices.Clone(languages), func(l string) bool { _, ok := node[l].([]any); return !ok })
		for _, l := range languages {
			if len(listed) > 0 && !slices.Contains(listed, l) {
				out = append(out, fmt.Sprintf("%s lacks %s", path, l))
			}
		}
		for _, key := range slices.Sorted(maps.Keys(node)) {
			out = append(out, gaps(node[key], languages, path+" "+key)...)
		}
	}
	return out
}

// Every class of every model must have training sentences in each taught language.
func TestTaughtLanguagesHaveTrainingSentencesOfEveryClass(t *testing.T) {
	lessons, err := training.Lessons(training.Sentences(), readingtest.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lessons {
		languages := map[string]map[string]bool{}
		for _, e := range l.Examples {
			if languages[e.Class] == nil {
				languages[e.Class] = map[string]bool{}
			}
			languages[e.Class][e.Language] = true
		}
		for _, class := range slices.Sorted(maps.Keys(languages)) {
			for _, language := range taughtLanguages(t) {
				if !languages[class][language] {
					t.Errorf("%s: no sentence of %s in %s", l.File, class, language)
				}
			}
		}
	}
}
