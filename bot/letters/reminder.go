package letters

import (
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Reminder reminds a colleague of what is due on a record.
func (w *Writer) Reminder(rec *intake.Record, id string, line intake.Reminder, now time.Time, e Effect) Written {
	lang := w.LanguageOf(id)
	subject := w.Phrases.Text(lang, "remind.subject", phrases.Values{
		"reference": rec.Reference, "countries": w.countriesTold(rec, w.countriesOf(rec), lang), "what": w.dueName(line, lang),
	})
	return w.toColleague(lang, subject,
		w.ReminderLead(rec, line, now, lang),
		w.reminderBrief(rec, lang),
		w.dueList(rec.Plan, lang),
		w.howToAnswer(e, lang, ""),
		w.Phrases.Text(lang, "assign.inside", nil),
		w.tokenOf(e, lang),
	)
}

// reminderBrief returns the brief, or "" if the request could not be read or is confidential.
func (w *Writer) reminderBrief(rec *intake.Record, lang string) string {
	if rec.Request == nil || rec.Confidential {
		return ""
	}
	return w.brief(rec, lang)
}

// dueName names what is due, in a word or two.
func (w *Writer) dueName(line intake.Reminder, lang string) string {
	return w.Phrases.Text(lang, "due."+string(line.Step), nil)
}

// ReminderLead says what is due from whom and when, and whether it is overdue or escalated.
func (w *Writer) ReminderLead(rec *intake.Record, line intake.Reminder, now time.Time, lang string) string {
	if line.Step == intake.StepOwn {
		return w.Phrases.Text(lang, "remind.own", phrases.Values{"reference": rec.Reference, "text": line.Text, "by": line.By})
	}
	key, due := "remind.due", now
	if at, ok := bot.DueAt(rec.Plan, line.Step); ok {
		due = at
	}
	switch {
	case line.Step == intake.StepRequester:
		key = "remind.close"
	case line.To == intake.ToChief || line.To == intake.ToDeskLead:
		key = "remind.escalated"
	case due.Before(now.Add(-time.Minute)):
		key = "remind.overdue"
	}
	return w.Phrases.Text(lang, key, phrases.Values{
		"reference": rec.Reference, "countries": w.countriesTold(rec, w.countriesOf(rec), lang), "what": w.dueName(line, lang),
		"date": due.In(w.Zone), "owner": w.Directory.Name(rec.Owner, lang),
	})
}
