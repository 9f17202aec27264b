package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"verbale/internal/phrases"
)

// WriteText writes a report for a terminal: all tables but the list of requests,
// their columns aligned.
func (r *Report) WriteText(w io.Writer, n Names) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n%s\n%s\n", n.say("report.title"), n.period(r), n.asOf(r))
	for _, table := range r.tables(n) {
		writeTable(out, n, table)
	}
	fmt.Fprintf(out, "\n%s\n", n.notes())
	return out.Flush()
}

// notes say how figures are to be read.
func (n Names) notes() string {
	return strings.Join([]string{n.say("report.note.times"), n.say("report.note.several"), n.say("report.note.left_out")}, "\n")
}

const (
	columnGap = "  "
	mostWide  = 60  // characters of a cell
	mostLines = 100 // of a table
)

// cut shortens a text to so many characters.
func cut(s string, length int) string {
	if runes := []rune(s); len(runes) > length {
		return strings.TrimSpace(string(runes[:length-1])) + "…"
	}
	return s
}

// writeTable leaves out a table without rows, and of a long one the end.
func writeTable(w io.Writer, n Names, t Table) {
	lines := [][]string{make([]string, len(t.Columns))}
	for i, c := range t.Columns {
		lines[0][i] = c.Title
	}
	left := 0
	for row := range t.Rows {
		if len(lines) > mostLines {
			left++
			continue
		}
		line := make([]string, len(row))
		for i, cell := range row {
			line[i] = cut(printable(n.text(t.Columns[i].Form, cell)), mostWide)
		}
		lines = append(lines, line)
	}
	if len(lines) == 1 {
		return
	}
	widths := widthsOf(lines)
	fmt.Fprintf(w, "\n%s\n", strings.ToUpper(t.Name))
	for _, line := range lines {
		for i, cell := range line {
			line[i] = aligned(cell, widths[i], t.Columns[i].Form)
		}
		fmt.Fprintf(w, "  %s\n", strings.TrimRight(strings.Join(line, columnGap), " "))
	}
	if left > 0 {
		fmt.Fprintf(w, "  … %s\n", n.say("report.short.more", phrases.Values{"count": left}))
	}
}

func widthsOf(lines [][]string) []int {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

// aligned puts words to the left and figures to the right.
func aligned(cell string, width int, form Form) string {
	blanks := strings.Repeat(" ", width-utf8.RuneCountInString(cell))
	if form == Words || form == Moment || form == Day {
		return cell + blanks
	}
	return blanks + cell
}

// text writes a cell for people.
func (n Names) text(form Form, cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case int:
		return n.number(float64(v), 0)
	case float64:
		if form == Share {
			return n.say("report.percent", phrases.Values{"number": n.number(100*v, 1)})
		}
		return n.number(v, 1)
	case time.Time:
		if form == Day {
			return v.Format(time.DateOnly)
		}
		return v.Format("2006-01-02 15:04")
	}
	return fmt.Sprint(cell)
}

// printable keeps names, which may be an office's own, on one line.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}
