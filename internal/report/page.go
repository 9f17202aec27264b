package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	columnGap = "  "
	pageWide  = 120 // characters per line
	leastWide = 16  // minimum width of a column of words that is narrowed

	linesOfTitle = 2
)

// writeRows writes the rows of a table, the first of which has the titles. Text too long for
// its column continues on the next line; nothing is cut.
func writeRows(w io.Writer, columns []Column, rows [][]string) {
	widths := widthsOf(columns, rows)
	for _, row := range rows {
		cells, lines := make([][]string, len(row)), 1
		for i, cell := range row {
			cells[i] = inLines(cell, widths[i])
			lines = max(lines, len(cells[i]))
		}
		for at := range lines {
			line := make([]string, len(row))
			for i, cell := range cells {
				if at < len(cell) {
					line[i] = cell[at]
				}
				line[i] = aligned(line[i], widths[i], columns[i].Form)
			}
			fmt.Fprintf(w, "  %s\n", strings.TrimRight(strings.Join(line, columnGap), " "))
		}
	}
}

// widthsOf returns the widths of the columns, so that cells fit and titles fit on a few lines.
// If that exceeds the page, the widest columns of words are narrowed.
func widthsOf(columns []Column, rows [][]string) []int {
	widths := slices.Repeat([]int{1}, len(columns))
	sum := 0
	for i, c := range columns {
		for _, row := range rows[1:] {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
		for word := range strings.FieldsSeq(c.Title) {
			widths[i] = max(widths[i], utf8.RuneCountInString(word))
		}
		for len(inLines(c.Title, widths[i])) > linesOfTitle {
			widths[i]++
		}
		sum += len(columnGap) + widths[i]
	}
	for ; sum > pageWide; sum-- {
		widest := -1
		for i, c := range columns {
			if c.Form == Words && widths[i] > leastWide && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	return widths
}

// inLines splits a text into lines of a width, between words if possible.
func inLines(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && utf8.RuneCountInString(line+" "+word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
		for pieces := slices.Collect(slices.Chunk([]rune(line), width)); len(pieces) > 1; pieces = pieces[1:] {
			lines, line = append(lines, string(pieces[0])), string(pieces[len(pieces)-1])
		}
	}
	return append(lines, line)
}
