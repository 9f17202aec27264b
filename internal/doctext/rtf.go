package doctext

import (
	"bytes"
	"context"
	"strconv"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// maxRTFDepth bounds the nesting of groups. Word writes some dozens.
const maxRTFDepth = 1000

// readRTF reads Rich Text Format (specification 1.9.1).
func readRTF(ctx context.Context, d document) (string, error) {
	start := bytes.Index(d.data, []byte("{\\rtf"))
	if start < 0 {
		return "", errBroken
	}
	r := &rtfReader{
		data:    d.data[start:],
		layout:  newLayout(d.opt.MaxText),
		fonts:   map[int]encoding.Encoding{},
		general: charmap.Windows1252,
		groups:  []rtfGroup{{unicodeSkip: 1}},
	}
	err := r.read(ctx)
	r.flush()
	return r.layout.String(), err
}

// An rtfReader goes through the bytes once. Groups are kept on a stack of its
// own, not on the call stack.
type rtfReader struct {
	*layout
	data    []byte
	at      int
	groups  []rtfGroup
	fonts   map[int]encoding.Encoding // by number, from the font table
	general encoding.Encoding         // of the document
	bytes   []byte                    // text not yet decoded: all of one encoding
	units   []uint16                  // UTF-16 units not yet decoded
	skip    int                       // characters still to be passed over after \u
	inRow   bool
}

// An rtfGroup is the state that a closing brace takes back.
type rtfGroup struct {
	dropped     bool              // a destination that is not text
	fontTable   bool              // the destination of \fonttbl
	starred     bool              // \* came: drop the destination unless it is known
	font        int               // in the font table: the font being described
	enc         encoding.Encoding // nil for the document's
	hidden      bool
	deleted     bool // a tracked deletion
	unicodeSkip int  // \uc: characters after \u that stand for the same
}

func (r *rtfReader) group() *rtfGroup { return &r.groups[len(r.groups)-1] }

// checkEvery is how many bytes are read between looks at the clock.
const checkEvery = 1 << 16

func (r *rtfReader) read(ctx context.Context) error {
	for next := checkEvery; r.at < len(r.data); {
		if r.at > next {
			next = r.at + checkEvery
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		c := r.data[r.at]
		r.at++
		switch c {
		case '{':
			if len(r.groups) == maxRTFDepth {
				return errTooDeep
			}
			r.flush()
			inner := *r.group()
			inner.starred = false
			r.groups = append(r.groups, inner)
		case '}':
			r.flush()
			if r.groups = r.groups[:len(r.groups)-1]; len(r.groups) <= 1 {
				return nil // what follows the document is not part of it
			}
		case '\\':
			r.control()
		case '\r', '\n', 0:
		default:
			r.char(c)
		}
		if r.full() {
			return errTextFull
		}
	}
	return errBroken
}

// control reads what follows a backslash: a word with its number, a character
// in hexadecimal, or a symbol.
func (r *rtfReader) control() {
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if isASCIILetter(c) {
		r.word(r.keyword())
		return
	}
	r.at++
	switch c {
	case '\'':
		r.hex()
	case '*':
		r.group().starred = true
	case '\n', '\r':
		r.command("par", 0, false)
	case '~':
		r.char(' ')
	case '_':
		r.char('-')
	case '\\', '{', '}':
		r.char(c)
	}
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// longestWord and longestNumber bound a control word (specification, "RTF
// Syntax").
const (
	longestWord   = 32
	longestNumber = 10
)

// keyword reads a control word, its number, and the space that ends it.
func (r *rtfReader) keyword() (word string, number int, numbered bool) {
	start := r.at
	for r.at < len(r.data) && r.at-start < longestWord && isASCIILetter(r.data[r.at]) {
		r.at++
	}
	word = string(r.data[start:r.at])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.at-start < longestNumber && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	number, err := strconv.Atoi(string(r.data[start:r.at]))
	if err != nil {
		number = 0
		if r.at == start+1 { // a hyphen that belongs to the text
			r.at = start
		}
	}
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	return word, number, err == nil
}

func (r *rtfReader) hex() {
	if r.at+2 > len(r.data) {
		r.at = len(r.data)
		return
	}
	n, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8)
	if err != nil {
		return
	}
	r.at += 2
	r.char(byte(n))
}

// shown reports whether the text here is text of the document.
func (r *rtfReader) shown() bool {
	g := r.group()
	return !g.dropped && !g.fontTable && !g.hidden && !g.deleted
}

// char takes one byte of text in the encoding of the font.
func (r *rtfReader) char(c byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	if r.shown() {
		r.flushUnits()
		r.bytes = append(r.bytes, c)
	}
}

// unicode takes one UTF-16 unit; surrogates come as two.
func (r *rtfReader) unicode(n int) {
	if r.shown() {
		r.flushBytes()
		r.units = append(r.units, uint16(n))
	}
	r.skip = r.group().unicodeSkip
}

func (r *rtfReader) flush() {
	r.flushBytes()
	r.flushUnits()
	r.skip = 0
}

func (r *rtfReader) flushUnits() {
	if len(r.units) > 0 {
		r.write(string(utf16.Decode(r.units)))
		r.units = r.units[:0]
	}
}

func (r *rtfReader) flushBytes() {
	if len(r.bytes) == 0 {
		return
	}
	// Decoders of this kind replace what they cannot read and do not fail.
	text, _ := r.encoding().NewDecoder().Bytes(r.bytes)
	r.write(string(text))
	r.bytes = r.bytes[:0]
}

// manyHigh is how many bytes beyond ASCII make a word.
const manyHigh = 4

// encoding returns the encoding of the text collected. Some programs write
// Cyrillic under a font declared Western: whole words beyond ASCII under it are
// in the document's own code page.
func (r *rtfReader) encoding() encoding.Encoding {
	enc := r.group().enc
	if enc == nil {
		return r.general
	}
	if enc == encoding.Encoding(charmap.Windows1252) {
		high := 0
		for _, c := range r.bytes {
			if c >= 0x80 {
				high++
			}
		}
		if high >= manyHigh && high*2 > len(r.bytes) {
			return r.general
		}
	}
	return enc
}
