package doctext

import (
	"encoding/binary"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"verbale/intake"
)

// A wordFixture is the content of a Word file.
type wordFixture struct {
	pieces  []wordPiece
	lengths [8]int // ccpText and the following fields; ccpText is computed if all are 0
	flags   uint16
	chpx    []wordRun // formatted runs
	noClx   bool
}

// A wordPiece is a piece of text with one byte per character in windows-1252, or with two if it is
// wide.
type wordPiece struct {
	text string
	wide bool
}

const sprmBold = 0x0835

// A wordRun applies a property modifier to characters of the first piece. Runs must be contiguous.
type wordRun struct {
	from, to int
	sprm     uint16
}

const fixtureText = 0x800 // offset of the text of a fixture in its stream

func docOf(t testing.TB, f wordFixture) []byte {
	t.Helper()
	main := make([]byte, fixtureText)
	le := binary.LittleEndian
	le.PutUint16(main, 0xa5ec)
	le.PutUint16(main[2:], 0xc1)
	le.PutUint16(main[fibFlags:], f.flags)
	var cps, places []uint32
	at := 0
	for _, p := range f.pieces {
		cps = append(cps, uint32(at))
		place := uint32(len(main))
		if p.wide {
			main = append(main, encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), p.text)...)
			at += (len(main) - int(place)) / 2
		} else {
			main = append(main, encode(t, charmap.Windows1252, p.text)...)
			at += len(main) - int(place)
			place = 2*place | pieceCompressed
		}
		places = append(places, place)
		if len(main)%2 == 1 {
			main = append(main, 0)
		}
	}
	cps = append(cps, uint32(at))
	if f.lengths == [8]int{} {
		f.lengths[0] = at
	}
	for i, n := range f.lengths {
		le.PutUint32(main[fibLengths+4*i:], uint32(n))
	}
	le.PutUint32(main[fibTextStart:], fixtureText)
	le.PutUint32(main[fibTextEnd:], uint32(len(main)))
	main, table := withTables(main, f, cps, places)
	return cfbOf(cfbStream{"WordDocument", main}, cfbStream{"0Table", table})
}

// withTables writes the piece table and the formatting of a fixture, and their offsets in the file
// information block.
func withTables(main []byte, f wordFixture, cps, places []uint32) (withPointers, table []byte) {
	le := binary.LittleEndian
	plc := []byte{}
	for _, cp := range cps {
		plc = le.AppendUint32(plc, cp)
	}
	for _, place := range places {
		plc = append(plc, 0, 0)
		plc = le.AppendUint32(plc, place)
		plc = append(plc, 0, 0)
	}
	table = append(table, clxProperties, 2, 0, 0xaa, 0xbb) // properties that the reader must skip
	table = append(table, clxPieces)
	table = le.AppendUint32(table, uint32(len(plc)))
	table = append(table, plc...)
	if !f.noClx {
		le.PutUint32(main[fibClx:], 0)
		le.PutUint32(main[fibClx+4:], uint32(len(table)))
	}
	for len(main)%fkpSize != 0 {
		main = append(main, 0)
	}
	le.PutUint32(main[fibChpx:], uint32(len(table)))
	le.PutUint32(main[fibChpx+4:], 12)
	table = le.AppendUint32(table, 0)
	table = le.AppendUint32(table, 0xffff)
	table = le.AppendUint32(table, uint32(len(main)/fkpSize))
	return append(main, fkpOf(f.chpx)...), table
}

func fkpOf(runs []wordRun) []byte {
	page := make([]byte, fkpSize)
	le := binary.LittleEndian
	for i, r := range runs {
		le.PutUint32(page[4*i:], uint32(fixtureText+r.from))
		le.PutUint32(page[4*i+4:], uint32(fixtureText+r.to))
		place := 400 + 8*i
		page[4*(len(runs)+1)+i] = byte(place / 2)
		page[place] = 6
		le.PutUint16(page[place+1:], 0x4a43) // a font size, which the reader must skip
		le.PutUint16(page[place+5:], r.sprm)
		page[place] = 7
		page[place+7] = 1
	}
	page[fkpSize-1] = byte(len(runs))
	return page
}

