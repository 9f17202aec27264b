package what

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// WordsOfSubject returns the folded words of a stretch of a text by which a
// model may tell its subject: all but numbers and but the capitalised words
// within sentences, which name the towns, people and bodies of one letter.
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
