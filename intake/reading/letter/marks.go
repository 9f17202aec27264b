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

// Limits on a register number that stands alone in its line, without a mark before it.
const (
	longestRegister = 40 // bytes
	fewestDigits    = 5
)

// IsRegisterNumber reports whether a line is nothing but a register number: groups of digits
// and office codes in capitals, with separators ("E-58112763-045.02-118", "MES 4 26 00918").
func IsRegisterNumber(text string) bool {
	text = strings.TrimSpace(text)
	digits, codes, separators := 0, 0, 0
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case unicode.IsUpper(r):
			codes++
		case r == '-' || r == '/' || r == ' ':
			separators++
		case r != '.':
			return false
		}
	}
	return len(text) <= longestRegister && digits >= fewestDigits && codes > 0 && separators > 1
}
