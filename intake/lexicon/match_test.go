package lexicon

import (
	"fmt"
	"strings"
	"testing"
)

// found lists what a matcher of the given terms finds in a text, as
// "words=id", in order.
func found(t *testing.T, terms map[string][]string, text string) string {
	t.Helper()
	compiled, err := CompileTerms(terms)
	if err != nil {
		t.Fatal(err)
	}
	s := Words(text)
	var out []string
	for _, h := range compiled.Find(s) {
		for _, sense := range h.Senses {
			out = append(out, fmt.Sprintf("%s=%s", text[h.Start:h.End], sense.ID))
		}
	}
	return strings.Join(out, "; ")
}

func TestTermsAreFound(t *testing.T) {
	for _, c := range []struct {
		name string
		term string
		text string
		want string
	}{
		{"whole words only", "rail", "trailers on rail", "rail=x"},
		{"any case and accent", "évaluation", "EVALUATION", "EVALUATION=x"},
		{"stem", "вод*", "водный завод", "водный=x"},
		{"stem in a phrase", "трансграничн* вод*", "трансграничных вод", "трансграничных вод=x"},
		{"acronym in capitals", "ADR", "ADR", "ADR=x"},
		{"acronym not in small letters", "TIR", "le tir", ""},
		{"long acronym in any case", "UNFCCC", "unfccc", "unfccc=x"},
		{"acronym within a phrase in any case", "PRTR protocol", "the Prtr Protocol", "Prtr Protocol=x"},
		{"plural of a singular term", "study tour", "study tours", "study tours=x"},
		{"singular of a plural term", "transboundary waters", "transboundary water", "transboundary water=x"},
		{"plural in -ies", "strategy", "two strategies", "strategies=x"},
		{"British and American", "standardization", "standardisation", "standardisation=x"},
		{"hyphen or space", "capacity building", "capacity-building", "capacity-building=x"},
		{"elision", "Albanie", "l’appui à l'Albanie", "Albanie=x"},
		{"wrapped line", "road safety", "road\nsafety", "road\nsafety=x"},
		{"no phrase over a full stop", "water quality", "Clean water. Quality matters", ""},
		{"no phrase over an empty line", "road safety", "road\n\nsafety", ""},
		{"no phrase over a bracket", "road safety", "road (safety)", ""},
		{"number after its mark", "Recommendation 33", "Recommendation No. 33", "Recommendation No. 33=x"},
		{"number after a French mark", "recommandation 33", "recommandation n° 33", "recommandation n° 33=x"},
		{"number after a Russian mark", "рекомендаци* № 33", "Рекомендация 33", "Рекомендация 33=x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := found(t, map[string][]string{"x": {c.term}}, c.text); got != c.want {
				t.Errorf("%q in %q: found %q, want %q", c.term, c.text, got, c.want)
			}
		})
	}
}

func TestTheLongestTermWins(t *testing.T) {
	terms := map[string][]string{
		"water": {"water"}, "health": {"protocol on water and health"}, "protocol": {"protocol"}, "hold": {"and hold"},
	}
	got := found(t, terms, "The Protocol on Water and Health, and water")
	if want := "Protocol on Water and Health=health; water=water"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestOneTermMayStandForSeveral(t *testing.T) {
	got := found(t, map[string][]string{"a": {"basin*"}, "b": {"basins"}}, "basins")
	if want := "basins=a; basins=b"; got != want && got != "basins=b; basins=a" {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestALongerCueDoesNotUnsayAShorter(t *testing.T) {
	cues := senses(embedded(t), ClassCue, "On behalf of the Governments of Georgia and Armenia")
	for _, id := range []string{"joint", "behalf"} {
		if !strings.Contains(cues, id) {
			t.Errorf("cue %s is not among %q", id, cues)
		}
	}
}

func TestATermWithoutAWordIsRefused(t *testing.T) {
	if _, err := CompileTerms(map[string][]string{"x": {"…"}}); err == nil {
		t.Error("a term without a word was compiled")
	}
}
