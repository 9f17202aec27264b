package doctext

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

const (
	fewLetters   = 25  // a page with fewer, and something drawn on it, is taken for a scan
	stampLetters = 400 // a page that is covered by a picture may carry a stamp or a scanner's mark of fewer
	covered      = 0.5 // share of the page
	garbageShare = 0.2 // of characters without meaning
)

// isScan reports whether what stands on a page must be got from its picture.
// drawn is the share of the page that the largest thing drawn covers.
func isScan(text string, drawn float64) bool {
	n := letters(text)
	switch {
	case isGarbage(text):
		return true
	case drawn > covered:
		return n < stampLetters
	}
	return drawn > 0 && n < fewLetters
}

// maybeScan reports whether it matters what is drawn on a page.
func maybeScan(text string) bool { return letters(text) < stampLetters || isGarbage(text) }

// letters counts letters and digits.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// isGarbage reports a text layer whose font does not say which characters its
// glyphs stand for: private use, replacement and control characters.
func isGarbage(text string) bool {
	bad, all := 0, 0
	for _, r := range text {
		if unicode.IsSpace(r) || r == lineHyphen {
			continue
		}
		all++
		if r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) || unicode.IsControl(r) {
			bad++
		}
	}
	return all > 0 && float64(bad) > garbageShare*float64(all)
}

// lineHyphen is what PDFium writes for a hyphen at a line end.
const lineHyphen = '\u0002'

// repairCyrillic turns a text layer that gives the bytes of windows-1251 as if
// they were Latin-1, which old Cyrillic fonts do, into what it means.
func repairCyrillic(text string) string {
	high, all := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			all++
			if r >= 0xc0 && r <= 0xff {
				high++
			}
		}
	}
	if high*2 < all || high == 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if b, ok := charmap.Windows1252.EncodeRune(r); ok && b >= 0x80 {
			return charmap.Windows1251.DecodeByte(b)
		}
		return r
	}, text)
}