func TestDOC(t *testing.T) {
	tests := map[string]struct {
		fixture wordFixture
		want    string
	}{
		"pieces of both widths": {wordFixture{pieces: []wordPiece{{"Excellency,\rr\u00e9ponse ", false}, {"Просим провести семинар\r", true}}},
			"Excellency,\nréponse Просим провести семинар"},
		"table": {wordFixture{pieces: []wordPiece{{"Name\aPost\a\aa\ab\a\aafter\r", false}}}, "Name\tPost\na\tb\nafter"},
		"field code dropped, also within another": {
			wordFixture{pieces: []wordPiece{{"see \x13 IF \x13 PAGE \x141\x15 \x14the site\x15 here\r", false}}}, "see the site here"},
		"marks of pictures, hyphens, breaks": {wordFixture{pieces: []wordPiece{{"\x01\x08co\x1foperation TC\x1e5\vnext\fpage\r", false}}}, "cooperation TC-5\nnext\npage"},
		"head first, then letter and note": {
			wordFixture{pieces: []wordPiece{{"Letter\rNote\rHead\r", false}}, lengths: [8]int{7, 5, 5}}, "Head\n\nLetter\n\nNote"},
		"deleted and hidden text": {
			wordFixture{pieces: []wordPiece{{"old new secret\r", false}}, chpx: []wordRun{{0, 4, sprmDeleted}, {4, 7, sprmBold}, {7, 14, sprmHidden}}}, "new"},
		"fast-saved: the piece table has the order": {
			wordFixture{pieces: []wordPiece{{"Dear ", false}, {"коллеги", true}, {" all\r", false}}}, "Dear коллеги all"},
		"beyond the basic plane": {wordFixture{pieces: []wordPiece{{"a😀b\r", true}}}, "a😀b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			expect(t, shared(), "letter.doc", docOf(t, test.fixture), test.want, intake.MethodText, "")
		})
	}
}

func TestDOCBroken(t *testing.T) {
	latin := []wordPiece{{"Excellency, we ask.\r", false}}
	russian := []wordPiece{{strings.Repeat("Просим провести семинар\r", 20), true}}
	cyclic := docOf(t, wordFixture{pieces: latin})
	binary.LittleEndian.PutUint32(cyclic[cfbSector+4*3:], 2) // the FAT entry of the document's second sector points to its first
	directory := docOf(t, wordFixture{pieces: latin})
	binary.LittleEndian.PutUint32(directory[cfbSector+4:], 1) // the FAT chain of the directory is a loop
	tests := map[string]struct {
		data          []byte
		text, problem string
	}{
		"no piece table, Latin":    {docOf(t, wordFixture{pieces: latin, noClx: true}), "Excellency, we ask.", "the file is broken and was read in part"},
		"no piece table, Cyrillic": {docOf(t, wordFixture{pieces: russian, noClx: true}), strings.TrimSpace(strings.Repeat("Просим провести семинар\n", 20)), "the file is broken and was read in part"},
		"encrypted":                {docOf(t, wordFixture{pieces: latin, flags: fibEncrypted}), "", "the file is password protected"},
		"encrypted DOCX":           {cfbOf(cfbStream{"EncryptedPackage", nil}, cfbStream{"EncryptionInfo", nil}), "", "the file is password protected"},
		"old workbook":             {cfbOf(cfbStream{"Workbook", nil}), "", "workbooks of Excel 2003 and older are not read"},
		"no Word document":         {cfbOf(cfbStream{"__properties", nil}), "", "files of this kind are not read"},
		"directory goes round":     {directory, "", "the file is broken"},
		"cut off":                  {docOf(t, wordFixture{pieces: latin})[:700], "", "the file is broken"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text, _, problem := shared().TextOf(t.Context(), "letter.doc", "", test.data)
			if text != test.text || problem != test.problem {
				t.Errorf("got %q, %q; want %q, %q", text, problem, test.text, test.problem)
			}
		})
	}
	t.Run("sectors go round", func(t *testing.T) {
		text, _, problem := shared().TextOf(t.Context(), "letter.doc", "", cyclic)
		if problem == "" {
			t.Errorf("no problem reported, text %q", text)
		}
	})
}

func FuzzDOC(f *testing.F) {
	f.Add(docOf(f, wordFixture{pieces: []wordPiece{{"Dear \x13 x \x14y\x15\a\a", false}, {"коллеги\r", true}}, chpx: []wordRun{{0, 2, sprmHidden}}}))
	f.Add(docOf(f, wordFixture{pieces: []wordPiece{{"Dear", false}}, noClx: true}))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _ := readDOC(t.Context(), testDocument(data))
		checkTidy(t, text)
	})
}
