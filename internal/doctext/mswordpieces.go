package doctext

import (
	"encoding/binary"
	"errors"
	"slices"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

var errPieces = errors.New("the piece table is damaged")

// Marks of the parts of a Clx ([MS-DOC] 2.9.38).
const (
	clxProperties = 0x01
	clxPieces     = 0x02
)

const (
	pieceSize       = 8       // of a Pcd ([MS-DOC] 2.9.177)
	pieceCompressed = 1 << 30 // FcCompressed: one byte a character, at half the offset
)

// readPieces reads the characters of the document, piece by piece: a fast-saved
// file has its text in the order of writing, the piece table in that of reading.
func (w *wordFile) readPieces() error {
	table, err := pieceTable(w.fromTable(fibClx))
	if err != nil {
		return err
	}
	w.dropped = w.droppedText()
	n := (len(table) - 4) / (4 + pieceSize)
	pieces := table[4*(n+1):]
	for i := range n {
		from := int(binary.LittleEndian.Uint32(table[4*i:]))
		to := int(binary.LittleEndian.Uint32(table[4*i+4:]))
		if to < from {
			return errPieces
		}
		if err := w.readPiece(int(binary.LittleEndian.Uint32(pieces[pieceSize*i+2:])), to-from); err != nil {
			return err
		}
		if len(w.chars) > w.limit {
			return nil
		}
	}
	if len(w.chars) == 0 {
		return errPieces
	}
	return nil
}

// pieceTable returns the PlcPcd of a Clx: character positions, then pieces.
func pieceTable(clx []byte) ([]byte, error) {
	for len(clx) >= 5 {
		switch clx[0] {
		case clxProperties:
			size := 3 + int(binary.LittleEndian.Uint16(clx[1:]))
			clx = clx[min(size, len(clx)):]
		case clxPieces:
			size := int(binary.LittleEndian.Uint32(clx[1:]))
			if size < 4+4+pieceSize || size > len(clx)-5 {
				return nil, errPieces
			}
			return clx[5 : 5+size], nil
		default:
			return nil, errPieces
		}
	}
	return nil, errPieces
}

// noChar stands for what is dropped, so that the lengths of the parts stay true.
// It shows nothing.
const noChar = '\ufeff'

// readPiece appends length characters from the place that a piece names.
func (w *wordFile) readPiece(fc, length int) error {
	width, start := 2, fc
	if fc&pieceCompressed != 0 {
		width, start = 1, (fc&^pieceCompressed)/2
	}
	length = min(length, w.limit+1)
	if start > len(w.main) || length > (len(w.main)-start)/width {
		return errPieces
	}
	raw := w.main[start : start+width*length]
	var chars []rune
	if width == 1 {
		chars = ansiChars(raw)
	} else {
		chars = utf16Chars(raw)
	}
	for i := range chars {
		if w.dropped.contain(start + width*i) {
			chars[i] = noChar
		}
	}
	w.chars = append(w.chars, chars...)
	return nil
}

// ansiChars decodes the bytes of a compressed piece: always windows-1252.
func ansiChars(raw []byte) []rune {
	chars := make([]rune, len(raw))
	for i, b := range raw {
		if chars[i] = rune(b); b >= 0x80 {
			chars[i] = charmap.Windows1252.DecodeByte(b)
		}
	}
	return chars
}

// utf16Chars decodes UTF-16 one rune a unit, so that places can be counted: the
// first half of a pair becomes the character, the second noChar.
func utf16Chars(raw []byte) []rune {
	chars := make([]rune, len(raw)/2)
	for i := range chars {
		chars[i] = rune(binary.LittleEndian.Uint16(raw[2*i:]))
		if i > 0 && utf16.IsSurrogate(chars[i]) {
			if pair := utf16.DecodeRune(chars[i-1], chars[i]); pair != '\ufffd' {
				chars[i-1], chars[i] = pair, noChar
			}
		}
	}
	return chars
}

// evenCyrillic recognises UTF-16 of Cyrillic text: every other byte is 04, but
// for spaces.
func evenCyrillic(data []byte) bool {
	sample := data[:min(len(data), 512)]
	high := 0
	for i := 1; i < len(sample); i += 2 {
		if sample[i] == 0x04 || sample[i] == 0 {
			high++
		}
	}
	return len(sample) > 0 && high*5 > len(sample)*2
}

// intervals are stretches of file positions, start and end in turn, in order.
type intervals []int

func (v intervals) contain(at int) bool {
	i, found := slices.BinarySearch(v, at)
	if found {
		i++
	}
	return i%2 == 1
}
