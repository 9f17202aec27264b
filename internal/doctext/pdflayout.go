package doctext

import (
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/responses"
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

// arrange turns the characters of a page into lines. PDFium has found the lines
// and their order already; what it does not say is where a paragraph ends or a
// line jumps to another column, which readers see by the gaps. Paragraphs are
// set apart by a blank line, columns by a tab.
func arrange(chars []*responses.GetPageTextStructuredChar) string {
	lines := []*pdfLine{{}}
	for _, c := range chars {
		if strings.ContainsAny(c.Text, "\r\n") {
			lines = append(lines, &pdfLine{})
			continue
		}
		lines[len(lines)-1].add(c)
		if c.Text == string(lineHyphen) { // PDFium leaves out the line end behind it
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

func (l *pdfLine) add(c *responses.GetPageTextStructuredChar) {
	p := c.PointPosition
	if strings.TrimFunc(c.Text, unicode.IsSpace) == "" || p.Right <= p.Left {
		l.text.WriteString(c.Text)
		return
	}
	l.height = max(l.height, p.Top-p.Bottom)
	if len(l.bottoms) > 0 && p.Left-l.right > columnGap*l.height {
		l.text.WriteByte('\t')
	}
	l.text.WriteString(c.Text)
	l.bottoms = append(l.bottoms, p.Bottom)
	l.right = p.Right
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
