package eml

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// A lineWriter formats text in lines: it collapses white space as HTML does, writes at most
// one blank line in a row, and puts quotation marks before quoted lines.
type lineWriter struct {
	out       strings.Builder
	line      strings.Builder
	lastLine  string // the last line with text
	space     bool   // white space is pending before the next word
	tight     bool   // the open paragraph has no margins
	blank     bool   // a blank line is pending before the next line
	depth     int    // of quotation
	lastDepth int    // of the last line with text
}

// String returns all lines.
func (w *lineWriter) String() string {
	w.endLine()
	return w.out.String()
}

// write adds text to the line. Preformatted text keeps its white space.
func (w *lineWriter) write(s string, preformatted bool) {
	if preformatted {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				w.newline()
			}
			w.line.WriteString(line)
		}
		return
	}
	for len(s) > 0 {
		end := strings.IndexAny(s, " \t\r\n\f")
		if end < 0 {
			end = len(s)
		}
		if end > 0 {
			w.word(s[:end])
		}
		if end < len(s) {
			w.space = true
			end++
		}
		s = s[end:]
	}
}

func (w *lineWriter) word(s string) {
	if w.space && w.line.Len() > 0 {
		w.line.WriteByte(' ')
	}
	w.space = false
	w.line.WriteString(s)
}

// newline ends the line, even an empty one.
func (w *lineWriter) newline() {
	if w.flush() {
		return
	}
	w.blank = true
}

// endLine ends the line if there is one.
func (w *lineWriter) endLine() {
	if w.line.Len() > 0 {
		w.newline()
	}
	w.space = false
}

// endBlock ends a paragraph.
func (w *lineWriter) endBlock() {
	if w.tight {
		w.endLine()
	} else {
		w.blankLine()
	}
	w.tight = false
}

func (w *lineWriter) blankLine() {
	w.endLine()
	w.blank = true
}

// cell separates a table cell from the one before it.
func (w *lineWriter) cell() {
	if w.line.Len() > 0 {
		w.line.WriteByte('\t')
		w.space = false
	}
}

// flush writes the line and reports whether there was any text in it.
func (w *lineWriter) flush() bool {
	s := strings.TrimRight(strings.ReplaceAll(w.line.String(), "\u00a0", " "), " \t")
	w.line.Reset()
	w.space = false
	if s == "" {
		return false
	}
	marks := strings.Repeat("> ", min(w.depth, maxQuotes))
	if w.blank && w.out.Len() > 0 {
		between := strings.Repeat("> ", min(w.depth, w.lastDepth, maxQuotes))
		w.out.WriteString(strings.TrimRight(between, " "))
		w.out.WriteByte('\n')
	}
	w.lastDepth = w.depth
	w.blank = false
	w.out.WriteString(marks)
	w.out.WriteString(s)
	w.out.WriteByte('\n')
	w.lastLine = s
	return true
}

// truncate shortens s to the whole characters within its first n bytes.
func truncate(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
