package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on the number of words in a name: given name and family name, perhaps a patronymic.
const (
	fewNameWords  = 2
	manyNameWords = 5
)

// looksLikeName reports whether a text is two to five capitalised words and nothing else, name
// particles aside: "Jelena Popadić", "Д. Р. Холматзода", "Mame Diarra NDIAYE".
func (w *Wording) looksLikeName(text string) bool {
	if strings.ContainsAny(text, "0123456789@:/()«»\"!?&+_*=") || utf8.RuneCountInString(text) > 50 {
		return false
	}
	words, whole, initials := 0, 0, 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '.' }) {
		first, _ := utf8.DecodeRuneInString(word)
		n := utf8.RuneCountInString(word)
		switch {
		case w.particles[word]:
			continue
		case !unicode.IsUpper(first):
			return false
		case n <= 2:
			initials++
		default:
			whole++
		}
		words++
	}
	return whole >= 1 && words >= fewNameWords && !isAcronyms(text) && words <= manyNameWords && (initials > 0 || whole >= 2)
}

// longestShortName is the length in characters up to which words in capitals, if all are that
// short, are taken for acronyms rather than a name.
const longestShortName = 3

// isAcronyms reports whether a text consists of short words in capitals only: "АБВ ГД".
func isAcronyms(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if word != strings.ToUpper(word) || strings.Contains(word, ".") || utf8.RuneCountInString(word) > longestShortName {
			return false
		}
	}
	return true
}

// dashAt returns the length of the dash with surrounding spaces at the start of a text; 0 if
// there is none.
func dashAt(text string) int {
	for _, dash := range []string{" - ", " – ", " — "} {
		if strings.HasPrefix(text, dash) {
			return len(dash)
		}
	}
	return 0
}

// gapAt returns the length of the separator between pieces of a line at the start of a text; 0
// if there is none.
func gapAt(text string) int {
	for _, gap := range []string{"\t", "   ", " / ", "__", "•", "·", "●"} {
		if strings.HasPrefix(text, gap) {
			return len(gap)
		}
	}
	return dashAt(text)
}

// CutPieces splits a line at commas, semicolons, vertical bars, dashes and slashes with
// surrounding spaces, bullets, signature lines ("__"), and gaps of three spaces or a tab.
func CutPieces(text string, start, end int) []Stretch {
	var out []Stretch
	add := func(from, to int) {
		if x := trimPiece(text, from, to); x.Start < x.End {
			out = append(out, x)
		}
	}
	from := start
	for i := start; i < end; i++ {
		n := gapAt(text[i:end])
		if text[i] == ',' || text[i] == '|' || text[i] == ';' {
			n = 1
		}
		if n > 0 {
			add(from, i)
			from = i + n
			i = from - 1
		}
	}
	add(from, end)
	return out
}

// trimPiece trims blanks and separators around a piece, and the slashes or brackets that
// enclose it: "/A. Sample/", "(A. Sample)".
func trimPiece(text string, from, to int) Stretch {
	trimmed := strings.TrimLeftFunc(text[from:to], func(r rune) bool { return unicode.IsSpace(r) || r == '_' })
	from = to - len(trimmed)
	to = from + len(strings.TrimRightFunc(trimmed, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' || r == '_' }))
	if to-from > 2 && (text[from] == '/' && text[to-1] == '/' || text[from] == '(' && text[to-1] == ')') {
		return Stretch{from + 1, to - 1}
	}
	return Stretch{from, to}
}
