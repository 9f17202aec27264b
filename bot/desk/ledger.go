package desk

import (
	"context"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// shownLedger is the number of latest past reminders shown.
const shownLedger = 30

// followUpForm shows the follow-up of a record: planned reminders, past reminders, and changes
// made by colleagues.
func (d *Desk) followUpForm(ctx context.Context, v interaction) (Form, error) {
	actions, err := d.service.Store.Actions(ctx, v.rec.Reference)
	if err != nil {
		return Form{}, fmt.Errorf("load what was done about %s: %w", v.rec.Reference, err)
	}
	blocks := []Block{v.about(v.rec)}
	if now := joined("\n", v.next(v.rec), v.rests(v.rec), v.reminding(v.rec), v.back(v.rec)); now != "" {
		blocks = append(blocks, Paragraph{Text: now})
	}
	blocks = append(blocks, v.wishes()...)
	blocks = append(blocks, v.toCome(ctx)...)
	blocks = append(blocks, v.stopped()...)
	return v.sheet(FormFollowUp, append(blocks, v.ledger(ctx, actions)...)...), nil
}

// reminding says that the requester is reminded; "" if they are not.
func (w pageWriter) reminding(rec *intake.Record) string {
	if rec.Status != intake.StatusWaiting || !rec.FollowUp.AskRequester {
		return ""
	}
	return w.say("follow_up.requester")
}

// wishes are the buttons that change the follow-up as a whole.
func (v interaction) wishes() []Block {
	var row Buttons
	for _, name := range []string{PressRemindMe, PressSnooze, PressMayRemind, PressResults} {
		if v.fitting(name) {
			row.Buttons = append(row.Buttons, v.button(name, v.rec, StylePlain))
		}
	}
	if len(row.Buttons) == 0 {
		return nil
	}
	return []Block{row}
}

// fitting reports whether a press makes sense now and is allowed for the user.
func (v interaction) fitting(name string) bool { return may(v.by, v.rec, name) && fits(name, v.rec) }

// toCome are the planned reminders, with the actions for each.
func (v interaction) toCome(ctx context.Context) []Block {
	blocks := []Block{Heading{v.say("follow_up.planned")}}
	planned := v.service.Planned(v.rec)
	for _, r := range planned {
		row := v.planned(ctx, r)
		if v.fitting(PressMove) {
			row.Menu = v.aboutReminder(r)
		}
		blocks = append(blocks, row)
	}
	if len(planned) == 0 {
		blocks = append(blocks, Fine{v.say("follow_up.nothing")})
	}
	return blocks
}

func (v interaction) aboutReminder(r intake.Reminder) []Button {
	menu := []Button{
		{Label: v.say("button." + PressMove), Press: press(PressMove, v.rec, r.Key)},
		{Label: v.say("button." + PressStop), Press: press(PressStop, v.rec, r.Key)},
	}
	if r.Step == intake.StepOwn {
		return menu
	}
	return append(menu, Button{Label: v.say("button." + PressMute), Press: press(PressMute, v.rec, string(r.Step))})
}

// stopped are the steps whose reminders are turned off.
func (v interaction) stopped() []Block {
	if len(v.rec.FollowUp.Stopped) == 0 {
		return nil
	}
	blocks := []Block{Heading{v.say("follow_up.stopped")}}
	for _, step := range v.rec.FollowUp.Stopped {
		row := Row{Title: v.say("next." + string(step))}
		if v.fitting(PressUnmute) {
			row.Button = &Button{Label: v.say("button." + PressUnmute), Press: press(PressUnmute, v.rec, string(step))}
		}
		blocks = append(blocks, row)
	}
	return blocks
}

// ledger are the past reminders, the latest first.
func (v interaction) ledger(ctx context.Context, actions []bot.Action) []Block {
	said := map[string]bot.Action{}
	for _, a := range actions {
		said[a.Key] = a
	}
	blocks := []Block{Heading{v.say("follow_up.said")}}
	lines := v.rec.FollowUp.Ledger
	for i, r := range slices.Backward(lines) {
		if len(lines)-i > shownLedger {
			blocks = append(blocks, Fine{v.say("history.shortened", phrases.Values{"count": i + 1})})
			break
		}
		blocks = append(blocks, v.settledLine(ctx, r, said[bot.ReminderKey(v.rec.Reference, r)]))
	}
	if len(lines) == 0 {
		blocks = append(blocks, Fine{v.say("follow_up.nothing_said")})
	}
	return blocks
}

// planned is the row of a planned reminder.
func (w pageWriter) planned(ctx context.Context, r intake.Reminder) Row {
	row := Row{Title: w.reminder(ctx, r), Detail: oneLine(r.Text)}
	if r.By != "" {
		key := "reminder.moved_by"
		if r.Step == intake.StepOwn {
			key = "reminder.asked_by"
		}
		row.Detail = joined("\n", row.Detail, w.say(key, phrases.Values{"actor": w.actor(ctx, r.By)}))
	}
	return row
}

// reminder says when which reminder goes to whom.
func (w pageWriter) reminder(ctx context.Context, r intake.Reminder) string {
	return w.say("reminder.line", phrases.Values{
		"when": w.moment(r.At), "what": w.say("next." + string(r.Step)), "to": w.recipient(ctx, r.To),
	})
}

// settledLine is the row of a past reminder, with what became of it.
func (w pageWriter) settledLine(ctx context.Context, r intake.Reminder, said bot.Action) Row {
	return Row{Title: w.reminder(ctx, r), Detail: joined("\n", w.fate(ctx, r, said), oneLine(r.Text))}
}

// fate is what became of a reminder; said is the action that sent it, the zero Action if it is
// no longer stored.
func (w pageWriter) fate(ctx context.Context, r intake.Reminder, said bot.Action) string {
	values := phrases.Values{"reason": w.whyNot(r.Reason), "actor": w.actor(ctx, r.By), "when": w.moment(r.DoneAt)}
	switch {
	case r.State == intake.ReminderSkipped:
		return w.say("reminder.skipped", values)
	case r.State == intake.ReminderStopped && r.Reason == bot.ReasonMoved:
		return w.say("reminder.moved", values)
	case r.State == intake.ReminderStopped:
		return w.say("reminder.stopped", values)
	}
	if said.Key == "" {
		return w.say("reminder.sent", values)
	}
	if !said.DoneAt.IsZero() {
		values["when"] = w.moment(said.DoneAt)
	}
	values["reason"] = said.Result
	return w.say("reminder."+string(said.State), values)
}

// whyNot says why a reminder was not sent; older entries hold a sentence instead of a code.
func (w pageWriter) whyNot(reason string) string {
	if text := w.named("reminder.why.", reason); text != reason {
		return text
	}
	if status := w.named("status.", reason); status != reason {
		return w.say("reminder.why.status", phrases.Values{"status": status})
	}
	return reason
}
