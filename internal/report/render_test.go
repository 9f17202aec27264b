package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"verbale/intake"
	"verbale/internal/golden"
	"verbale/internal/phrases"
)

// halfYear returns a small report that covers all cases.
func halfYear(t testing.TB) *Report {
	q := asOf(day(7, 15))
	zone := q.Policy.Calendar().Zone()
	q.From, q.Until = intake.Date{Year: 2026, Month: 1, Day: 1}.In(zone), intake.Date{Year: 2026, Month: 7, Day: 1}.In(zone)
	water := born(t, 2, day(3, 4), "KG", "water", "environment", "ra-environment").does(day(3, 5), intake.VerbAccept)
	water.Record.Request.Countries = []string{"KG", "UZ"}
	water.Record.Confidential = true
	all := []*recordHistory{
		born(t, 1, day(2, 3), "KG", "road-safety", "transport", "ra-transport").
			does(day(2, 4), intake.VerbAccept).does(day(2, 9), intake.VerbAnswer).
			closes(day(2, 20), intake.OutcomeDelivered).tells(day(6, 1), 24, 11),
		water,
		born(t, 3, day(5, 6), "MD", "road-safety", "transport", "transport").
			does(day(5, 7), intake.VerbAccept).does(day(5, 20), intake.VerbAnswer),
		born(t, 4, day(6, 29), "KG", "energy-efficiency", "energy", "ra-energy").does(day(6, 30), intake.VerbDecline),
		born(t, 5, day(6, 30), "KG", "road-safety", "transport", "ra-transport").step(day(7, 1), intake.Step{Verb: intake.VerbMerge, Into: "TC-2026-00001"}),
	}
	return mustMake(t, q, all...)
}

func TestTexts(t *testing.T) {
	for _, lang := range phrases.Languages {
		var out bytes.Buffer
		if err := halfYear(t).WriteText(&out, in(lang)); err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "testdata/report."+lang+".txt", out.String())
		golden.Compare(t, "testdata/short."+lang+".txt", Text(halfYear(t), in(lang))+"\n")
	}
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	if err := halfYear(t).WriteCSV(&out, in(phrases.English)); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/report.csv", out.String())
}

func TestShortTextFitsIntoAMessage(t *testing.T) {
	q := asOf(day(12, 31))
	for _, lang := range phrases.Languages {
		n := in(lang)
		r := mustMake(t, q, lives(t, 3, 900)...)
		for i := range r.Requests {
			r.Requests[i].Division = strings.Repeat("a division with a long name ", 12) + r.Requests[i].Division
		}
		text := Text(r, n)
		if length := utf8.RuneCountInString(text); length > MaxTextLength || length < MaxTextLength/4 {
			t.Errorf("%s: %d characters", lang, length)
		}
		if !strings.Contains(text, n.number(float64(len(r.Requests)), 0)) {
			t.Errorf("%s: the number of requests is missing:\n%s", lang, text)
		}
		if !strings.Contains(text, n.say("report.short.overdue")) {
			t.Errorf("%s: what is overdue is missing:\n%s", lang, text)
		}
	}
}

func TestAnEmptyPeriodIsReported(t *testing.T) {
	r := mustMake(t, asOf(day(7, 15)))
	for _, write := range []func(io.Writer) error{
		func(w io.Writer) error { return r.WriteText(w, in(phrases.English)) },
		func(w io.Writer) error { return r.WriteCSV(w, in(phrases.English)) },
		func(w io.Writer) error { return r.WriteWorkbook(w, in(phrases.English)) },
		r.WriteJSON,
	} {
		var out bytes.Buffer
		if err := write(&out); err != nil || out.Len() == 0 {
			t.Errorf("%d bytes, %v", out.Len(), err)
		}
	}
	if charts, err := Charts(r, in(phrases.English)); err != nil || charts != nil {
		t.Errorf("charts: %v, %v", charts, err)
	}
}

// opened writes a workbook and reads it.
func opened(t *testing.T, write func(io.Writer) error) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func TestWorkbooks(t *testing.T) {
	r := halfYear(t)
	for lang, want := range map[string][]string{
		"en": {"Summary", "Times", "By country", "By division", "By theme", "By service", "By who carries it out", "By language",
			"By kind of letter", "By status", "Closed, by outcome", "Open, by owner", "Overdue", "All requests"},
		"fr": {"Synthèse", "Délais", "Par pays", "Par division", "Par thème", "Par service", "Par mode d’exécution", "Par langue",
			"Par type de lettre", "Par état", "Closes, par issue", "Ouvertes, par responsable", "En retard", "Toutes les demandes"},
		"ru": {"Сводка", "Сроки", "По странам", "По отделам", "По темам", "По видам содействия", "По порядку исполнения", "По языкам",
			"По виду письма", "По состоянию", "Закрытые, по итогу", "Открытые, по исполнителям", "Просрочено", "Все запросы"},
	} {
		book := opened(t, func(w io.Writer) error { return r.WriteWorkbook(w, in(lang)) })
		if got := book.GetSheetList(); !slices.Equal(got, want) {
			t.Errorf("%s: sheets %q, want %q", lang, got, want)
		}
		for _, sheet := range book.GetSheetList() {
			checkSheet(t, book, sheet)
		}
	}
}

