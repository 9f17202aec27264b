package what

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// WordsOfSubject returns the folded words of tokens from which a model can tell the subject.
// Numbers are left out, as are capitalised words inside sentences, since they name the places,
// people and institutions of one letter.
func WordsOfSubject(text string, tokens []lexicon.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		first, _ := utf8.DecodeRuneInString(text[t.Start:])
		if unicode.IsDigit(first) || unicode.IsUpper(first) && !t.Break {
			continue
		}
		b.WriteString(t.Folded)
		b.WriteByte(' ')
	}
	return b.String()
}
