package report

import (
	"iter"
	"slices"
	"time"
)

// A Table is one sheet of a workbook, and one part of a text report.
type Table struct {
	Name    string // short enough for a sheet name
	Columns []Column
	Rows    iter.Seq[[]any]
}

// A Column says how its cells are formatted. A nil cell is empty.
type Column struct {
	Title string
	Form  Form
	Width float64 // in characters
}

// A Form is the type of the cells of a column.
type Form int

const (
	Words   Form = iota // string; never interpreted as a formula
	Count               // int
	Share               // float64; 1 means 100 %
	Decimal             // float64
	Moment              // time.Time, in the displayed time zone
	Day                 // time.Time, of which only the date counts
	Any                 // depends on the cell
)

// tables are all tables of a report except the list of requests.
func (r *Report) tables(n Names) []Table {
	tables := []Table{r.summary(n), r.times(n)}
	for _, d := range Dimensions() {
		tables = append(tables, r.byDimension(n, d))
	}
	return append(tables, r.overdueTable(n))
}

func (n Names) column(key string, form Form, width float64) Column {
	return Column{Title: n.say("report.column." + key), Form: form, Width: width}
}

// summary is the table of totals.
func (r *Report) summary(n Names) Table {
	rows := [][]any{}
	for _, h := range r.Headlines() {
		rows = append(rows, []any{n.say("report.headline." + h.ID), h.Count})
	}
	return Table{
		Name:    n.say("report.sheet.summary"),
		Columns: []Column{n.column("what", Words, 62), n.column("figure", Count, 16)},
		Rows:    slices.Values(rows),
	}
}

// times is the table of how long each step took.
func (r *Report) times(n Names) Table {
	var rows [][]any
	for _, s := range Steps() {
		row := []any{n.say("report.step." + string(s)), 0, nil, nil, n.say("report.unit." + string(unitOf(s)))}
		if m := r.Measure(s); m.Count > 0 {
			row[1], row[2], row[3] = m.Count, r.inUnit(s, m.Median), r.inUnit(s, m.Percentile90)
		}
		rows = append(rows, row)
	}
	return Table{
		Name: n.say("report.sheet.times"),
		Columns: []Column{
			n.column("step", Words, 44), n.column("measured", Count, 12),
			n.column("median", Decimal, 12), n.column("percentile_90", Decimal, 18), n.column("unit", Words, 18),
		},
		Rows: slices.Values(rows),
	}
}

// A unit is the unit in which a duration is shown.
type unit string

const (
	clockMinutes unit = "minutes"
	workingDays  unit = "working_days"
)

// unitOf is minutes for the acknowledgement, which is sent at any hour, and working days for
// steps that need staff.
func unitOf(s Step) unit {
	if s == Acknowledge {
		return clockMinutes
	}
	return workingDays
}

func (r *Report) inUnit(s Step, d time.Duration) float64 {
	if unitOf(s) == clockMinutes {
		return d.Minutes()
	}
	return r.days(d)
}

// days converts working time to working days.
func (r *Report) days(d time.Duration) float64 { return float64(d) / float64(r.WorkingDay) }

func (r *Report) byDimension(n Names, d Dimension) Table {
	return Table{
		Name: n.say("report.by." + string(d)),
		Columns: []Column{
			{Title: n.say("report.of." + string(d)), Form: Words, Width: 46},
			n.column("requests", Count, 12), n.column("share", Share, 10), n.column("open", Count, 10),
			n.column("overdue", Count, 10), n.column("answered", Count, 12),
			n.column("answer_median", Decimal, 20), n.column("answer_percentile_90", Decimal, 24),
		},
		Rows: func(yield func([]any) bool) {
			for _, f := range r.Figures(d) {
				row := []any{n.Of(d, f.ID), f.Requests, f.Share, f.Open, f.Overdue, f.Answer.Count, nil, nil}
				if f.Answer.Count > 0 {
					row[6], row[7] = r.days(f.Answer.Median), r.days(f.Answer.Percentile90)
				}
				if !yield(row) {
					return
				}
			}
		},
	}
}

func (r *Report) overdueTable(n Names) Table {
	return Table{
		Name: n.say("report.sheet.overdue"),
		Columns: []Column{
			n.column("reference", Words, 16), n.column("step", Words, 40), n.column("due", Moment, 18),
			n.column("days_overdue", Count, 22), n.column("owner", Words, 40), n.column("country", Words, 30), n.column("status", Words, 24),
		},
		Rows: func(yield func([]any) bool) {
			for _, q := range r.Overdue() {
				for _, due := range q.Overdue {
					row := []any{
						q.Reference, n.phrase("next.", string(due.Step)), due.At.In(r.Zone), due.Days,
						n.holder(q.Owner), n.each(ByCountry, q.Countries), n.Of(ByStatus, string(q.Status)),
					}
					if !yield(row) {
						return
					}
				}
			}
		},
	}
}

// requestsTable lists all requests, so that each figure can be verified.
func (r *Report) requestsTable(n Names) Table {
	columns := []Column{n.column("reference", Words, 16), n.column("received", Moment, 18)}
	for _, d := range Dimensions() {
		columns = append(columns, Column{Title: n.say("report.of." + string(d)), Form: Words, Width: 26})
	}
	for _, s := range Steps() {
		columns = append(columns,
			Column{Title: n.say("report.step." + string(s)), Form: Moment, Width: 26},
			Column{Title: n.say("report.took." + string(s)), Form: Decimal, Width: 26})
	}
	columns = append(columns,
		n.column("closed", Moment, 18), n.column("overdue_step", Words, 30), n.column("part_of", Words, 16),
		n.column("people_trained", Count, 14), n.column("women", Count, 12), n.column("confidential", Words, 14))
	return Table{Name: n.say("report.sheet.requests"), Columns: columns, Rows: func(yield func([]any) bool) {
		for i := range r.Requests {
			if !yield(r.requestRow(n, &r.Requests[i])) {
				return
			}
		}
	}}
}

func (r *Report) requestRow(n Names, q *Request) []any {
	row := []any{q.Reference, q.Received.In(r.Zone)}
	for _, d := range Dimensions() {
		row = append(row, n.each(d, d.Values(q)))
	}
	for _, s := range Steps() {
		if taken := q.Taken(s); taken.Done() {
			row = append(row, taken.At.In(r.Zone), r.inUnit(s, taken.Took))
		} else {
			row = append(row, nil, nil)
		}
	}
	var overdue, trained, women any
	if len(q.Overdue) > 0 {
		overdue = n.phrase("next.", string(q.Overdue[0].Step))
	}
	if q.Results != nil {
		trained, women = q.Results.PeopleTrained, q.Results.Women
	}
	return append(row, r.moment(q.Closed), overdue, q.PartOf, trained, women, n.mark(q.Confidential))
}

// moment is the cell for a time that may be zero.
func (r *Report) moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.In(r.Zone)
}

// mark is the cell for a yes/no value.
func (n Names) mark(so bool) any {
	if !so {
		return nil
	}
	return n.say("report.yes")
}
