package eval

import (
	"math"
	"strings"
	"testing"
)

func TestWhatIsTheSame(t *testing.T) {
	tests := []struct {
		same      func(want, got string) bool
		want, got string
		is        bool
	}{
		{sameText, "Ministry of Energy", "MINISTRY OF ENERGY.", true},
		{sameText, "Министерство учёта", "министерство учета", true},
		{sameText, "Ministère de l’Énergie", "Ministere de l'energie", true},
		{sameText, "Ministry of Energy", "Ministry of Energy of Armenia", true},
		{sameText, "Ministry of Energy", "the Ministry of Energy of the Republic of Armenia", false},
		{sameText, "Ministry of Energy", "Ministry of Transport", false},
		{sameText, "Министерство транспорта", "Министерства транспорта", true},
		{sameName, "Д. Р. Холматзода", "Холматзода Д.Р.", true},
		{sameName, "Lilit Sargsyan", "Lilit A. Sargsyan", true},
		{sameName, "Lilit Sargsyan", "Sargsyan", false},
		{sameName, "Sargsyan", "Lilit Sargsyan", true},
		{sameName, "Lilit Sargsyan", "Lilit Petrosyan", false},
		{sameAddress, "L.Sargsyan@ministry.example", " l.sargsyan@ministry.example", true},
		{sameAddress, "l.sargsyan@ministry.example", "sargsyan@ministry.example", false},
		{sameNumber, "№ 01-12/34", "N 01-12/34", true},
		{sameNumber, "01-12/34", "01 - 12 / 34", true},
		{sameNumber, "01-12/34", "01-12/35", false},
		{equal, "2026-03-20", "2026-03-20", true},
		{equal, "2026-03-20", "2026-03-21", false},
	}
	for _, tt := range tests {
		if got := tt.same(tt.want, tt.got); got != tt.is {
			t.Errorf("%q and %q: same is %v, want %v", tt.want, tt.got, got, tt.is)
		}
	}
}

// The expected values are those of SequenceMatcher.ratio of Python's difflib, which is not
// symmetric.
func TestSimilarity(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"", "", 1},
		{"a", "b", 0},
		{"abcd", "bcde", 0.75},
		{"abxcd", "abcdabcd", 0.6153846153846154},
		{"tide", "diet", 0.25},
		{"diet", "tide", 0.5},
		{"ministry of energy", "the ministry of energy of armenia", 0.7058823529411765},
		{"министерство транспорта", "министерство транспорта и связи", 0.8518518518518519},
	}
	for _, tt := range tests {
		if got := similarity(tt.a, tt.b); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("%q and %q: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	if got := strings.Join(words("L’Élan n° 4_b —  Ёлки, ﬁn!"), "|"); got != "l|elan|n|4_b|елки|fin" {
		t.Error(got)
	}
}
