package routing_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/routing"
)

func TestEmbeddedFilesFitTheEmbeddedVocabulary(t *testing.T) {
	vocabulary, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	dir, err := routing.EmbeddedDirectory()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := routing.EmbeddedRules()
	if err != nil {
		t.Fatal(err)
	}
	table, err := routing.Compile(dir, rules, vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules.Rules {
		for _, lang := range []string{"en", "fr", "ru"} {
			if rule.Because[lang] == "" {
				t.Errorf("rule %s says nothing of itself in %s", rule.ID, lang)
			}
		}
	}
	for theme := range themes {
		division, ok := vocabulary.DivisionOf(theme)
		if !ok || division != themes[theme] {
			t.Errorf("theme %s of these tests is the vocabulary's of %q", theme, division)
		}
		r := table.Route(routing.Question{Reading: about(theme, advisory), At: noon})
		if _, post := dir.Post(r.Assignee); post != (division != rules.Fallback) || r.CarriedBy == intake.CarriedByBoth {
			t.Errorf("advice on %s goes to %s, carried by %s", theme, r.Assignee, r.CarriedBy)
		}
	}
}
