package routing

import (
	"slices"
	"strings"
	"time"

	"verbale/intake"
)

// A Question is the input of Table.Route.
type Question struct {
	Reading *intake.Reading
	At      time.Time      // in the office's time zone: its day decides which absences apply
	Open    map[string]int // open requests by post ID; nil if unknown
	Leaves  Leaves         // reported absences, in addition to those in the directory
}

// Route decides who carries a request out. It is total: the assignee is always in the
// directory.
func (t *Table) Route(q Question) intake.Routing {
	if len(q.Leaves) > 0 {
		now := *t
		now.dir = t.dir.With(q.Leaves)
		t = &now
	}
	s := t.survey(q.Reading)
	rule := t.rule(&s)
	r := decision{table: t, survey: &s, question: &q, Routing: intake.Routing{
		Division: s.division, CarriedBy: rule.Then.CarriedBy, Rule: rule.ID,
		DivisionsSupport: []string{}, Support: []string{}, Reasons: []intake.Remark{},
	}}
	r.explainSubject()
	r.because(intake.Remark{Said: rule.Because})
	r.assign(rule.Then.Lead)
	r.support()
	r.Confidence = t.confidence(&s, r.Division, q.Reading)
	r.compare()
	r.triage(rule)
	return r.Routing
}

// rule returns the first rule that matches; the last one matches everything.
func (t *Table) rule(s *survey) *Rule {
	for i := range t.match {
		if t.match[i].When.matches(&s.facts) {
			return &t.match[i]
		}
	}
	panic("routing: a compiled table ends with a rule that matches everything")
}

// A decision is a Routing under construction.
type decision struct {
	intake.Routing
	table    *Table
	survey   *survey
	question *Question
}

func (d *decision) because(reason intake.Remark) { d.Reasons = append(d.Reasons, reason) }

func (d *decision) explainSubject() {
	if s := d.survey; !s.unread && s.theme != "" {
		d.because(intake.Remark{ID: "route.theme", Args: map[string]string{"theme": s.theme, "division": s.division}})
	}
	if outside := d.outsideProgramme(); len(outside) > 0 {
		d.because(intake.Remark{ID: "route.outside", Args: map[string]string{"countries": strings.Join(outside, ",")}})
	}
}

func (d *decision) outsideProgramme() (outside []string) {
	rules := d.table.rules
	if rules.Programme == "" {
		return nil
	}
	for _, country := range d.survey.countries {
		if !slices.Contains(rules.Groups[rules.Programme], country) {
			outside = append(outside, country)
		}
	}
	return outside
}

// assign determines the assignee from a rule's lead. If the lead is a division, it also
// becomes the request's division; if it is a post, the division stays.
func (d *decision) assign(lead string) {
	d.Assignee = d.Division
	switch lead {
	case LeadDivision:
	case LeadAdviser:
		post, ok := d.adviser()
		if !ok {
			d.because(intake.Remark{ID: "route.no_post", Args: map[string]string{"division": d.Division}})
			return
		}
		d.assignPost(post)
	default:
		if post, ok := d.table.dir.Post(lead); ok {
			d.assignPost(post)
			return
		}
		d.Division, d.Assignee = lead, lead
	}
}

func (d *decision) adviser() (*Post, bool) {
	theme := d.survey.theme
	if d.Division != d.survey.division {
		theme = "" // the rule moved the request to another division than its theme's
	}
	return d.table.adviser(d.Division, theme, &d.survey.facts, d.question.Open)
}

func (d *decision) assignPost(post *Post) {
	switch holder, ok := d.table.dir.holder(post, d.day()); {
	case !ok:
		d.because(intake.Remark{ID: "route.vacant", Args: map[string]string{"post": post.ID, "division": d.Division}})
	case holder != post:
		d.because(intake.Remark{ID: "route.stand_in", Args: map[string]string{"post": post.ID, "stand_in": holder.ID}})
		d.Assignee = holder.ID
	default:
		d.Assignee = post.ID
	}
}

func (d *decision) day() intake.Date { return intake.DateOf(d.question.At) }
