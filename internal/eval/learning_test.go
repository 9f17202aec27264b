package eval

import (
	"reflect"
	"testing"

	"verbale/intake/learned"
	"verbale/intake/reading/training"
)

func example(language, class string) training.LabelledText {
	return training.LabelledText{Example: learned.Example{Class: class, Text: class}, Language: language}
}

func TestEveryExampleIsHeldOutOnceByLineAndOnceByLanguage(t *testing.T) {
	var l training.Lesson
	for range 4 {
		l.Examples = append(l.Examples, example("en", "spam"), example("fr", "spam"), example("ru", "request"))
	}
	rehearsals := Rehearsals(l)
	if len(rehearsals) != folds+3 {
		t.Fatalf("%d rehearsals, want one for each of %d folds and 3 languages", len(rehearsals), folds)
	}
	byLine, byLanguage := 0, 0
	for _, r := range rehearsals {
		seen, held := r.split()
		if len(seen)+len(held) != len(l.Examples) {
			t.Errorf("%d seen, %d held out of %d", len(seen), len(held), len(l.Examples))
		}
		if r.language == "" {
			byLine += len(held)
			continue
		}
		byLanguage += len(held)
		for _, e := range held {
			if e.Language != r.language {
				t.Errorf("%s is held out with %s", e.Language, r.language)
			}
		}
		for _, e := range seen {
			if e.Language == r.language {
				t.Errorf("%s is shown to a model that shall not know it", e.Language)
			}
		}
	}
	if byLine != len(l.Examples) || byLanguage != len(l.Examples) {
		t.Errorf("held out %d by line and %d by language, want %d", byLine, byLanguage, len(l.Examples))
	}
}

func TestNoRehearsalWithoutAnythingToLearnOrToAsk(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 0, 2: 2, 7: folds} {
		var l training.Lesson
		for range n {
			l.Examples = append(l.Examples, example("en", "spam"))
		}
		if got := len(Rehearsals(l)); got != want {
			t.Errorf("%d examples in one language: %d rehearsals, want %d", n, got, want)
		}
	}
}

func TestTheSortsOfAKindCountTogether(t *testing.T) {
	classes := []string{"other.invitation", "other.thanks", "request", "spam"}
	for _, tt := range []struct {
		scores      learned.Scores
		class, kind string
	}{
		{learned.Scores{0.3, 0.3, 0.4, 0}, "request", "other"},
		{learned.Scores{0.2, 0.1, 0.4, 0.3}, "request", "request"},
		{learned.Scores{0, 0.6, 0.2, 0.2}, "other.thanks", "other"},
	} {
		if class, kind := likeliest(classes, tt.scores); class != tt.class || kind != tt.kind {
			t.Errorf("%v: %s of kind %s, want %s of kind %s", tt.scores, class, kind, tt.class, tt.kind)
		}
	}
}

func TestLearningByLanguageThemeKindAndClass(t *testing.T) {
	answer := func(language, class, got string, byLanguage bool) Answer {
		return Answer{Example: example(language, class), Class: got, Kind: kindOf(got), byLanguage: byLanguage}
	}
	var l Learning
	l.Add(
		answer("en", "other.thanks", "other.invitation", false),
		answer("en", "other.thanks", "request", true),
		answer("fr", "request", "request", false),
	)
	l.Add(answer("fr", "request", "other.thanks", false))
	if want := (Learned{"all", Share{1, 3}, Share{0, 1}}); l.All() != want {
		t.Errorf("all %v, want %v", l.All(), want)
	}
	for name, tt := range map[string]struct{ got, want []Learned }{
		"languages": {l.Languages(), []Learned{{"en", Share{0, 1}, Share{0, 1}}, {"fr", Share{1, 2}, Share{}}}},
		"kinds":     {l.Kinds(), []Learned{{"all", Share{2, 3}, Share{0, 1}}, {"other", Share{1, 1}, Share{0, 1}}, {"request", Share{1, 2}, Share{}}}},
		"classes":   {l.Classes(), []Learned{{"other.thanks", Share{0, 1}, Share{0, 1}}, {"request", Share{1, 2}, Share{}}}},
		"themes":    {l.Themes(), nil},
	} {
		if !reflect.DeepEqual(tt.got, tt.want) {
			t.Errorf("%s %v, want %v", name, tt.got, tt.want)
		}
	}
}

func TestThemesAreShownWhereTheyAreNotWhatIsLearned(t *testing.T) {
	themed := func(theme, class string) Answer {
		a := Answer{Example: example("en", class), Class: class}
		a.Example.Theme = theme
		return a
	}
	var services, subjects Learning
	services.Add(themed("water", "advisory"), themed("energy", "advisory"))
	subjects.Add(themed("water", "water"), themed("energy", "energy"))
	if got := services.Themes(); len(got) != 2 || got[0].Name != "energy" {
		t.Errorf("services by theme: %v", got)
	}
	if got := subjects.Themes(); got != nil {
		t.Errorf("subjects by theme: %v, which their classes show already", got)
	}
}
