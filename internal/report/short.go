package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"verbale/internal/phrases"
)

// MaxTextLength is how many characters Text has at most: what one section of a
// Slack message takes, with some room.
const MaxTextLength = 2900

// topShown is how many values of a dimension Text names.
const topShown = 5

// Text is a report in short, as plain text for a message: the headline figures,
// the times, what is longest overdue and the most frequent values. The values of
// confidential requests are left out.
func Text(r *Report, n Names) string {
	parts := []string{n.say("report.title") + "\n" + n.period(r) + "\n" + n.asOf(r), n.shortSummary(r)}
	if times := n.shortTimes(r); times != "" {
		parts = append(parts, times)
	}
	if overdue := n.shortOverdue(r); overdue != "" {
		parts = append(parts, overdue)
	}
	told := r.withoutConfidential()
	for _, d := range []Dimension{ByCountry, ByDivision, ByTheme, ByService} {
		if top := n.shortTop(told, d); top != "" {
			parts = append(parts, top)
		}
	}
	return fitting(parts)
}

// withoutConfidential is a report of the requests whose countries and themes everybody
// may know: few as they are, figures by country would tell them.
func (r *Report) withoutConfidential() *Report {
	told := *r
	told.Requests = slices.DeleteFunc(slices.Clone(r.Requests), func(q Request) bool { return q.Confidential })
	return &told
}

// fitting joins the parts that have room as a whole.
func fitting(parts []string) string {
	text := ""
	for _, part := range parts {
		longer := strings.TrimPrefix(text+"\n\n"+part, "\n\n")
		if utf8.RuneCountInString(longer) <= MaxTextLength {
			text = longer
		}
	}
	return text
}

func (n Names) shortSummary(r *Report) string {
	var lines []string
	for _, h := range r.Headlines() {
		if h.Count > 0 || h.ID == "requests" {
			lines = append(lines, n.row(n.say("report.headline."+h.ID), n.number(float64(h.Count), 0)))
		}
	}
	return strings.Join(lines, "\n")
}

func (n Names) row(label, value string) string {
	return n.say("brief.row", phrases.Values{"label": label, "value": value})
}

func (n Names) shortTimes(r *Report) string {
	var lines []string
	for _, s := range Steps() {
		m := r.Measure(s)
		if m.Count == 0 {
			continue
		}
		lines = append(lines, n.row(n.say("report.step."+string(s)), n.say("report.short.time", phrases.Values{
			"median": n.number(r.inUnit(s, m.Median), 1), "percentile": n.number(r.inUnit(s, m.Percentile90), 1),
			"unit": n.say("report.unit." + string(unitOf(s))),
		})))
	}
	return strings.Join(lines, "\n")
}

func (n Names) shortTop(r *Report, d Dimension) string {
	figures := r.Figures(d)
	if len(figures) == 0 {
		return ""
	}
	var shown []string
	for _, f := range figures[:min(topShown, len(figures))] {
		shown = append(shown, n.say("report.short.value", phrases.Values{"name": n.Of(d, f.ID), "number": n.number(float64(f.Requests), 0)}))
	}
	if left := len(figures) - len(shown); left > 0 {
		shown = append(shown, n.say("report.short.more", phrases.Values{"count": left}))
	}
	return n.row(n.say("report.by."+string(d)), strings.Join(shown, separator))
}

func (n Names) shortOverdue(r *Report) string {
	late := r.Overdue()
	if len(late) == 0 {
		return ""
	}
	lines := []string{n.say("report.short.overdue")}
	for _, q := range late[:min(topShown, len(late))] {
		due := q.Overdue[0]
		lines = append(lines, n.say("report.short.late", phrases.Values{
			"reference": q.Reference, "step": n.phrase("next.", string(due.Step)),
			"days": n.number(r.days(due.Late), 1), "owner": n.holder(q.Owner),
		}))
	}
	return strings.Join(lines, "\n")
}
