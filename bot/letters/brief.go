package letters

import (
	"strings"

	"verbale/intake"
	"verbale/internal/phrases"
)

// brief summarises the record in about a dozen lines for a colleague. Empty fields are left
// out.
func (w *Writer) brief(rec *intake.Record, lang string) string {
	r := rec.Request
	return w.rows(lang, []row{
		{"field.reference", rec.Reference},
		{"field.countries", w.values(intake.FieldCountries, r.Countries, lang)},
		{"field.institution", r.Institution},
		{"field.requester", joinNonEmpty(r.Requester.Name, r.Requester.Title)},
		{"field.official_ref", r.OfficialRef},
		{"field.summary", r.Summary},
		{"field.services", w.values(intake.FieldServices, r.Values(intake.FieldServices), lang)},
		{"field.themes", w.values(intake.FieldThemes, r.Themes, lang)},
		{"field.instruments", w.values(intake.FieldInstruments, r.Instruments, lang)},
		{"field.partners", w.values(intake.FieldPartners, r.Partners, lang)},
		{"field.dates", w.stretch(r.ProposedStart, r.ProposedEnd, lang)},
		{"field.reply_by", w.day(r.ReplyBy, lang)},
		{"field.urgency", w.Value(intake.FieldUrgency, string(r.Urgency), lang)},
	})
}

// A row is one line of a brief: the key of its label, and its value.
type row struct{ key, value string }

// rows formats one row per line, without empty ones.
func (w *Writer) rows(lang string, rows []row) string {
	var lines []string
	for _, row := range rows {
		if row.value != "" {
			label := w.Phrases.Text(lang, row.key, nil)
			lines = append(lines, w.Phrases.Text(lang, "brief.row", phrases.Values{"label": label, "value": row.value}))
		}
	}
	return strings.Join(lines, "\n")
}

func joinNonEmpty(parts ...string) string { return strings.Join(sections(parts...), ", ") }

// stretch formats the period of an activity; its start or end may be missing.
func (w *Writer) stretch(start, end intake.Date, lang string) string {
	values := phrases.Values{"start": w.day(start, lang), "end": w.day(end, lang)}
	switch {
	case start == end:
		return w.day(start, lang)
	case end.IsZero():
		return w.Phrases.Text(lang, "dates.from", values)
	case start.IsZero():
		return w.Phrases.Text(lang, "dates.until", values)
	}
	return w.Phrases.Text(lang, "dates.between", values)
}

func (w *Writer) doubtList(doubts []intake.Doubt, lang string) string {
	var lines []string
	for _, d := range doubts {
		key := "doubt.item"
		if len(d.Candidates) > 0 {
			key += "_candidates"
		}
		lines = append(lines, w.Phrases.Text(lang, key, phrases.Values{
			"field": w.Phrases.Text(lang, "field."+string(d.Field), nil), "reason": w.Remark(d.Reason, lang),
			"candidates": w.values(d.Field, d.Candidates, lang),
		}))
	}
	return w.titled("doubt.title", lines, lang)
}

func (w *Writer) reasonList(title string, reasons []intake.Remark, lang string) string {
	lines := w.Remarks(reasons, lang)
	for i := range lines {
		lines[i] = "- " + lines[i]
	}
	return w.titled(title, lines, lang)
}

// dueList lists what colleagues have to do and by when, without steps of others; group are the
// phrases that name the steps.
func (w *Writer) dueList(plan []intake.PlanStep, lang, group string) string {
	var lines []string
	for _, p := range plan {
		switch p.Step {
		case intake.StepAccept, intake.StepAnswer, intake.StepTakeUp, intake.StepOutcome, intake.StepResults:
			lines = append(lines, w.Phrases.Text(lang, "due.item", phrases.Values{
				"what": w.Phrases.Text(lang, group+string(p.Step), nil), "date": p.At.In(w.Zone),
			}))
		}
	}
	return w.titled("due.title", lines, lang)
}

// titled puts a title above lines; "" if there are no lines.
func (w *Writer) titled(title string, lines []string, lang string) string {
	if len(lines) == 0 {
		return ""
	}
	return w.Phrases.Text(lang, title, nil) + "\n" + strings.Join(lines, "\n")
}
