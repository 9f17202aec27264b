package eml

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// undouble reverses double encoding, in which a program takes UTF-8 for windows-1252 or
// windows-1251 and encodes it again ("Ð¼Ð¸Ñ\u0080", "РјРёСЂ"). Other text is recognised within
// its first few letters.
func undouble(s string) (string, bool) {
	for _, table := range []*charmap.Charmap{charmap.Windows1252, charmap.Windows1251} {
		if b, ok := encodeOnce(s, table); ok {
			return string(b), true
		}
	}
	return "", false
}

// fewestDoubled is the minimum number of characters that are encoded twice; fewer may be a
// coincidence.
const fewestDoubled = 4

// encodeOnce encodes s in a single-byte charset, as long as the result is valid UTF-8.
func encodeOnce(s string, table *charmap.Charmap) ([]byte, bool) {
	var b []byte
	doubled, checked := 0, 0
	for _, r := range s {
		c, ok := table.EncodeRune(r)
		switch {
		case r < utf8.RuneSelf:
			c = byte(r)
		case !ok && r < 0x100: // a byte that the charset leaves undefined
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
