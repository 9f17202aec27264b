package doctext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// spelledOut are the characters that typesetting puts for others: ligatures,
// spaces of all widths and kinds, line ends. A search would miss what they hide.
var spelledOut = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n",
	"\ufb00", "ff", "\ufb01", "fi", "\ufb02", "fl", "\ufb03", "ffi", "\ufb04", "ffl", "\ufb05", "st", "\ufb06", "st",
	"\u00a0", " ", "\u2002", " ", "\u2003", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "\u3000", " ",
)

// tidy makes text fit for reading on: valid UTF-8 in composed form, line feeds,
// no control or invisible characters, no white space at the ends of lines, at
// most one blank line in a row. It cuts the text after limit bytes, at a line
// end where one is near, and says so.
func tidy(raw string, limit int) (text string, cut bool) {
	raw = norm.NFC.String(strings.ToValidUTF8(raw, "\ufffd"))
	raw = strings.Map(visible, spelledOut.Replace(raw))
	raw = norm.NFC.String(raw) // what stood apart may now stand together
	var b strings.Builder
	blank := true // at the start, so that the text does not begin with a blank line
	for line := range strings.SplitSeq(raw, "\n") {
		line = strings.TrimRight(line, " \t")
		if line == "" && blank {
			continue
		}
		blank = line == ""
		b.WriteString(line)
		b.WriteByte('\n')
	}
	text = strings.TrimRight(b.String(), "\n")
	if len(text) <= limit {
		return text, false
	}
	return cutAt(text, limit), true
}

// visible drops the characters that show nothing: controls, soft hyphens,
// zero-width and direction marks, byte order marks. The joiners stay, since
// some scripts need them.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t' || r == '\u200c' || r == '\u200d':
		return r
	case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\ufffe' || r == '\uffff':
		return -1
	}
	return r
}

// cutAt keeps at most limit bytes of text, whole characters, and whole lines
// unless that would lose more than a tenth.
func cutAt(text string, limit int) string {
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	text = text[:limit]
	if i := strings.LastIndexByte(text, '\n'); i > limit-limit/10 {
		text = text[:i]
	}
	return strings.TrimRight(text, " \t\n")
}
