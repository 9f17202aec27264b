package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// csvColumns are the columns of a report as CSV, the same in all languages.
var csvColumns = []string{
	"group", "id", "name", "requests", "share", "open", "overdue",
	"measured", "median", "percentile_90", "unit", "references",
}

// WriteCSV writes a report as one table: a row for each figure, with the references of the
// requests it counts. Groups are "report" (the period and the cut-off), "summary", "time" and
// the dimensions.
func (r *Report) WriteCSV(w io.Writer, n Names) error {
	out := csv.NewWriter(w)
	rows := [][]string{csvColumns}
	rows = append(rows, r.csvHead(n)...)
	for _, h := range r.Headlines() {
		rows = append(rows, csvRow("summary", h.ID, n.say("report.headline."+h.ID), strconv.Itoa(h.Count), references(h.Behind)))
	}
	for _, s := range Steps() {
		rows = append(rows, r.csvTime(n, s))
	}
	for _, d := range Dimensions() {
		for _, f := range r.Figures(d) {
			rows = append(rows, r.csvFigure(n, d, f))
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func (r *Report) csvHead(n Names) [][]string {
	var rows [][]string
	for _, m := range []struct {
		id string
		at time.Time
	}{{"from", r.From}, {"before", r.Until}, {"as_of", r.AsOf}} {
		if !m.at.IsZero() {
			rows = append(rows, csvRow("report", m.id, m.at.In(r.Zone).Format(time.RFC3339), "", ""))
		}
	}
	return rows
}

func csvRow(group, id, name, requests, behind string) []string {
	row := make([]string, len(csvColumns))
	row[0], row[1], row[2], row[3], row[len(row)-1] = group, id, harmless(name), requests, behind
	return row
}

func (r *Report) csvTime(n Names, s Step) []string {
	m := r.Measure(s)
	var behind []string
	for i := range r.Requests {
		if r.Requests[i].Taken(s).Done() {
			behind = append(behind, r.Requests[i].Reference)
		}
	}
	row := csvRow("time", string(s), n.say("report.step."+string(s)), strconv.Itoa(len(r.Requests)), references(behind))
	r.csvMeasure(row, s, m)
	return row
}

func (r *Report) csvFigure(n Names, d Dimension, f Figure) []string {
	row := csvRow(string(d), f.ID, n.Of(d, f.ID), strconv.Itoa(f.Requests), references(f.Behind))
	row[4] = strconv.FormatFloat(f.Share, 'f', 4, 64)
	row[5], row[6] = strconv.Itoa(f.Open), strconv.Itoa(f.Overdue)
	r.csvMeasure(row, Answer, f.Answer)
	return row
}

func (r *Report) csvMeasure(row []string, s Step, m Measure) {
	row[7] = strconv.Itoa(m.Count)
	if m.Count > 0 {
		row[8] = strconv.FormatFloat(r.inUnit(s, m.Median), 'f', 3, 64)
		row[9] = strconv.FormatFloat(r.inUnit(s, m.Percentile90), 'f', 3, 64)
		row[10] = string(unitOf(s))
	}
}

func references(list []string) string { return strings.Join(list, " ") }

// harmless keeps spreadsheet programs from interpreting a text as a formula (OWASP, CSV
// injection): a leading apostrophe makes it plain text.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
