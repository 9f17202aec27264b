package doctext

import "strings"

// A layout collects the text of a document that has paragraphs, tables and
// asides, and keeps their lines apart. Asides (text boxes, footnotes) stand in
// the middle of a paragraph's source; they come out after the paragraph.
type layout struct {
	limit  int // bytes; once exceeded, full
	size   int
	stack  []*block
	asides []string
}

// A block is a stretch that is collected on its own: the document, a cell of a
// table, an aside.
type block struct {
	text  strings.Builder
	rows  []row // tables open within this block
	aside bool
}

// A row is the cells of one table row, as far as they are complete.
type row []string

func newLayout(limit int) *layout {
	return &layout{limit: limit, stack: []*block{{}}}
}

func (l *layout) top() *block { return l.stack[len(l.stack)-1] }

// full reports that more text came than may be returned.
func (l *layout) full() bool { return l.size > l.limit }

func (l *layout) write(s string) {
	if l.full() {
		return
	}
	l.size += len(s)
	l.top().text.WriteString(s)
}

// endParagraph ends the line, and puts out the asides that stood in it.
func (l *layout) endParagraph() {
	l.write("\n")
	if l.top().aside {
		return
	}
	for _, text := range l.asides {
		l.top().text.WriteString(text + "\n")
	}
	l.asides = nil
}

func (l *layout) openRow() { l.top().rows = append(l.top().rows, nil) }

// closeRow writes the cells of a row: on one line with tabs between where each
// is a line, else one below the other, as a letterhead of two columns is read.
func (l *layout) closeRow() {
	b := l.top()
	if len(b.rows) == 0 {
		return
	}
	cells := b.rows[len(b.rows)-1]
	b.rows = b.rows[:len(b.rows)-1]
	separator := "\t"
	for _, cell := range cells {
		if strings.Contains(cell, "\n") {
			separator = "\n"
		}
	}
	b.text.WriteString(strings.Join(cells, separator) + "\n")
}

func (l *layout) openCell() { l.stack = append(l.stack, &block{}) }

func (l *layout) closeCell() {
	cell := l.pop()
	b := l.top()
	if len(b.rows) == 0 {
		b.text.WriteString(cell + "\n")
		return
	}
	last := len(b.rows) - 1
	b.rows[last] = append(b.rows[last], cell)
}

func (l *layout) openAside() { l.stack = append(l.stack, &block{aside: true}) }

func (l *layout) closeAside() {
	if text := l.pop(); text != "" {
		l.asides = append(l.asides, text)
	}
}

// pop ends the topmost block and returns its text. The document itself stays.
func (l *layout) pop() string {
	if len(l.stack) == 1 {
		return ""
	}
	text := l.top().text.String()
	l.stack = l.stack[:len(l.stack)-1]
	return strings.Trim(text, "\n")
}

// String returns all that was collected, unfinished cells and asides included.
func (l *layout) String() string {
	var b strings.Builder
	for _, block := range l.stack {
		b.WriteString(block.text.String())
		for _, cells := range block.rows {
			b.WriteString(strings.Join(cells, "\n") + "\n")
		}
	}
	b.WriteString(strings.Join(l.asides, "\n"))
	return b.String()
}
