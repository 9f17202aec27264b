package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// moveForm asks for another time for a planned reminder.
func (d *Desk) moveForm(ctx context.Context, v interaction) (Form, error) {
	planned := d.service.Planned(v.rec)
	i := slices.IndexFunc(planned, func(r intake.Reminder) bool { return r.Key == v.press.Value })
	if i < 0 {
		return Form{}, &bot.Refusal{Phrase: "refused.reminder_gone"}
	}
	r := planned[i]
	return v.form(FormMove, v.about(v.rec), v.planned(ctx, r), v.dayInput(inputDay, r.At), v.timeInput(r.At)), nil
}

func (d *Desk) submitMove(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
	at, wrong := v.momentIn(in)
	if wrong != nil {
		return Answer{Errors: wrong}, nil
	}
	return d.wished(ctx, v, bot.Postpone{Key: v.press.Value, At: at}, "done.moved", at)
}

// remindForm asks when a colleague wants to be reminded, and of what.
func (d *Desk) remindForm(_ context.Context, v interaction) (Form, error) {
	text := Input{ID: inputText, Label: v.say("input.remind"), Kind: InputText, Optional: true}
	return v.form(FormRemind, v.about(v.rec), Paragraph{Text: v.say("lead.remind")},
		v.dayInput(inputDay, time.Time{}), v.timeInput(time.Time{}), text), nil
}

func (d *Desk) submitRemind(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
	at, wrong := v.momentIn(in)
	if wrong != nil {
		return Answer{Errors: wrong}, nil
	}
	return d.wished(ctx, v, bot.RemindMe{At: at, Text: in.First(inputText)}, "done.remind", at)
}

// snoozeForm asks until when the assignee is not to be reminded.
func (d *Desk) snoozeForm(_ context.Context, v interaction) (Form, error) {
	return v.form(FormSnooze, v.about(v.rec),
		Paragraph{Text: v.say("lead.snooze", phrases.Values{"owner": v.holder(v.rec.Owner)})}, v.dayInput(inputDay, time.Time{})), nil
}

func (d *Desk) submitSnooze(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
	until, err := intake.ParseDate(in.First(inputDay))
	if err != nil {
		return Answer{Errors: map[string]string{inputDay: v.say("form.date")}}, nil
	}
	return d.wished(ctx, v, bot.Snooze{Until: until.In(v.zone())}, "done.snooze", until.In(v.zone()))
}

// wished gives an order about the follow-up of a record, confirms the new state, and offers a
// button back to the follow-up page.
func (d *Desk) wished(ctx context.Context, v interaction, operation bot.Operation, key string, at time.Time) (Answer, error) {
	if _, err := d.order(ctx, v, operation); err != nil {
		return Answer{}, err
	}
	back := Button{Label: v.say("button." + PressFollowUp), Press: Press{Name: PressFollowUp, Reference: v.press.Reference}}
	return v.done(v.say(key, phrases.Values{"reference": v.press.Reference, "when": v.until(at)}), back), nil
}

// dayInput asks for a day; its initial value is the day of at.
func (w pageWriter) dayInput(id string, at time.Time) Input {
	input := Input{ID: id, Label: w.say("input." + id), Kind: InputDate}
	if !at.IsZero() {
		input.Initial = []string{intake.DateOf(at.In(w.zone())).String()}
	}
	return input
}

// timeInput asks for a time of day in the office's time zone; its initial value is that of at,
// or the office's default time for reminders.
func (w pageWriter) timeInput(at time.Time) Input {
	first := embeddedVocabulary().Reminded
	if !at.IsZero() {
		first = at.In(w.zone()).Format(clock)
	}
	return Input{ID: inputTime, Label: w.say("input.time"), Hint: w.say("hint.time"), Kind: InputLine, Initial: []string{first}}
}

// clock is the layout of a time of day.
const clock = "15:04"

// momentIn parses the day and time of a form, or returns the errors.
func (w pageWriter) momentIn(in Values) (at time.Time, wrong map[string]string) {
	day, err := intake.ParseDate(in.First(inputDay))
	if err != nil {
		return at, map[string]string{inputDay: w.say("form.date")}
	}
	at, ok := w.at(day, in.First(inputTime))
	if !ok {
		return at, map[string]string{inputTime: w.say("form.time")}
	}
	return at, nil
}

// resultsForm asks for the results of a request; its initial values are those already
// recorded.
func (d *Desk) resultsForm(_ context.Context, v interaction) (Form, error) {
	var told intake.Results
	if v.rec.Results != nil {
		told = *v.rec.Results
	}
	instruments := Input{ID: string(intake.FieldInstruments), Label: v.say("input.acceded"), Kind: InputSearchN, Optional: true, Initial: told.Instruments}
	for _, id := range told.Instruments {
		instruments.Options = append(instruments.Options, Option{Value: id, Label: v.value(intake.FieldInstruments, id)})
	}
	return v.form(FormResults, v.about(v.rec), Paragraph{Text: v.say("lead.results")},
		v.resultInput(inputOutputs, InputText, told.Outputs),
		v.resultInput(inputPeople, InputLine, counted(told.PeopleTrained)),
		v.resultInput(inputWomen, InputLine, counted(told.Women)),
		instruments,
		v.resultInput(inputNextStep, InputText, told.NextStep),
	), nil
}

func (w pageWriter) resultInput(id string, kind InputKind, told string) Input {
	input := Input{ID: id, Label: w.say("input." + id), Kind: kind, Optional: true}
	if told != "" {
		input.Initial = []string{told}
	}
	return input
}

// counted formats a number; "" for 0.
func counted(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (d *Desk) submitResults(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
	results := intake.Results{
		Outputs: in.First(inputOutputs), NextStep: in.First(inputNextStep), Instruments: in[string(intake.FieldInstruments)],
	}
	wrong := map[string]string{}
	for input, number := range map[string]*int{inputPeople: &results.PeopleTrained, inputWomen: &results.Women} {
		text := strings.TrimSpace(in.First(input))
		if n, err := strconv.Atoi(text); err == nil && n >= 0 {
			*number = n
		} else if text != "" {
			wrong[input] = v.say("form.number")
		}
	}
	if len(wrong) == 0 && results.Women > results.PeopleTrained {
		wrong[inputWomen] = v.say("refused.people")
	}
	if len(wrong) > 0 {
		return Answer{Errors: wrong}, nil
	}
	return d.obey(ctx, v, bot.RecordResults{Results: results})
}
