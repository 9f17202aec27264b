package report

import (
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/xuri/excelize/v2"
)

// WriteWorkbook writes a report as an Office Open XML workbook (xlsx): one sheet for each
// table, the list of all requests last. Rows go through temporary files, so that a hundred
// thousand of them need little memory.
func (r *Report) WriteWorkbook(w io.Writer, n Names) error {
	book, err := newWorkbook()
	if err != nil {
		return err
	}
	defer book.Close()
	if err := book.add(r.front(n)); err != nil {
		return err
	}
	for _, table := range append(r.tables(n)[1:], r.requestsTable(n)) {
		if err := book.add(table); err != nil {
			return err
		}
	}
	return book.write(w)
}

// front is the summary with the period and cut-off above it and notes below.
func (r *Report) front(n Names) Table {
	t := r.summary(n)
	figures := t.Rows
	t.Columns[1].Form = Any
	t.Rows = func(yield func([]any) bool) {
		for _, row := range [][]any{{n.period(r), nil}, {n.asOf(r), nil}} {
			if !yield(row) {
				return
			}
		}
		for row := range figures {
			if !yield(row) {
				return
			}
		}
		for _, note := range []string{"report.note.times", "report.note.several", "report.note.left_out", "report.note.filter"} {
			if !yield([]any{n.say(note), nil}) {
				return
			}
		}
	}
	t.Columns[0].Width = 90
	return t
}

// A workbook is written sheet by sheet.
type workbook struct {
	*excelize.File
	sheets int
	header int          // style of the first row
	styles map[Form]int // of the cells below it
}

// numberFormats are those of Office Open XML (ECMA-376, part 1, section 18.8.30): built-in
// ones by number, or custom ones.
var numberFormats = map[Form]excelize.Style{
	Words:   {NumFmt: 49}, // text: never interpreted as a formula
	Count:   {NumFmt: 3},  // #,##0
	Share:   {NumFmt: 10}, // 0.00%
	Decimal: {CustomNumFmt: format("#,##0.0")},
	Moment:  {CustomNumFmt: format("yyyy-mm-dd hh:mm")},
	Day:     {CustomNumFmt: format("yyyy-mm-dd")},
}

func format(s string) *string { return &s }

func newWorkbook() (*workbook, error) {
	b := &workbook{File: excelize.NewFile(), styles: map[Form]int{}}
	header, err := b.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true, Color: "FFFFFF"},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F5C99"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	})
	if err != nil {
		return nil, fmt.Errorf("style of headers: %w", err)
	}
	b.header = header
	for form, style := range numberFormats {
		style.Alignment = &excelize.Alignment{Vertical: "top", WrapText: form == Words}
		if b.styles[form], err = b.NewStyle(&style); err != nil {
			return nil, fmt.Errorf("style of cells: %w", err)
		}
	}
	return b, nil
}

// maxRows is the maximum number of rows of a sheet, including its header.
const maxRows = 1_048_576

// add writes a table to its own sheet, with a fixed header row and filters for each column.
func (b *workbook) add(t Table) error {
	name, err := b.sheet(t.Name)
	if err != nil {
		return fmt.Errorf("add sheet %s: %w", t.Name, err)
	}
	sheet, err := b.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("add sheet %s: %w", t.Name, err)
	}
	if err := b.fill(sheet, t); err != nil {
		return fmt.Errorf("write sheet %s: %w", t.Name, err)
	}
	return nil
}

// sheet adds the next sheet; a new file already has the first one.
func (b *workbook) sheet(name string) (string, error) {
	name = sheetName(name)
	b.sheets++
	if b.sheets == 1 {
		return name, b.SetSheetName(b.GetSheetName(0), name)
	}
	_, err := b.NewSheet(name)
	return name, err
}

// sheetName makes a valid sheet name: at most 31 characters, without those that are not
// allowed.
func sheetName(name string) string {
	var kept []rune
	for _, r := range name {
		if !slices.Contains([]rune(`:\/?*[]`), r) {
			kept = append(kept, r)
		}
	}
	return string(kept[:min(len(kept), 31)])
}

func (b *workbook) fill(sheet *excelize.StreamWriter, t Table) error {
	for i, c := range t.Columns {
		if err := sheet.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	titles := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = excelize.Cell{StyleID: b.header, Value: c.Title}
	}
	if err := sheet.SetRow("A1", titles, excelize.RowOpts{Height: 32}); err != nil {
		return err
	}
	rows, err := b.rows(sheet, t.Columns, t.Rows)
	if err != nil {
		return err
	}
	if err := b.filter(sheet, len(t.Columns), rows); err != nil {
		return err
	}
	return sheet.Flush()
}

func (b *workbook) rows(sheet *excelize.StreamWriter, columns []Column, rows iter.Seq[[]any]) (last int, err error) {
	last = 1
	for row := range rows {
		if last++; last > maxRows {
			return last, fmt.Errorf("more than %d rows: choose a shorter period, or csv", maxRows-1)
		}
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = excelize.Cell{StyleID: b.styles[formOf(columns[i].Form, cell)], Value: cell}
		}
		if err := sheet.SetRow(fmt.Sprintf("A%d", last), cells); err != nil {
			return last, err
		}
	}
	return last, nil
}

// formOf is the form of a cell in a column of form Any.
func formOf(form Form, cell any) Form {
	if form != Any {
		return form
	}
	if _, counted := cell.(int); counted {
		return Count
	}
	return Words
}

// filter makes the rows a filterable table, unless there are none.
func (b *workbook) filter(sheet *excelize.StreamWriter, columns, rows int) error {
	if rows < 2 {
		return nil
	}
	end, err := excelize.CoordinatesToCellName(columns, rows)
	if err != nil {
		return err
	}
	return sheet.AddTable(&excelize.Table{
		Range: "A1:" + end, Name: fmt.Sprintf("table_%d", b.sheets), StyleName: "TableStyleLight1",
	})
}

func (b *workbook) write(w io.Writer) error {
	b.SetActiveSheet(0)
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}
