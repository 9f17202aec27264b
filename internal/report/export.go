package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// An Export writes records as rows of one table, for people: names instead of IDs, and the
// values of a list in one cell. Text from outside is never interpreted as a formula.
type Export struct {
	Names Names
	Zone  *time.Location // time zone of times
}

// Sources are the records of an export; the sequence ends after an error.
type Sources = iter.Seq2[*intake.Record, error]

// WriteCSV writes records as CSV (RFC 4180), UTF-8.
func (e Export) WriteCSV(w io.Writer, records Sources) error {
	out := csv.NewWriter(w)
	columns := e.columns()
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.Title
	}
	if err := out.Write(line); err != nil {
		return fmt.Errorf("write export: %w", err)
	}
	for rec, err := range records {
		if err != nil {
			return err
		}
		for i, cell := range e.row(rec) {
			line[i] = harmless(plain(columns[i].Form, cell))
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("write export: %w", err)
		}
	}
	out.Flush()
	return wrapped(out.Error())
}

func wrapped(err error) error {
	if err != nil {
		return fmt.Errorf("write export: %w", err)
	}
	return nil
}

// plain formats a cell for programs.
func plain(form Form, cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case time.Time:
		if form == Day {
			return v.Format(time.DateOnly)
		}
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(cell)
}

// WriteWorkbook writes records as a workbook (xlsx) with one sheet.
func (e Export) WriteWorkbook(w io.Writer, records Sources) (err error) {
	book, err := newWorkbook()
	if err != nil {
		return err
	}
	defer book.Close()
	var failed error
	rows := func(yield func([]any) bool) {
		for rec, err := range records {
			if failed = err; err != nil || !yield(e.row(rec)) {
				return
			}
		}
	}
	if err := book.add(Table{Name: e.Names.say("report.sheet.records"), Columns: e.columns(), Rows: rows}); err != nil {
		return err
	}
	if failed != nil {
		return failed
	}
	return book.write(w)
}

func (e Export) columns() []Column {
	n := e.Names
	field := func(name intake.Field, form Form, width float64) Column {
		return Column{Title: n.say("field." + string(name)), Form: form, Width: width}
	}
	return []Column{
		field(intake.FieldReference, Words, 16), n.column("received", Moment, 17), n.column("kind", Words, 14),
		n.column("status", Words, 22), {Title: n.say("report.of.outcome"), Form: Words, Width: 20}, n.column("owner", Words, 34),
		field(intake.FieldCountries, Words, 24), field(intake.FieldInstitution, Words, 36),
		field(intake.FieldRequesterName, Words, 24), field(intake.FieldRequesterPost, Words, 28), field(intake.FieldRequesterMail, Words, 28),
		field(intake.FieldOfficial, Words, 12), field(intake.FieldOfficialRef, Words, 20), field(intake.FieldLanguage, Words, 12),
		field(intake.FieldServices, Words, 26), n.column("themes", Words, 40), field(intake.FieldInstruments, Words, 36),
		field(intake.FieldPartners, Words, 28), field(intake.FieldFunding, Words, 24),
		{Title: n.say("report.of.division"), Form: Words, Width: 34}, {Title: n.say("report.of.carried_by"), Form: Words, Width: 24},
		field(intake.FieldUrgency, Words, 12), field(intake.FieldReplyBy, Day, 14),
		field(intake.FieldProposedStart, Day, 14), field(intake.FieldProposedEnd, Day, 14),
		n.column("subject", Words, 44), field(intake.FieldSummary, Words, 60),
		n.column("assigned", Moment, 17), n.column("answered_on", Moment, 17), n.column("closed", Moment, 17),
		n.column("next", Words, 28), n.column("next_at", Moment, 17),
		n.column("outputs", Words, 40), n.column("people_trained", Count, 12), n.column("women", Count, 12), n.column("next_step", Words, 30),
		n.column("part_of", Words, 16), n.column("confidential", Words, 14),
	}
}

// row returns the cells of a record. What should come from the letter is empty if it could not
// be read.
func (e Export) row(rec *intake.Record) []any {
	n, asked := e.Names, rec.Request
	if asked == nil {
		asked = &intake.Request{}
	}
	division, carried := "", ""
	if rec.Routing != nil {
		division, carried = rec.Routing.Division, string(rec.Routing.CarriedBy)
	}
	row := []any{
		rec.Reference, e.moment(rec.ReceivedAt), n.phrase("kind.", string(rec.Kind)),
		n.known(ByStatus, string(rec.Status)), n.known(ByOutcome, string(rec.Outcome)), n.known(ByOwner, rec.Owner),
		n.each(ByCountry, asked.Countries), asked.Institution,
		asked.Requester.Name, asked.Requester.Title, asked.Requester.Email,
		n.mark(asked.Official), asked.OfficialRef, n.known(ByLanguage, rec.Language),
		n.each(ByService, textsOf(asked.Services)), n.each(ByTheme, asked.Themes), named(asked.Instruments, n.listed(lexicon.ListInstruments)),
		named(asked.Partners, n.listed(lexicon.ListPartners)), named(asked.Funding, n.listed(lexicon.ListFunding)),
		n.known(ByDivision, division), n.known(ByCarriedBy, carried),
		n.urgency(asked.Urgency), date(asked.ReplyBy),
		date(asked.ProposedStart), date(asked.ProposedEnd),
		rec.Origin.Subject, asked.Summary,
	}
	return append(row, e.course(rec)...)
}

// course are the cells about the progress of a record.
func (e Export) course(rec *intake.Record) []any {
	row := []any{e.moment(rec.AssignedAt), e.moment(rec.AnsweredAt), e.moment(rec.ClosedAt), nil, nil, nil, nil, nil, nil}
	for _, step := range rec.Plan {
		if step.Step != intake.StepAcknowledge {
			row[3], row[4] = e.Names.phrase("next.", string(step.Step)), e.moment(step.At)
			break
		}
	}
	if s := rec.Results; s != nil {
		row[5], row[6], row[7], row[8] = s.Outputs, s.PeopleTrained, s.Women, s.NextStep
	}
	return append(row, rec.Parent, e.Names.mark(rec.Confidential))
}

func (e Export) moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.In(e.Zone)
}

func date(d intake.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.In(time.UTC)
}

// known is the name of a value; "" if there is none.
func (n Names) known(d Dimension, id string) string {
	if id == "" {
		return ""
	}
	return n.Of(d, id)
}

func (n Names) urgency(u intake.Urgency) string {
	if u == "" {
		return ""
	}
	return n.phrase("urgency.", string(u))
}

func named(ids []string, name func(string) string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = name(id)
	}
	return strings.Join(names, separator)
}
