package eml

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// A decoder converts untrusted bytes to clean UTF-8 and notes what was wrong with them.
type decoder struct {
	note    func(format string, args ...any)
	phrases *Phrases
	// headerCharset is the charset of raw 8-bit characters in the header, which RFC 5322 does
	// not allow; "" until the first of them.
	headerCharset string
	header        header
}

// text decodes b, which was declared to be in the given charset ("" if undeclared). The
// declaration is used unless the bytes clearly contradict it.
func (d *decoder) text(b []byte, declared string) string {
	if isASCII(b) && !escapesASCII(declared) {
		return clean(string(b))
	}
	decoded := d.decode(b, strings.ToLower(strings.Trim(declared, " \"'")))
	if once, ok := undouble(decoded); ok {
		d.note("text that was encoded twice was decoded twice")
		decoded = once
	}
	if strings.IndexByte(decoded, 0) >= 0 {
		d.note("NUL bytes were left out")
	}
	return clean(decoded)
}

func (d *decoder) decode(b []byte, declared string) string {
	if s, ok := decodeUTF16(b, declared); ok {
		return s
	}
	if isBinary(b) {
		d.note("bytes that are no text were left out")
		return ""
	}
	if validAsUTF8(b) && !isMultibyte(declared) {
		if !isUTF8Name(declared) && declared != "" {
			d.note("text declared as %s is UTF-8 and was read as such", safeName(declared))
		}
		return string(b)
	}
	if isUTF8Name(declared) || declared == "" || declared == "x-user-defined" || declared == "us-ascii" || declared == "ascii" {
		return d.decodeUndeclared(b, declared)
	}
	enc := lookupCharset(declared)
	if enc == nil {
		return d.decodeNamed(b, declared)
	}
	if better := guessCharset(b, enc); better != "" {
		d.note("text declared as %s looks like %s and was read as such", safeName(declared), better)
		enc = lookupCharset(better)
	}
	return decodeWith(enc, b)
}

// decodeUndeclared decodes bytes that are not valid UTF-8 and have no or a wrong declaration:
// as damaged UTF-8, or in a charset that is guessed from its letters.
func (d *decoder) decodeUndeclared(b []byte, declared string) string {
	if mostlyUTF8(b) {
		d.note("text is not valid UTF-8 throughout: broken characters were replaced")
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	guessed := guessCharset(b, nil)
	if declared == "" {
		d.note("undeclared charset was read as %s", guessed)
	} else {
		d.note("text declared as %s is not, and was read as %s", safeName(declared), guessed)
	}
	return decodeWith(lookupCharset(guessed), b)
}

// decodeNamed decodes charsets that are not a single-byte table.
func (d *decoder) decodeNamed(b []byte, declared string) string {
	r, err := charset.Reader(declared, bytes.NewReader(b))
	if err == nil {
		if decoded, err := io.ReadAll(r); err == nil {
			return strings.ToValidUTF8(string(decoded), "\uFFFD")
		}
	}
	guessed := guessCharset(b, nil)
	d.note("unknown charset %s was read as %s", safeName(declared), guessed)
	return decodeWith(lookupCharset(guessed), b)
}

// raw decodes a header value with raw 8-bit characters. One charset is used for the whole
// header, since single fields are too short to guess it from.
func (d *decoder) raw(value string) string {
	if isASCII([]byte(value)) {
		return clean(value)
	}
	if utf8.ValidString(value) {
		return clean(value)
	}
	if d.headerCharset == "" {
		var all []byte
		for _, f := range d.header {
			if !utf8.ValidString(f.value) {
				all = append(append(all, f.value...), '\n')
			}
		}
		d.headerCharset = guessCharset(all, nil)
		d.note("undeclared 8-bit characters in the header were read as %s", d.headerCharset)
	}
	return clean(decodeWith(lookupCharset(d.headerCharset), []byte(value)))
}

// lookupCharset returns the table of a single-byte charset, or nil. As in web browsers, ISO
// 8859-1 is read as windows-1252, since mail programs use the additional characters of the
// latter without declaring it.
func lookupCharset(name string) encoding.Encoding {
	switch name {
	case "iso-8859-1", "iso8859-1", "latin1", "iso-latin-1", "windows-1252", "cp1252", "cp-1252", "x-cp1252", "ansi":
		return charmap.Windows1252
	case "windows-1251", "cp1251", "cp-1251", "win-1251", "windows1251", "x-cp1251":
		return charmap.Windows1251
	case "koi8-r", "koi8r", "koi8", "koi8-u", "koi8-ru", "cskoi8r":
		return charmap.KOI8U
	case "iso-8859-5", "iso8859-5":
		return charmap.ISO8859_5
	case "ibm866", "cp866", "866", "cp-866":
		return charmap.CodePage866
	}
	return nil
}

func decodeWith(enc encoding.Encoding, b []byte) string {
	decoded, err := enc.NewDecoder().Bytes(b)
	if err != nil { // a table decodes any byte, but the type requires an error
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(decoded)
}

func isUTF8Name(name string) bool {
	return name == "utf-8" || name == "utf8" || name == "unicode-1-1-utf-8" || name == "utf-8mb4"
}

// escapesASCII reports whether a charset writes other characters in ASCII bytes, so that a
// text without 8-bit bytes may still not be ASCII.
func escapesASCII(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "iso-2022") || strings.HasPrefix(name, "utf-7") || strings.HasPrefix(name, "hz-") || strings.HasPrefix(name, "utf-16")
}

// isMultibyte reports whether texts in a charset may happen to be valid UTF-8.
func isMultibyte(name string) bool {
	return escapesASCII(name) || strings.HasPrefix(name, "gb") || strings.HasPrefix(name, "big5") ||
		strings.HasPrefix(name, "euc-") || strings.HasPrefix(name, "shift")
}

// validAsUTF8 reports whether b is valid UTF-8, except for a character that is cut off at the
// end.
func validAsUTF8(b []byte) bool {
	for i := 0; i < utf8.UTFMax && i < len(b); i++ {
		if utf8.RuneStart(b[len(b)-1-i]) {
			if !utf8.FullRune(b[len(b)-1-i:]) {
				b = b[:len(b)-1-i]
			}
			break
		}
	}
	return utf8.Valid(b)
}

// mostlyUTF8 reports whether there are far more well-formed non-ASCII characters than bytes
// that belong to none. In other charsets such characters hardly occur.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		b = b[size:]
	}
	return good > 3*bad
}

