package doctext

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

// readDOC reads the binary format of Word 97 to 2003 ([MS-DOC]), and as far as
// they can be told apart the texts of older and of broken files.
func readDOC(ctx context.Context, d document) (string, error) {
	streams, err := wordStreams(ctx, d)
	if err != nil {
		return "", err
	}
	switch {
	case streams["EncryptedPackage"] != nil:
		return "", errEncrypted
	case streams["WordDocument"] == nil && (streams["Workbook"] != nil || streams["Book"] != nil):
		return "", flaw("workbooks of Excel 2003 and older are not read")
	case streams["WordDocument"] == nil:
		return "", errUnknownKind
	case len(streams["WordDocument"]) < fibSize:
		return "", errBroken
	}
	w := &wordFile{main: streams["WordDocument"], limit: d.opt.MaxText}
	if w.flag(fibEncrypted) {
		return "", errEncrypted
	}
	w.table = streams["0Table"]
	if w.flag(fibTable1) {
		w.table = streams["1Table"]
	}
	if err := w.readPieces(); err != nil {
		return w.salvage(), errors.Join(errBroken, err)
	}
	text := w.text()
	if isGarbage(text) { // its sectors are mixed up
		return "", errBroken
	}
	return text, nil
}

// maxStreams bounds the directory entries of a compound file that are looked at.
const maxStreams = 2000

// wordStreams reads the streams of a compound file ([MS-CFB]) that matter here.
func wordStreams(ctx context.Context, d document) (map[string][]byte, error) {
	file, err := mscfb.New(&timedReader{ctx: ctx, data: bytes.NewReader(d.data)})
	if err != nil {
		return nil, errors.Join(ctx.Err(), fmt.Errorf("open compound file: %w", err))
	}
	streams := map[string][]byte{}
	for range maxStreams {
		entry, err := file.Next()
		if err != nil {
			break
		}
		switch entry.Name {
		case "WordDocument", "0Table", "1Table":
			// A stream that ends early is read as far as it goes.
			streams[entry.Name], err = io.ReadAll(io.LimitReader(entry, int64(len(d.data))))
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil && len(streams[entry.Name]) == 0 {
				return nil, fmt.Errorf("read stream %s: %w", entry.Name, err)
			}
		case "EncryptedPackage", "Workbook", "Book":
			streams[entry.Name] = []byte{}
		}
	}
	return streams, nil
}

// A timedReader fails once its context has ended. In a broken file the chain of sectors
// may be a loop, in which the library would read for ever.
type timedReader struct {
	ctx  context.Context
	data *bytes.Reader
}

// ReadAt implements io.ReaderAt.
func (t *timedReader) ReadAt(b []byte, at int64) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	return t.data.ReadAt(b, at)
}

// Places in the file information block ([MS-DOC] 2.5).
const (
	fibSize      = 0x1AA
	fibFlags     = 0x0A
	fibEncrypted = 0x0100
	fibTable1    = 0x0200
	fibTextStart = 0x18 // fcMin
	fibTextEnd   = 0x1C // fcMac
	fibLengths   = 0x4C // ccpText and the seven lengths after it
	fibChpx      = 0xFA // fcPlcfBteChpx, lcbPlcfBteChpx
	fibClx       = 0x1A2
)

// A wordFile is the text of a Word document in its pieces.
type wordFile struct {
	main, table []byte
	limit       int // bytes of text
	chars       []rune
	dropped     intervals // file positions of hidden and deleted text
}

func (w *wordFile) flag(mask uint16) bool {
	return binary.LittleEndian.Uint16(w.main[fibFlags:])&mask != 0
}

func (w *wordFile) number(at int) int { return int(binary.LittleEndian.Uint32(w.main[at:])) }

// fromTable returns what a pair of offset and length in the file information
// block points to in the table stream; nil where it points outside.
func (w *wordFile) fromTable(at int) []byte {
	start, length := w.number(at), w.number(at+4)
	if length > len(w.table) || start > len(w.table)-length {
		return nil
	}
	return w.table[start : start+length]
}

// text puts the parts of the document in the order in which they are read: the
// heads of pages, the letter, notes, text boxes.
func (w *wordFile) text() string {
	const letter, notes, heads, macros, comments, endnotes, boxes, headBoxes = 0, 1, 2, 3, 4, 5, 6, 7
	var parts [headBoxes + 1][]rune
	rest := w.chars
	for i := range parts {
		n := min(max(w.number(fibLengths+4*i), 0), len(rest))
		parts[i], rest = rest[:n], rest[n:]
	}
	if len(parts[letter]) == 0 {
		parts[letter] = w.chars
	}
	var b strings.Builder
	for _, i := range []int{headBoxes, heads, letter, notes, endnotes, boxes} {
		b.WriteString(plainWord(parts[i]) + "\n")
	}
	return b.String()
}

// Characters with a meaning of their own in the text ([MS-DOC] 2.4.3).
const (
	wordCellMark   = 0x07
	wordFieldBegin = 0x13
	wordFieldText  = 0x14 // between the code of a field and what it shows
	wordFieldEnd   = 0x15
)

// plainWord turns Word's characters into text. Of a field it keeps what it
// shows. A row of a table ends with a second cell mark.
func plainWord(chars []rune) string {
	var b strings.Builder
	var fields []bool // open fields: whether we are past the code
	codes := 0        // those where we are not
	var last rune
	for _, c := range chars {
		switch {
		case c == wordFieldBegin:
			fields = append(fields, false)
			codes++
		case c == wordFieldText && len(fields) > 0 && !fields[len(fields)-1]:
			fields[len(fields)-1] = true
			codes--
		case c == wordFieldEnd && len(fields) > 0:
			if !fields[len(fields)-1] {
				codes--
			}
			fields = fields[:len(fields)-1]
		case codes > 0 || c == wordFieldText || c == wordFieldEnd:
		case c == wordCellMark && last == wordCellMark:
			b.WriteByte('\n')
		default:
			b.WriteString(wordChar(c))
		}
		last = c
	}
	return b.String()
}

func wordChar(c rune) string {
	switch c {
	case wordCellMark:
		return "\t"
	case '\r', '\v', '\f', 0x0e:
		return "\n"
	case 0x1e: // non-breaking hyphen
		return "-"
	}
	return string(c)
}

// salvage reads the text of a file without usable piece table, from where the
// file information block says that text stands.
func (w *wordFile) salvage() string {
	start, end := w.number(fibTextStart), w.number(fibTextEnd)
	if start < fibSize || end > len(w.main) || end <= start {
		start, end = min(len(w.main), 0x200), len(w.main)
	}
	text := w.main[start:min(end, start+2*w.limit)]
	if !evenZeros(text) && !evenCyrillic(text) {
		return plainWord([]rune(decodeText(text, "")))
	}
	return plainWord(utf16Chars(text))
}
