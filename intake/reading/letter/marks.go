package letter

import (
	"strings"
	"unicode"

	"verbale/intake/lexicon"
)

// wordsBefore splits a text into words, without the punctuation around them.
func wordsBefore(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".:°º(", r) })
}

// EndsInNumberMark reports whether the last word of a text is "No.", "№", "n°" or another
// abbreviation of "number".
func EndsInNumberMark(text string) bool {
	words := wordsBefore(text)
	return len(words) > 0 && lexicon.IsNumberMark(lexicon.FoldString(words[len(words)-1]))
}

// EndsInDigits reports whether the last word of a text is numeric, so that digits after it may
// belong to a telephone number.
func EndsInDigits(text string) bool {
	words := wordsBefore(text)
	return len(words) > 0 && strings.Trim(words[len(words)-1], "0123456789+-()") == ""
}

// beginsWithNumber reports whether a line begins with a number mark and a number ("№ 12/3").
func beginsWithNumber(text string) bool {
	digit := strings.IndexAny(text, "0123456789")
	return digit > 0 && EndsInNumberMark(text[:digit]) && len(strings.Fields(text[:digit])) <= 2
}
