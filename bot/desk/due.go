package desk

import (
	"context"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// next says what is due next, how long it has been overdue, or since when the record is
// waiting for the requester; "" if nothing is due.
func (w pageWriter) next(rec *intake.Record) string {
	if since := rec.FollowUp.Waiting; rec.Status == intake.StatusWaiting && !since.IsZero() {
		return w.say("card.waiting", phrases.Values{"when": w.moment(since)})
	}
	step, ok := bot.NextDue(rec)
	if !ok {
		return ""
	}
	values := phrases.Values{"what": w.say("next." + string(step.Step)), "when": w.moment(step.At)}
	switch {
	case !w.overdue(rec):
		return w.say("card.next", values)
	case w.lasting:
		return w.say("card.was_due", values)
	}
	values["by"] = w.service.Phrases.OverdueBy(w.lang, w.service.Policy.DaysOverdue(step.At, w.service.Now()))
	return w.say("card.overdue", values)
}

// overdue reports whether the next step of a record should have been done by now.
func (w pageWriter) overdue(rec *intake.Record) bool {
	step, ok := bot.NextDue(rec)
	return ok && step.At.Before(w.service.Now())
}

// due is when the next step is due.
func (w pageWriter) due(rec *intake.Record) string {
	if step, ok := bot.NextDue(rec); ok {
		return w.moment(step.At)
	}
	return ""
}

// comes says when the next reminder is sent, and to whom; "" if none is.
func (w pageWriter) comes(ctx context.Context, rec *intake.Record) string {
	r := rec.FollowUp.Next
	if r.Key == "" {
		return ""
	}
	return w.say("card.reminder", phrases.Values{"when": w.moment(r.At), "to": w.recipient(ctx, r.To)})
}

// rests says until when the owner's reminders are snoozed; "" if they are not.
func (w pageWriter) rests(rec *intake.Record) string {
	until := rec.FollowUp.Snoozed
	if !until.After(w.service.Now()) {
		return ""
	}
	return w.say("card.snoozed", phrases.Values{"until": w.until(until)})
}

// back says until when the requester is away; "" if they are not.
func (w pageWriter) back(rec *intake.Record) string {
	back := rec.FollowUp.RequesterBack
	if !back.After(w.service.Now()) || !rec.Status.Open() {
		return ""
	}
	return w.say("card.back", phrases.Values{"day": w.day(intake.DateOf(back.In(w.zone())))})
}

// recipient names who is reminded.
func (w pageWriter) recipient(ctx context.Context, to string) string {
	switch to {
	case intake.ToRequester, intake.ToChief, intake.ToDeskLead:
		return w.say("to." + to)
	}
	return w.actor(ctx, to)
}

// results are the recorded results of a request, if any.
func (w pageWriter) results(ctx context.Context, rec *intake.Record) []Block {
	r := rec.Results
	if r == nil {
		return nil
	}
	var trained string
	if r.PeopleTrained > 0 {
		trained = w.say("results.trained", phrases.Values{"count": r.PeopleTrained, "women": r.Women})
	}
	return []Block{
		Paragraph{Text: w.say("results.title"), Strong: true},
		Facts{w.facts([]Fact{
			{w.say("input.outputs"), cut(oneLine(r.Outputs), shownSummary)},
			{w.say("input.people"), trained},
			{w.say("input.acceded"), w.values(intake.FieldInstruments, r.Instruments)},
			{w.say("input.next_step"), cut(oneLine(r.NextStep), shownReason)},
		})},
		Fine{w.say("card.since", phrases.Values{"what": w.say("results.by", phrases.Values{"actor": w.actor(ctx, r.By)}), "when": w.moment(r.At)})},
	}
}
