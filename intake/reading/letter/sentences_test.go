package letter

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEndlessSentencesAreCut(t *testing.T) {
	for name, text := range map[string]string{
		"with blanks":    strings.Repeat("by 12 March 2027, ", 1000),
		"without blanks": strings.Repeat("вода,", 10_000),
	} {
		var rebuilt strings.Builder
		for _, x := range cutSentences(text, 0, len(text), PartBody) {
			if x.End-x.Start > 2*longestSentence+utf8.UTFMax {
				t.Errorf("%s: a sentence of %d bytes", name, x.End-x.Start)
			}
			if !utf8.ValidString(text[x.Start:x.End]) {
				t.Errorf("%s: cut within a character", name)
			}
			rebuilt.WriteString(text[x.Start:x.End])
		}
		if strings.ReplaceAll(rebuilt.String(), " ", "") != strings.ReplaceAll(text, " ", "") {
			t.Errorf("%s: words were lost", name)
		}
	}
}

// The marker of a list item is searched for only close to the full stop, so that a line of
// megabytes with a full stop every few bytes takes linear time.
func TestStopsBehindTheMarkOfAListItem(t *testing.T) {
	for before, want := range map[string]bool{
		"2":                                true,
		"Tasks:\n  12":                     true,
		"iv":                               true,
		"Tasks:\n":                         false,
		"Tasks 2":                          false,
		"Article\n2 of law 7":              false,
		strings.Repeat("A. B. ", 50) + "2": false,
		strings.Repeat(" ", 50) + "2":      false,
	} {
		if got := numbersItem(before); got != want {
			t.Errorf("%q: %v, want %v", before, got, want)
		}
	}
}

// A full stop ends a sentence after the acronym of an organisation, but not after an initial
// or an abbreviated title.
func TestStopsBehindCapitals(t *testing.T) {
	for text, want := range map[string]int{
		"It will be agreed with the UN. The credit is for roads.": 2,
		"Грант выделил ЕС. Просим направить эксперта.":            2,
		"We write for Mr. Example of the Ministry.":               1,
		"Заместитель министра Дж. Примеров просит ответить.":      1,
		"The letter of A. B. Example is enclosed.":                1,
		"The address is PO. 12, Strelsau.":                        1,
	} {
		if got := len(cutSentences(text, 0, len(text), PartBody)); got != want {
			t.Errorf("%q: %d sentences, want %d", text, got, want)
		}
	}
}
