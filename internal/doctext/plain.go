package doctext

import (
	"bytes"
	"context"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

const utf8BOM = "\xef\xbb\xbf"

// readPlain decodes a text file.
func readPlain(_ context.Context, d document) (string, error) {
	text := decodeText(head(d.data, 4*d.opt.MaxText), d.charset)
	if len(text) > d.opt.MaxText {
		return text, errTextFull
	}
	return text, nil
}

// head returns at most limit bytes of data, and no part of a UTF-8 character.
func head(data []byte, limit int) []byte {
	if len(data) <= limit {
		return data
	}
	for cut := limit; cut > limit-utf8.UTFMax; cut-- {
		if utf8.RuneStart(data[cut]) {
			return data[:cut]
		}
	}
	return data[:limit]
}

// decodeText decodes text by its byte order mark, as UTF-8 where it is valid,
// by the character set it is labelled with, or by what its bytes look like.
func decodeText(data []byte, charset string) string {
	enc := encodingOf(data, charset)
	if enc == nil {
		return string(bytes.TrimPrefix(data, []byte(utf8BOM)))
	}
	// Decoders of this kind replace what they cannot read and do not fail.
	text, _ := enc.NewDecoder().Bytes(data)
	return string(text)
}

// encodingOf returns nil for UTF-8.
func encodingOf(data []byte, charset string) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, []byte(utf8BOM)):
		return nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case evenZeros(data):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf8.Valid(data):
		return nil
	}
	if enc, err := htmlindex.Get(charset); err == nil && enc != encoding.Encoding(unicode.UTF8) {
		return enc
	}
	return guessCharset(data)
}

// evenZeros recognises UTF-16 of mostly Latin text without a byte order mark.
func evenZeros(data []byte) bool {
	sample := data[:min(len(data), 512)]
	zeros := 0
	for i := 1; i < len(sample); i += 2 {
		if sample[i] == 0 {
			zeros++
		}
	}
	return zeros*4 > len(sample)
}

// Below this share of bytes beyond ASCII among letters a text is Latin with
// some accents; Cyrillic text is nearly all beyond ASCII.
const accentShare = 0.35

// guessCharset tells the 8-bit character sets of our correspondents apart.
// Small letters make up most of a text: in KOI8-R they are the bytes C0 to DF,
// in windows-1251 E0 to FF, in IBM866 A0 to AF and E0 to EF.
func guessCharset(data []byte) encoding.Encoding {
	var ascii, a0, c0, e0, f0 float64
	for _, b := range data {
		switch {
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			ascii++
		case b >= 0xf0:
			f0++
		case b >= 0xe0:
			e0++
		case b >= 0xc0:
			c0++
		case b >= 0xa0 && b < 0xb0:
			a0++
		}
	}
	high := a0 + c0 + e0 + f0
	switch {
	case high < accentShare*(high+ascii):
		return charmap.Windows1252
	case c0 > e0+f0 && c0 > a0:
		return charmap.KOI8R
	case a0 > f0 && a0 > c0:
		return charmap.CodePage866
	}
	return charmap.Windows1251
}
