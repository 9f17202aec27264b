package eml

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// undouble undoes what a program does that takes UTF-8 for windows-1252 or
// windows-1251 and encodes it once more ("Ð¼Ð¸Ñ\u0080", "РјРёСЂ"). A text that is
// not of that kind shows it within its first few letters.
func undouble(s string) (string, bool) {
	for _, table := range []*charmap.Charmap{charmap.Windows1252, charmap.Windows1251} {
		if b, ok := encodeOnce(s, table); ok {
			return string(b), true
		}
	}
	return "", false
}

// fewestDoubled is how many characters must have been encoded twice before it
// cannot be chance.
const fewestDoubled = 4

// encodeOnce writes s in a single-byte charset, as long as that is valid UTF-8.
func encodeOnce(s string, table *charmap.Charmap) ([]byte, bool) {
	var b []byte
	doubled, checked := 0, 0
	for _, r := range s {
		c, ok := table.EncodeRune(r)
		switch {
		case r < utf8.RuneSelf:
			c = byte(r)
		case !ok && r < 0x100: // a place that the charset leaves empty
			c = byte(r)
		case !ok:
			return nil, false
		}
		b = append(b, c)
		if !utf8.FullRune(b[checked:]) {
			continue
		}
		decoded, size := utf8.DecodeRune(b[checked:])
		if decoded == utf8.RuneError {
			return nil, false
		}
		doubled += boolInt(size > 1)
		checked += size
	}
	return b, doubled >= fewestDoubled && checked == len(b)
}
