package training_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"verbale/intake/reading/readingtest"
	"verbale/intake/reading/training"
)

// The stored models must be those that the training data give, so that neither can be changed
// without the other.
func TestStoredModelsComeFromTheTrainingData(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("trains every model anew, which takes half a minute")
	}
	lessons, err := training.Lessons(training.Sentences(), readingtest.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lessons {
		t.Run(l.File, func(t *testing.T) {
			t.Parallel()
			got, err := l.Train(l.Examples).Encode()
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Join("..", "data", l.File)
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s is not what the training data give: run verbale train --out intake/reading/data", name)
			}
		})
	}
}

// sentences returns a small folder of labelled sentences.
func sentences() fstest.MapFS {
	return fstest.MapFS{
		"roles.jsonl": {Data: []byte(`{"lang": "en", "role": "thanks", "text": "We thank you."}` + "\n\n" +
			`{"lang": "fr", "role": "courtesy", "text": "Veuillez agréer nos salutations."}`)},
		"kinds.jsonl": {Data: []byte(`{"lang": "en", "kind": "spam", "subject": "Win", "text": "You have won."}` + "\n" +
			`{"lang": "en", "kind": "other", "sub": "thanks", "text": "Thank you for the seminar."}` + "\n")},
		"asks/energy.jsonl": {Data: []byte(`{"lang": "en", "theme": "energy-efficiency", "service": "advisory", "text": "We ask for advice on energy audits."}` + "\n" +
			`{"lang": "ru", "theme": "energy-efficiency", "service": "project", "text": "Просим начать проект."}`)},
		"asks/water.jsonl": {Data: []byte(`{"lang": "en", "theme": "none", "service": "capacity_building", "text": "Please train us."}`)},
	}
}

// themesOfTheVocabulary returns the themes in order: the words model learns the terms of every
// theme, even of those without training sentences.
func themesOfTheVocabulary() string {
	var ids []string
	for _, theme := range readingtest.Vocabulary().Themes {
		ids = append(ids, theme.ID)
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func TestSentencesThatCannotBeLearnedFromAreNamed(t *testing.T) {
	for _, tt := range []struct{ file, data, says string }{
		{"roles.jsonl", `{"lang": "en", "role": "thank", "text": "We thank you."}`, `roles.jsonl:1: role "thank" is not known`},
		{"roles.jsonl", "\n{\"lang\": \"en\"", "roles.jsonl:2: unexpected end"},
		{"roles.jsonl", `{"role": "thanks", "text": "We thank you."}`, "roles.jsonl:1: text or lang"},
		{"roles.jsonl", "\n", "no sentence in roles.jsonl"},
		{"kinds.jsonl", `{"lang": "en", "kind": "junk", "text": "You have won."}`, `kinds.jsonl:1: kind "junk"`},
		{"kinds.jsonl", `{"lang": "en", "kind": "other", "text": "Thanks."}`, "kinds.jsonl:1: kind other needs a sub"},
		{"asks/water.jsonl", `{"lang": "en", "theme": "watr", "service": "advisory", "text": "Help."}`, `asks/water.jsonl:1: theme "watr"`},
		{"asks/water.jsonl", `{"lang": "en", "theme": "water", "service": "advice", "text": "Help."}`, `asks/water.jsonl:1: service "advice"`},
		{"asks/water.jsonl", "", "no ask for service capacity_building"},
	} {
		files := sentences()
		files[tt.file] = &fstest.MapFile{Data: []byte(tt.data)}
		if _, err := training.Lessons(files, readingtest.Vocabulary()); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: error %v, want one that says %q", tt.data, err, tt.says)
		}
	}
}
