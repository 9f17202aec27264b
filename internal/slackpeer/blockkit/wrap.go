package blockkit

import (
	"fmt"
	"strings"
	"unicode"
)

// wide are the characters that take two columns of a terminal (Unicode Standard
// Annex 11, the ranges that matter here).
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115f, Stride: 1}, {Lo: 0x2e80, Hi: 0x303e, Stride: 1}, {Lo: 0x3041, Hi: 0xa4cf, Stride: 1},
		{Lo: 0xac00, Hi: 0xd7a3, Stride: 1}, {Lo: 0xf900, Hi: 0xfaff, Stride: 1}, {Lo: 0xfe30, Hi: 0xfe6f, Stride: 1},
		{Lo: 0xff00, Hi: 0xff60, Stride: 1}, {Lo: 0xffe0, Hi: 0xffe6, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1f300, Hi: 0x1f64f, Stride: 1}, {Lo: 0x1f680, Hi: 0x1f6ff, Stride: 1}, {Lo: 0x1f900, Hi: 0x1f9ff, Stride: 1},
		{Lo: 0x20000, Hi: 0x3fffd, Stride: 1},
	},
}

// width is the number of columns that a string takes. Of a flag, each of its two
// letters takes one.
func width(s string) (n int) {
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.Is(wide, r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// pad fills a string with spaces up to a width.
func pad(s string, to int) string {
	return s + strings.Repeat(" ", max(0, to-width(s)))
}

// wrap divides a text into lines of at most so many columns, at spaces where it can.
func wrap(s string, columns int) (lines []string) {
	for line := range strings.SplitSeq(s, "\n") {
		lines = append(lines, wrapLine(strings.TrimRight(line, " "), max(columns, 2))...)
	}
	return lines
}

func wrapLine(s string, columns int) (lines []string) {
	line := ""
	for i, word := range strings.Split(s, " ") {
		if i > 0 && width(line)+1+width(word) <= columns {
			line += " " + word
			continue
		}
		if i > 0 {
			lines = append(lines, line)
		}
		var whole []string
		whole, line = split(word, columns)
		lines = append(lines, whole...)
	}
	return append(lines, line)
}

// split cuts a word that is wider than a line.
func split(word string, columns int) (lines []string, rest string) {
	start, n := 0, 0
	for i, r := range word {
		w := width(string(r))
		if n+w > columns {
			lines = append(lines, word[start:i])
			start, n = i, 0
		}
		n += w
	}
	return lines, word[start:]
}

// drawn are the signs that pictures are drawn with.
const drawn = "⟨⟩⟦⟧‹›⚑⁇⋯░▏▸↳▾▣▶═─│┌└"

// visible writes out the characters that change how others are shown and cannot be
// seen themselves (control characters, marks of direction, spaces of no width), and
// those that pictures are drawn with, so that no text passes for a button or a
// mention. Characters that join emoji stay.
func visible(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, "⟦U+%04X⟧", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	const joiner = '\u200d'
	return r != '\n' && r != joiner && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) ||
		strings.ContainsRune(drawn, r)
}
