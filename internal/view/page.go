package view

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// labelWidth is the width of the column of field names.
const labelWidth = 14

// A Printer writes pages for a terminal. Its first error stops it and is
// returned by Err, so that callers need not check each line.
type Printer struct {
	w    io.Writer
	bold bool
	err  error
}

// NewPrinter writes to w; bold marks headings with ANSI escapes, for a
// terminal that shows them.
func NewPrinter(w io.Writer, bold bool) *Printer { return &Printer{w: w, bold: bold} }

// Err returns the first error of writing.
func (p *Printer) Err() error { return p.err }

func (p *Printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

// Heading prints a line that opens a page.
func (p *Printer) Heading(text string) {
	text = printable(text)
	if p.bold {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	p.printf("%s\n", text)
}

// Blank prints an empty line.
func (p *Printer) Blank() { p.printf("\n") }

// Field prints a name and its value; nothing where the value is empty.
func (p *Printer) Field(name, value string) {
	if value != "" {
		p.printf("  %s %s\n", pad(name, labelWidth), printable(value))
	}
}

// More prints a further line under the last field.
func (p *Printer) More(value string) { p.printf("  %s %s\n", pad("", labelWidth), printable(value)) }

// Quoted prints text as it stands, line by line, behind a bar.
func (p *Printer) Quoted(text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		p.printf("  | %s\n", printable(line))
	}
}

func pad(s string, width int) string {
	if n := utf8.RuneCountInString(s); n < width {
		return s + strings.Repeat(" ", width-n)
	}
	return s
}

// printable keeps what a stranger wrote from steering the terminal: control
// characters become spaces.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x20, r >= 0x7f && r < 0xa0:
			return ' '
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}

// shorten cuts text to n runes on one line, for a quotation beside a value.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return string(runes[:n-1]) + "…"
}
