package app

import (
	"fmt"

	"verbale/internal/rehearsal"
	"verbale/internal/view"
)

// movedLine is one line of "rehearse --json". Before and after hold the fields
// that differ, under their names in "explain --json".
type movedLine struct {
	Mail      string         `json:"mail,omitempty"`      // path
	Reference string         `json:"reference,omitempty"` // of a record
	Subject   string         `json:"subject"`
	Before    map[string]any `json:"before"`
	After     map[string]any `json:"after"`
}

func (r *rehearser) print(c compared) error {
	if r.JSON {
		return printJSON(r.out, lineOf(c))
	}
	p := view.NewPrinter(r.out, r.Bold)
	heading := c.name
	if c.message.Subject != "" {
		heading += " · " + c.message.Subject
	}
	p.Heading(heading)
	for _, d := range c.differences {
		p.Field(d.Field, d.String())
	}
	p.Blank()
	return p.Err()
}

func lineOf(c compared) movedLine {
	line := movedLine{Mail: c.name, Subject: c.message.Subject, Before: map[string]any{}, After: map[string]any{}}
	if c.record {
		line.Mail, line.Reference = "", c.name
	}
	for _, d := range c.differences {
		line.Before[d.Field], line.After[d.Field] = d.From, d.To
	}
	return line
}

// finish prints the totals if all mails were compared, and flushes the output.
func (r *rehearser) finish(complete bool) error {
	if complete && !r.JSON {
		r.printSums()
	}
	return r.out.Flush()
}

func (r *rehearser) printSums() {
	p := view.NewPrinter(r.out, r.Bold)
	p.Heading(fmt.Sprintf("%d read again, %d with a different result", r.Compared, r.Moved))
	r.printCounts(p, "to another division", r.Divisions())
	r.printCounts(p, "by field", r.Fields())
}

func (r *rehearser) printCounts(p *view.Printer, heading string, counts []rehearsal.Count) {
	if len(counts) == 0 {
		return
	}
	p.Blank()
	p.Heading(heading)
	for _, c := range counts {
		fmt.Fprintf(r.out, "  %6d  %s\n", c.N, c.Of)
	}
}
