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

// WriteText writes a report for a terminal: all tables except the list of requests, with
// aligned columns.
func (r *Report) WriteText(w io.Writer, n Names) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n%s\n%s\n", n.say("report.title"), n.period(r), n.asOf(r))
	for _, table := range r.tables(n) {
		writeTable(out, n, table)
	}
	fmt.Fprintf(out, "\n%s\n", n.notes())
	return out.Flush()
}

// notes explain how to read the figures.
func (n Names) notes() string {
	var lines []string
	for _, note := range []string{"times", "several", "left_out"} {
		lines = append(lines, inLines(n.say("report.note."+note), pageWide)...)
	}
	return strings.Join(lines, "\n")
}

const mostLines = 100 // maximum rows of a table

// writeTable omits a table without rows, and the end of a long one.
func writeTable(w io.Writer, n Names, t Table) {
	rows := [][]string{make([]string, len(t.Columns))}
	for i, c := range t.Columns {
		rows[0][i] = c.Title
	}
	left := 0
	for row := range t.Rows {
		if len(rows) > mostLines {
			left++
			continue
		}
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = printable(n.text(t.Columns[i].Form, cell))
		}
		rows = append(rows, cells)
	}
	if len(rows) == 1 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", strings.ToUpper(t.Name))
	writeRows(w, t.Columns, rows)
	if left > 0 {
		fmt.Fprintf(w, "  … %s\n", n.say("report.short.more", phrases.Values{"count": left}))
	}
}

// aligned aligns words and times to the left and numbers to the right.
func aligned(cell string, width int, form Form) string {
	blanks := strings.Repeat(" ", width-utf8.RuneCountInString(cell))
	if form == Words || form == Moment || form == Day {
		return cell + blanks
	}
	return blanks + cell
}

// text formats a cell for people.
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

// printable replaces control characters by spaces. Names may come from an office's own data.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}
