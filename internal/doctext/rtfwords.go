package doctext

import (
	"slices"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// rtfDropped are destinations that hold no text of the document, or hold it a
// second time.
var rtfDropped = map[string]bool{
	"colortbl": true, "stylesheet": true, "info": true, "pict": true, "objdata": true, "objclass": true, "fldinst": true, "themedata": true, "datastore": true,
	"nonshppict": true, "shprslt": true, "sp": true, "listtable": true, "listoverridetable": true, "rsidtbl": true, "revtbl": true, "filetbl": true,
	"generator": true, "xmlnstbl": true, "atnid": true, "atnauthor": true, "annotation": true, "bkmkstart": true, "bkmkend": true, "falt": true, "panose": true,
	"xe": true, "tc": true, "ud": true, "mmath": true,
}

// rtfStarred are the destinations marked as ignorable that do hold text.
var rtfStarred = map[string]bool{"shpinst": true, "shptxt": true, "footnote": true}

// rtfText are the control words that stand for characters.
var rtfText = map[string]string{
	"tab": "\t", "line": "\n", "page": "\n", "sect": "\n", "column": "\n", "nestcell": "\t", "nestrow": "\n",
	"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"emspace": " ", "enspace": " ", "qmspace": " ",
}

// word acts on a control word, unless it stands for a character that \u has
// already given.
func (r *rtfReader) word(word string, number int, numbered bool) {
	if word == "bin" {
		r.at = min(len(r.data), r.at+max(number, 0))
		return
	}
	if r.skip > 0 && rtfText[word] != "" {
		r.skip--
		return
	}
	g := r.group()
	starred := g.starred
	g.starred = false
	if rtfDropped[word] || starred && !rtfStarred[word] {
		r.flush()
		g.dropped = true
		return
	}
	if word == "u" {
		r.unicode(number)
		return
	}
	r.command(word, number, numbered)
}

// command acts on the words that change state or structure.
func (r *rtfReader) command(word string, number int, numbered bool) {
	on := !numbered || number != 0
	g := r.group()
	switch word {
	case "uc":
		g.unicodeSkip = max(number, 0)
	case "v":
		r.flush()
		g.hidden = on
	case "deleted":
		r.flush()
		g.deleted = on
	case "plain":
		r.flush()
		g.hidden, g.deleted, g.enc = false, false, nil
	case "fonttbl":
		g.fontTable = true
	case "f", "fcharset":
		r.font(word, number)
	case "ansicpg", "mac", "pc", "pca":
		r.codePage(word, number)
	default:
		r.structure(word)
	}
}

func (r *rtfReader) font(word string, number int) {
	g := r.group()
	switch {
	case word == "fcharset" && g.fontTable:
		r.fonts[g.font] = charsetEncodings[number]
	case word == "f" && g.fontTable:
		g.font = number
	case word == "f":
		r.flush()
		g.enc = r.fonts[number]
	}
}

func (r *rtfReader) codePage(word string, number int) {
	if page, named := map[string]int{"mac": 10000, "pc": 437, "pca": 850}[word]; named {
		number = page
	}
	if enc := codePages[number]; enc != nil {
		r.general = enc
	}
}

// structure acts on the ends of paragraphs, cells and rows.
func (r *rtfReader) structure(word string) {
	text, isText := rtfText[word]
	if !r.shown() || !isText && !slices.Contains([]string{"par", "trowd", "cell", "row", "footnote", "shptxt"}, word) {
		return
	}
	r.flush()
	switch {
	case isText:
		r.write(text)
	case word == "trowd" && !r.inRow:
		r.inRow = true
		r.openRow()
		r.openCell()
	case word == "cell" && r.inRow:
		r.closeCell()
		r.openCell()
	case word == "cell":
		r.write("\t")
	case word == "row" && r.inRow:
		r.inRow = false
		r.closeCell()
		r.closeRow()
	case word != "trowd":
		r.endParagraph()
	}
}

// codePages are the Windows, DOS and Macintosh code pages by number.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855, 866: charmap.CodePage866,
	874: charmap.Windows874, 932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 65001: unicode.UTF8,
}

// charsetEncodings are the encodings of fonts by \fcharset. A font of the
// default character set (1) or of symbols (2) has the document's.
var charsetEncodings = map[int]encoding.Encoding{
	0: charmap.Windows1252, 77: charmap.Macintosh, 128: japanese.ShiftJIS, 129: korean.EUCKR, 134: simplifiedchinese.GBK, 136: traditionalchinese.Big5,
	161: charmap.Windows1253, 162: charmap.Windows1254, 163: charmap.Windows1258, 177: charmap.Windows1255, 178: charmap.Windows1256,
	186: charmap.Windows1257, 204: charmap.Windows1251, 222: charmap.Windows874, 238: charmap.Windows1250, 254: charmap.CodePage437,
}
