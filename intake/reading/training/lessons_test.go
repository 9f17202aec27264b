//go:build !race

package training_test

import (
	"strings"
	"testing"

	"verbale/intake/reading/readingtest"
	"verbale/intake/reading/training"
)

func TestLessonsOfAnOfficesOwnSentences(t *testing.T) {
	lessons, err := training.Lessons(sentences(), readingtest.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ file, classes string }{
		{"roles.model", "ask_advisory ask_capacity_building ask_project courtesy thanks"},
		{"kinds.model", "other.thanks spam"},
		{"subjects.model", "energy-efficiency technical-cooperation-coordination"},
		{"words.model", themesOfTheVocabulary()},
		{"services.model", "advisory capacity_building project"},
	} {
		l := lessons[i]
		if got := strings.Join(l.Train(l.Examples).Classes(), " "); l.File != want.file || got != want.classes {
			t.Errorf("%s tells apart %s; want %s: %s", l.File, got, want.file, want.classes)
		}
	}
	if e := lessons[2].Examples[1]; e.Language != "ru" || e.Theme != "energy-efficiency" {
		t.Errorf("language %s, theme %s", e.Language, e.Theme)
	}
}
