package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"verbale/internal/phrases"
)

// MaxTextLength is the maximum length of Text in characters: the limit of a section of a Slack
// message, with some margin.
const MaxTextLength = 2900

// topShown is how many values of a dimension Text shows.
const topShown = 5

// Text is a short report as plain text for a message: totals, times, the longest overdue
// requests and the most frequent values. Confidential requests are not counted in the values.
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

// withoutConfidential is a report without confidential requests: they are so few that figures
// by country would disclose them.
func (r *Report) withoutConfidential() *Report {
	told := *r
	told.Requests = slices.DeleteFunc(slices.Clone(r.Requests), func(q Request) bool { return q.Confidential })
	return &told
}

// fitting joins the parts that fit completely.
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
			"by": n.Phrases.OverdueBy(n.Language, due.Days), "owner": n.holder(q.Owner),
		}))
	}
	return strings.Join(lines, "\n")
}
