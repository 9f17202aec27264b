package letter

import (
	"strings"
	"unicode"

	"verbale/intake/lexicon"
)

// wordsBefore returns the words of a text, without the marks around them.
func wordsBefore(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".:°º(", r) })
}

// EndsInNumberMark reports whether the last word of a text is "No.", "№", "n°"
// or another that stands before a number.
func EndsInNumberMark(text string) bool {
	words := wordsBefore(text)
	return len(words) > 0 && lexicon.IsNumberMark(lexicon.FoldString(words[len(words)-1]))
}

// EndsInDigits reports whether the last word of a text is a number, as before
// the rest of a telephone number.
func EndsInDigits(text string) bool {
	words := wordsBefore(text)
	return len(words) > 0 && strings.Trim(words[len(words)-1], "0123456789+-()") == ""
}

// beginsWithNumber reports whether a line begins with a number and the sign
// for it.
func beginsWithNumber(text string) bool {
	digit := strings.IndexAny(text, "0123456789")
	return digit > 0 && EndsInNumberMark(text[:digit]) && len(strings.Fields(text[:digit])) <= 2
}
