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

// Dimensions of a page, in characters.
const (
	pageWidth  = 100 // maximum length of a line
	labelWidth = 14  // of the column with field names
	valueStart = 2 + labelWidth + 1
)

// A Printer writes pages for a terminal. It stops at its first error, which Err returns, so
// that callers need not check each line.
type Printer struct {
	w     io.Writer
	bold  bool
	names *letters.Writer // nil: IDs are shown without names
	zone  *time.Location  // for all times; nil: each in its own zone
	err   error
}

// NewPrinter writes to w; bold marks headings with ANSI escape codes.
func NewPrinter(w io.Writer, bold bool) *Printer { return &Printer{w: w, bold: bold} }

// In makes the pages show all times in one time zone, which is named with each.
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

// Err returns the first write error.
func (p *Printer) Err() error { return p.err }

func (p *Printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

// Heading prints the title line of a page.
func (p *Printer) Heading(text string) {
	text = printable(text)
	if p.bold {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	p.printf("%s\n", text)
}

// Blank prints an empty line.
func (p *Printer) Blank() { p.printf("\n") }

// Field prints a name and its value, on as many lines as needed; nothing if the value is
// empty.
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

// More prints another paragraph under the last field.
func (p *Printer) More(value string) { p.Field("", value) }

// Cited prints a field and the quotation that its value was read from, on the same line if it
// fits, else below.
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

// Quoted prints text unchanged, line by line, behind a vertical bar.
func (p *Printer) Quoted(text string) {
	const bar = "  | "
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		for _, part := range wrap(printable(line), pageWidth-len(bar)) {
			p.printf("%s\n", strings.TrimRight(bar+part, " "))
		}
	}
}

// wrap breaks a line between words, so that each part has at most width characters; a longer
// word is not broken. Spaces within a part and leading spaces are kept.
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

// lastBlank is the position of the last space that follows a word; -1 for none.
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

// printable keeps text from outside from controlling the terminal: control characters become
// spaces, and bidirectional controls are removed.
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

// shorten puts text on one line and cuts it to n runes, for a quotation beside a value.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return string(runes[:n-1]) + "…"
}
