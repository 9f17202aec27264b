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