// checkSheet checks that the header row of a sheet is frozen and its rows can be filtered. No two
// columns may have the same name, since Excel would report a corrupt file.
func checkSheet(t *testing.T, book *excelize.File, sheet string) {
	t.Helper()
	panes, err := book.GetPanes(sheet)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("%s: the header is not frozen: %+v, %v", sheet, panes, err)
	}
	tables, err := book.GetTables(sheet)
	if err != nil || len(tables) != 1 {
		t.Errorf("%s: %d tables, %v", sheet, len(tables), err)
	}
	header, err := book.GetRows(sheet)
	if err != nil || len(header) == 0 || len(slices.Compact(slices.Sorted(slices.Values(header[0])))) != len(header[0]) {
		t.Errorf("%s: the columns are %q, %v", sheet, header[:min(1, len(header))], err)
	}
	if width, err := book.GetColWidth(sheet, "A"); err != nil || width < 12 {
		t.Errorf("%s: the first column is %f wide, %v", sheet, width, err)
	}
}

func TestCellsAreNumbersAndMoments(t *testing.T) {
	book := opened(t, func(w io.Writer) error { return halfYear(t).WriteWorkbook(w, in(phrases.English)) })
	for _, tt := range []struct{ sheet, cell, raw, shown string }{
		{"By country", "A2", "Kyrgyzstan", "Kyrgyzstan"},
		{"By country", "B2", "3", "3"},
		{"By country", "C2", "0.75", "75.00%"},
		{"By country", "G2", "4", "4.0"},
		{"All requests", "A2", "TC-2026-00004", "TC-2026-00004"},
		{"All requests", "B2", "46202.375", "2026-06-29 09:00"}, // serial date number in Geneva time
	} {
		if raw, err := book.GetCellValue(tt.sheet, tt.cell, excelize.Options{RawCellValue: true}); err != nil || raw != tt.raw {
			t.Errorf("%s %s holds %q, want %q, %v", tt.sheet, tt.cell, raw, tt.raw, err)
		}
		if shown, err := book.GetCellValue(tt.sheet, tt.cell); err != nil || shown != tt.shown {
			t.Errorf("%s %s shows %q, want %q, %v", tt.sheet, tt.cell, shown, tt.shown, err)
		}
	}
}

// hostile has texts that a spreadsheet could interpret as formulas or that could corrupt a file.
var hostile = []string{
	`=HYPERLINK("http://evil.example","click")`, "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1",
	"a\x00b\x1b[31m", "\xff\xfe", `"quoted", and; more`, "=", "",
}

func hostileRecords(yield func(*intake.Record, error) bool) {
	for _, words := range hostile {
		rec := &intake.Record{
			Reference: "TC-2026-00001", Status: intake.StatusAssigned, Owner: "environment", ReceivedAt: day(3, 2),
			Request: &intake.Request{Institution: words, Summary: words, OfficialRef: words, Requester: intake.Requester{Name: words}},
			Origin:  intake.Origin{Subject: words},
		}
		if !yield(rec, nil) {
			return
		}
	}
}

func testExport(lang string) Export {
	q, _ := office()
	return Export{Names: in(lang), Zone: q.Policy.Calendar().Zone()}
}

func TestNothingInAnExportIsAFormula(t *testing.T) {
	var out bytes.Buffer
	if err := testExport("en").WriteCSV(&out, hostileRecords); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != len(hostile)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
				t.Errorf("the cell %q begins like a formula", cell)
			}
		}
	}
	book := opened(t, func(w io.Writer) error { return testExport("en").WriteWorkbook(w, hostileRecords) })
	checkSheet(t, book, "Records")
	const summary, subject = "AA", "Z"
	for i, words := range hostile {
		for _, column := range []string{summary, subject} {
			cell := fmt.Sprint(column, i+2)
			if formula, err := book.GetCellFormula("Records", cell); err != nil || formula != "" {
				t.Errorf("%s: %q became the formula %q, %v", cell, words, formula, err)
			}
			kind, err := book.GetCellType("Records", cell)
			if err != nil || words != "" && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				t.Errorf("%s: %q is no text but of type %v, %v", cell, words, kind, err)
			}
			if got, err := book.GetCellValue("Records", cell); err != nil || strings.HasPrefix(words, "=") && got != words {
				t.Errorf("%s shows %q, want %q, %v", cell, got, words, err)
			}
		}
	}
}

func TestExport(t *testing.T) {
	l := born(t, 1, day(3, 2), "KG", "road-safety", "transport", "ra-transport").does(day(3, 3), intake.VerbAccept).does(day(3, 9), intake.VerbAnswer)
	rec := l.Record
	rec.Request.ReplyBy = intake.Date{Year: 2026, Month: 4, Day: 30}
	rec.Request.Instruments, rec.Request.Partners, rec.Request.Funding = []string{"water-convention"}, []string{"undp"}, []string{"rptc"}
	rec.Request.Urgency = intake.UrgencyUrgent
	rec.Plan = []intake.PlanStep{{At: day(9, 1), Step: intake.StepOutcome, To: "ra-transport"}}
	rec.Results = &intake.Results{Outputs: "two workshops", PeopleTrained: 24, Women: 11}
	for _, lang := range phrases.Languages {
		var out bytes.Buffer
		if err := testExport(lang).WriteCSV(&out, func(yield func(*intake.Record, error) bool) { yield(rec, nil) }); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var page strings.Builder
		for i, title := range rows[0] {
			page.WriteString(title + ": " + rows[1][i] + "\n")
		}
		golden.Compare(t, "testdata/export."+lang+".txt", page.String())
	}
}

func TestALongTableOfATextSaysHowMuchIsLeftOut(t *testing.T) {
	rows := func(yield func([]any) bool) {
		for i := range 130 {
			if !yield([]any{i}) {
				return
			}
		}
	}
	var out bytes.Buffer
	writeTable(&out, in(phrases.English), Table{Name: "Long", Columns: []Column{{Title: "Number", Form: Count}}, Rows: rows})
	if lines := strings.Count(out.String(), "\n"); lines != mostLines+4 || !strings.HasSuffix(out.String(), "\n  … 30 more\n") {
		t.Errorf("%d lines:\n%s", lines, out.String())
	}
}
