package desk

import (
	"context"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// A reminderButton is a button below a reminder.
type reminderButton struct {
	press string
	value string
	label string // phrase key; "" for that of the press
}

// Numbers of days for which a button snoozes the reminders of a record.
const (
	restDay  = "1"
	restWeek = "7"
)

// reminderButtons are the buttons below a reminder of each step, for whoever owes it; the expected one
// comes first.
var reminderButtons = map[intake.StepName][]reminderButton{
	intake.StepTriage:    {{press: PressAssign}, {press: PressChoose}, {press: PressNotRequest}},
	intake.StepAccept:    {{press: PressAccept}, {press: PressDecline}, {press: PressHandOver}},
	intake.StepAnswer:    {{press: PressReply}, {press: PressSnoozeDays, value: restDay, label: "button.rest_day"}, {press: PressSnoozeDays, value: restWeek, label: "button.rest_week"}},
	intake.StepTakeUp:    {{press: PressTakeUp}, {press: PressReply}, {press: PressClose}},
	intake.StepRequester: {{press: PressMayRemind}, {press: PressReply, value: string(bot.PurposeInterim), label: "button.ask_anew"}, {press: PressClose}},
	intake.StepOutcome:   {{press: PressClose, label: "button.outcome"}},
	intake.StepResults:   {{press: PressResults}},
	intake.StepOwn:       {{press: PressRemindMe, label: "button.remind_again"}},
}

// offersOthers are the buttons below a reminder to anybody who does not owe the step.
var offersOthers = []reminderButton{{press: PressHandOver}, {press: PressNote}}

// reminded is what is shown below the text of a reminder: who has the record, if that is not
// the recipient, and the buttons.
func (w pageWriter) reminded(ctx context.Context, rec *intake.Record, a bot.Action) ([]Block, error) {
	if bot.Settled(rec, a.Post.Step) {
		return w.behind(ctx, rec)
	}
	var blocks []Block
	all := reminderButtons[a.Post.Step]
	if passedOn(rec, a) {
		all = offersOthers
		blocks = append(blocks, Fine{joined("\n", w.say("reminder.with", phrases.Values{"owner": w.holder(rec.Owner)}), w.next(rec))})
	}
	var row Buttons
	for _, o := range all {
		if !fits(o.press, rec) || o.press == PressAssign && proposal(rec) == "" {
			continue
		}
		b := w.button(o.press, rec, StylePlain)
		if o.label != "" {
			b.Label, b.Press.Value = w.say(o.label), o.value
		}
		if o.press == all[0].press && len(row.Buttons) == 0 && a.Post.Step != intake.StepOwn && !passedOn(rec, a) {
			b.Style = StylePrimary
		}
		row.Buttons = append(row.Buttons, b)
	}
	for _, name := range []string{PressOpen, PressFollowUp} {
		row.Buttons = append(row.Buttons, w.button(name, rec, StylePlain))
	}
	return append(blocks, row), nil
}

// behind is shown below a reminder of a step that has been completed since: the record's
// current state.
func (w pageWriter) behind(ctx context.Context, rec *intake.Record) ([]Block, error) {
	s, err := w.cardData(ctx, rec)
	if err != nil {
		return nil, err
	}
	return []Block{
		Fine{w.say("reminder.settled", phrases.Values{"what": w.where(ctx, s)})},
		Buttons{Buttons: []Button{w.button(PressOpen, rec, StylePlain)}},
	}, nil
}

// passedOn reports whether a reminder informs the chief or the desk about what somebody else
// owes.
func passedOn(rec *intake.Record, a bot.Action) bool {
	return a.Post.Step != intake.StepTriage && slices.ContainsFunc(rec.FollowUp.Ledger, func(r intake.Reminder) bool {
		return r.Key == a.Post.Reminder && slices.Contains([]string{intake.ToChief, intake.ToDesk, intake.ToDeskLead}, r.To)
	})
}
