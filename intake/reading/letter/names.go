package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a name: given name and family name, perhaps a patronymic and a
// particle.
const (
	fewNameWords  = 2
	manyNameWords = 5
)

// looksLikeName reports whether a piece is two to five words with capitals and
// nothing else: "Jelena Popadić", "Д. Р. Холматзода", "Mame Diarra NDIAYE".
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
	return whole >= 1 && words >= fewNameWords && words <= manyNameWords && (initials > 0 || whole >= 2)
}

// dashAt returns the length of a dash with blanks around it with which a text begins;
// 0 for none.
func dashAt(text string) int {
	for _, dash := range []string{" - ", " – ", " — "} {
		if strings.HasPrefix(text, dash) {
			return len(dash)
		}
	}
	return 0
}

// CutPieces cuts a line at commas, vertical bars, dashes and gaps of three spaces or a
// tab; quotation marks and brackets hold a piece together.
func CutPieces(text string, start, end int) []Stretch {
	var out []Stretch
	add := func(from, to int) {
		trimmed := strings.TrimLeftFunc(text[from:to], unicode.IsSpace)
		from = to - len(trimmed)
		to = from + len(strings.TrimRightFunc(trimmed, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }))
		if from < to {
			out = append(out, Stretch{from, to})
		}
	}
	from := start
	for i := start; i < end; i++ {
		wide := text[i] == '\t' || text[i] == ' ' && strings.HasPrefix(text[i:end], "   ")
		if text[i] == ',' || text[i] == '|' || text[i] == ';' || wide || strings.HasPrefix(text[i:end], " / ") {
			add(from, i)
			from = i + 1
		} else if n := dashAt(text[i:end]); n > 0 {
			add(from, i)
			from = i + n
			i = from - 1
		}
	}
	add(from, end)
	return out
}
