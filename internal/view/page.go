package view

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"verbale/bot/letters"
)

// The measures of a page, in characters.
const (
	pageWidth  = 100 // lines are broken before this
	labelWidth = 14  // of the column of field names
	valueStart = 2 + labelWidth + 1
)

// A Printer writes pages for a terminal. Its first error stops it and is
// returned by Err, so that callers need not check each line.
type Printer struct {
	w     io.Writer
	bold  bool
	names *letters.Writer // nil: ids stand for themselves
	zone  *time.Location  // of all times; nil: each in its own
	err   error
}

// NewPrinter writes to w; bold marks headings with ANSI escapes, for a
// terminal that shows them.
func NewPrinter(w io.Writer, bold bool) *Printer { return &Printer{w: w, bold: bold} }

// In lets the pages say all times in one zone, which each of them names.
func (p *Printer) In(zone *time.Location) *Printer {
	p.zone = zone
	return p
}

func (p *Printer) at(t time.Time, layout string) string {
	if p.zone != nil {
		t = t.In(p.zone)
	}
	return t.Format(layout)
}

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

// Field prints a name and its value, on as many lines as it takes; nothing
// where the value is empty.
func (p *Printer) Field(name, value string) {
	if value == "" {
		return
	}
	for i, line := range wrap(printable(value), pageWidth-valueStart) {
		if i > 0 {
			name = ""
		}
		p.printf("  %s %s\n", pad(name, labelWidth), line)
	}
}

// More prints a further paragraph under the last field.
func (p *Printer) More(value string) { p.Field("", value) }

// Cited prints a field and the words that its value was read from, beside it
// where there is room, else below.
func (p *Printer) Cited(name, value, words string) {
	const gap = "   ← "
	switch {
	case value == "" || words == "":
		p.Field(name, value)
	case valueStart+utf8.RuneCountInString(value+gap+words) <= pageWidth:
		p.Field(name, value+gap+words)
	default:
		p.Field(name, value)
		p.More("← " + words)
	}
}

// Quoted prints text as it stands, line by line, behind a bar.
func (p *Printer) Quoted(text string) {
	const bar = "  | "
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		for _, part := range wrap(printable(line), pageWidth-len(bar)) {
			p.printf("%s\n", strings.TrimRight(bar+part, " "))
		}
	}
}

// wrap breaks a line between words, so that each part has at most width
// characters; a longer word stays whole. Blanks within a part, and those that
// it begins with, stay as they are.
func wrap(line string, width int) (parts []string) {
	rest := []rune(strings.TrimRight(line, " "))
	for len(rest) > width {
		end := lastBlank(rest[:width+1])
		if end <= 0 {
			if end = slices.Index(rest[width:], ' '); end < 0 {
				break
			}
			end += width
		}
		parts = append(parts, strings.TrimRight(string(rest[:end]), " "))
		rest = []rune(strings.TrimLeft(string(rest[end:]), " "))
	}
	return append(parts, string(rest))
}

// lastBlank is where the last blank stands that follows a word; -1 for none.
func lastBlank(line []rune) int {
	for i := len(line) - 1; i > 0; i-- {
		if line[i] == ' ' && strings.TrimLeft(string(line[:i]), " ") != "" {
			return i
		}
	}
	return -1
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
