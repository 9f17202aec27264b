package intake

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
		for _, x := range cutSentences(text, 0, len(text), partBody) {
			if x.end-x.start > 2*longestSentence+utf8.UTFMax {
				t.Errorf("%s: a sentence of %d bytes", name, x.end-x.start)
			}
			if !utf8.ValidString(text[x.start:x.end]) {
				t.Errorf("%s: cut within a character", name)
			}
			rebuilt.WriteString(text[x.start:x.end])
		}
		if strings.ReplaceAll(rebuilt.String(), " ", "") != strings.ReplaceAll(text, " ", "") {
			t.Errorf("%s: words were lost", name)
		}
	}
}
