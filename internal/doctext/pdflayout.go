package doctext

import (
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/structs"
)

// A pdfLine is one line of a page with the place where it stands, in points
// from the bottom of the page.
type pdfLine struct {
	text     strings.Builder
	right    float64 // of the last visible character; text behind a gap is another column
	bottoms  []float64
	height   float64
	baseline float64
}

// A pdfChar is a character of a page. Its box, of the height of the font, is empty
// where the place was not asked for.
type pdfChar struct {
	char  rune
	first bool // of a word or of a gap
	box   structs.FPDF_FS_RECTF
}

// arrange turns the characters of a page into lines. PDFium has found the lines
// and their order already; what it does not say is where a paragraph ends or a
// line jumps to another column, which readers see by the gaps. Paragraphs are
// set apart by a blank line, columns by a tab.
func arrange(chars []pdfChar) string {
	lines := []*pdfLine{{}}
	for _, c := range chars {
		if c.char == '\r' || c.char == '\n' {
			lines = append(lines, &pdfLine{})
			continue
		}
		lines[len(lines)-1].add(c)
		if c.char == lineHyphen { // PDFium leaves out the line end behind it
			lines = append(lines, &pdfLine{})
		}
	}
	lines = slices.DeleteFunc(lines, func(l *pdfLine) bool { return strings.TrimSpace(l.text.String()) == "" })
	for _, l := range lines {
		l.baseline = median(l.bottoms) // most letters stand on it
	}
	return joinLines(lines)
}

// columnGap is the white space, in heights of the line, that no justified text
// has between its words.
const columnGap = 2.5

func (l *pdfLine) add(c pdfChar) {
	left, right, bottom := float64(c.box.Left), float64(c.box.Right), float64(c.box.Bottom)
	if right <= left || unicode.IsSpace(c.char) {
		l.text.WriteRune(c.char)
		return
	}
	l.height = max(l.height, float64(c.box.Top)-bottom)
	if c.first && len(l.bottoms) > 0 && left-l.right > columnGap*l.height {
		l.text.WriteByte('\t')
	}
	l.text.WriteRune(c.char)
	l.bottoms = append(l.bottoms, bottom)
	l.right = right
}

// paragraphGap is the distance of lines, measured in the usual one of the page,
// from which they belong to different paragraphs.
const paragraphGap = 1.35

func joinLines(lines []*pdfLine) string {
	usual := median(distances(lines))
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && separate(lines[i-1], l, usual) {
			b.WriteByte('\n')
		}
		b.WriteString(strings.ReplaceAll(l.text.String(), " \t", "\t") + "\n")
	}
	return b.String()
}

// separate reports whether a blank line belongs between two lines: they stand
// further apart than others do, or the text goes on further up, in another column.
func separate(above, below *pdfLine, usual float64) bool {
	if len(above.bottoms) == 0 || len(below.bottoms) == 0 {
		return false
	}
	distance := above.baseline - below.baseline
	return distance > paragraphGap*usual || distance < -below.height
}

// distances returns how far each line stands below the one before.
func distances(lines []*pdfLine) []float64 {
	var d []float64
	for i := 1; i < len(lines); i++ {
		if down := lines[i-1].baseline - lines[i].baseline; down > 0 && len(lines[i].bottoms) > 0 {
			d = append(d, down)
		}
	}
	return d
}

// median returns the middle value, the lower of two, and 0 for none. It orders
// the values.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}
