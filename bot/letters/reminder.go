package letters

import (
	"cmp"
	"slices"
	"strings"
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
		w.dueList(rec.Plan, lang, dueGroup(line)),
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
	return w.Phrases.Text(lang, dueGroup(line)+string(line.Step), nil)
}

// The phrases that name steps: to whom they are due from, and to others.
const (
	dueFromYou    = "due."
	dueFromOthers = "next."
)

// dueGroup are the phrases that name steps to the recipient of a reminder.
func dueGroup(line intake.Reminder) string {
	if superior(line.To) || line.To == intake.ToDesk {
		return dueFromOthers
	}
	return dueFromYou
}

// superior reports whether reminders to a recipient are escalations.
func superior(to string) bool { return to == intake.ToChief || to == intake.ToDeskLead }

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
	case superior(line.To):
		key = "remind.escalated"
	case due.Before(now.Add(-time.Minute)):
		key = "remind.overdue"
	}
	lead := w.Phrases.Text(lang, key, phrases.Values{
		"reference": rec.Reference, "countries": w.countriesTold(rec, w.countriesOf(rec), lang), "what": w.dueName(line, lang),
		"date": due.In(w.Zone), "owner": w.Recipient(rec.Owner, lang), "by": w.overdueBy(due, now, lang),
	})
	if key != "remind.escalated" {
		return lead
	}
	return strings.Join(sections(lead, w.reminded(rec, line.Step, lang), w.standIn(rec, line, lang)), " ")
}

// overdueBy says for how many working days something has been overdue.
func (w *Writer) overdueBy(due, now time.Time, lang string) string {
	return w.Phrases.OverdueBy(lang, w.Policy.DaysOverdue(due, now))
}

// reminded says that the owner has been reminded of a step; "" if that is not so.
func (w *Writer) reminded(rec *intake.Record, step intake.StepName, lang string) string {
	sent := slices.ContainsFunc(rec.FollowUp.Ledger, func(r intake.Reminder) bool {
		return r.Step == step && r.State == intake.ReminderSent && !superior(r.To)
	})
	if !sent {
		return ""
	}
	return w.Phrases.Text(lang, "remind.reminded", nil)
}

// standIn proposes to the chief who could take over from a post that does not respond: its
// stand-in in the directory or, without one, the division.
func (w *Writer) standIn(rec *intake.Record, line intake.Reminder, lang string) string {
	post, ok := w.Directory.Post(rec.Owner)
	if !ok || line.To != intake.ToChief {
		return ""
	}
	return w.Phrases.Text(lang, "remind.stand_in", phrases.Values{"stand_in": w.Recipient(cmp.Or(post.StandIn, post.Division), lang)})
}

// Recipient names in a language whoever is written to: a post, a division, its chief, the desk
// or its lead.
func (w *Writer) Recipient(id, lang string) string {
	switch division, chief := w.Directory.ChiefOf(id); {
	case chief:
		return w.Phrases.Text(lang, "recipient.chief", phrases.Values{"division": division.Name.In(lang)})
	case id == intake.ToDeskLead:
		return w.Phrases.Text(lang, "recipient.desk_lead", nil)
	case id == intake.ToDesk || id == "":
		return w.Phrases.Text(lang, "where.desk", nil)
	}
	return w.Directory.Name(id, lang)
}
