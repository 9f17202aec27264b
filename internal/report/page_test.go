package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gonum.org/v1/plot/text"

	"verbale/internal/phrases"
)

// withLongNames returns a report with all themes and divisions.
func withLongNames(t *testing.T) *Report {
	t.Helper()
	r := mustMake(t, asOf(day(12, 31)), lives(t, 3, 200)...)
	_, n := office()
	for i := range r.Requests {
		q := &r.Requests[i]
		q.Division = n.Directory.Divisions[i%len(n.Directory.Divisions)].ID
		q.Theme = n.Vocabulary.Themes[i%len(n.Vocabulary.Themes)].ID
	}
	return r
}

// The longest names of themes and divisions must fit the width of the page without being
// truncated, in each language.
func TestAPageHoldsTheLongestNames(t *testing.T) {
	r := withLongNames(t)
	for _, lang := range phrases.Languages {
		var out bytes.Buffer
		if err := r.WriteText(&out, in(lang)); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > pageWide || strings.Contains(line, "…") && !strings.HasPrefix(line, "  … ") {
				t.Errorf("%s: %d characters: %s", lang, n, line)
			}
		}
		said := strings.Join(strings.Fields(out.String()), " ")
		for _, f := range r.Figures(ByDivision) {
			for word := range strings.FieldsSeq(in(lang).Of(ByDivision, f.ID)) {
				if !strings.Contains(said, word) {
					t.Errorf("%s: no %s", lang, word)
				}
			}
		}
	}
}

func TestLinesOfACell(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 5, []string{""}},
		{"short", 5, []string{"short"}},
		{"two words", 5, []string{"two", "words"}},
		{"a b c d", 3, []string{"a b", "c d"}},
		{"unbreakable", 4, []string{"unbr", "eaka", "ble"}},
		{"и снова unbreakable x", 6, []string{"и", "снова", "unbrea", "kable", "x"}},
	} {
		if got := inLines(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%q at %d: %q", c.text, c.width, got)
		}
	}
}

// No name of a division or country may be truncated next to its bar.
func TestNamesStandWholeBesideTheirBars(t *testing.T) {
	_, all := office()
	s, small, legend := style(regular, textSize, ink, text.XRight), style(regular, smallSize, ink, text.XRight), columns{}.legendStyle()
	for _, lang := range phrases.Languages {
		names := []string{in(lang).Of(ByCountry, ""), in(lang).say("report.all")}
		for _, d := range all.Directory.Divisions {
			names = append(names, in(lang).Of(ByDivision, d.ID))
		}
		for _, c := range all.Vocabulary.Countries {
			names = append(names, in(lang).Of(ByCountry, c.ID))
		}
		for _, name := range names {
			first, rest := halves(small, name, mostName)
			if s.Width(name) > mostName && (small.Width(first) > mostName || small.Width(rest) > mostName) {
				t.Errorf("%s: %q needs %.0f points", lang, name, s.Width(name))
			}
			if legend.Width(name) > chartWidth-2*margin-markRoom-10 {
				t.Errorf("%s: %q needs %.0f points in a legend", lang, name, legend.Width(name))
			}
		}
	}
}