// decodeUTF16 recognises UTF-16 by the declared name, by its byte order mark, or by the zero
// bytes that ASCII characters have in it.
func decodeUTF16(b []byte, declared string) (string, bool) {
	order := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}), declared == "utf-16be":
		order = unicode.BigEndian
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}), declared == "utf-16le":
	case looksUTF16(b, 0):
		order = unicode.BigEndian
	case looksUTF16(b, 1), declared == "utf-16" && !isASCII(b):
	default:
		return "", false
	}
	decoded, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(b)
	if err != nil {
		decoded, err = unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(b)
	}
	return strings.ToValidUTF8(string(decoded), "\uFFFD"), err == nil
}

func looksUTF16(b []byte, zeroAt int) bool {
	sample := b[:min(len(b), 512)]
	if len(sample) < 8 {
		return false
	}
	zeros, others := 0, 0
	for i, c := range sample {
		if c == 0 && i%2 == zeroAt {
			zeros++
		} else if c == 0 {
			others++
		}
	}
	return zeros*5 > len(sample) && others*20 < len(sample)
}

// textControls are the control characters that occur in text: white space, and ESC, which
// switches character sets in ISO 2022.
const textControls = "\t\n\v\f\r\x1b"

// isBinary reports whether b is a program, a picture or an archive rather than text in any
// charset: more than one byte in twenty is a control character that does not occur in text.
func isBinary(b []byte) bool {
	controls := 0
	for _, c := range b {
		if (c < ' ' || c == 0x7f) && strings.IndexByte(textControls, c) < 0 {
			controls++
		}
	}
	return controls*20 > len(b)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf || c == 0 {
			return false
		}
	}
	return true
}

// safeName quotes and truncates an untrusted name of a charset or type for use in a problem.
func safeName(s string) string {
	return fmt.Sprintf("%q", truncate(strings.ToValidUTF8(s, "?"), 40))
}

// clean normalises decoded text as the package documentation promises: valid UTF-8, LF line
// ends, no NUL, no invisible characters, plain spaces.
func clean(s string) string {
	if !needsCleaning(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	kept := 0 // unchanged stretches are copied at once
	for i, r := range s {
		instead, clean := cleaned(s, i, r)
		if clean {
			continue
		}
		b.WriteString(s[kept:i])
		b.WriteString(instead)
		_, size := utf8.DecodeRuneInString(s[i:])
		kept = i + size
	}
	b.WriteString(s[kept:])
	return b.String()
}

// cleaned returns the replacement for the rune at i; clean is true if the rune is kept.
func cleaned(s string, i int, r rune) (instead string, clean bool) {
	switch r {
	case '\r':
		if i+1 >= len(s) || s[i+1] != '\n' {
			return "\n", false
		}
		return "", false
	case '\u00a0', '\u202f', '\u2007':
		return " ", false
	case '\u2028', '\u2029', '\u0085':
		return "\n", false
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', 0x7f:
		return "", false
	case utf8.RuneError:
		return "\uFFFD", false // may be an invalid byte
	}
	return "", r >= ' ' || r == '\n' || r == '\t'
}

func needsCleaning(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return true
		} else if c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}
