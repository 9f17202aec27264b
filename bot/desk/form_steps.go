package desk

import (
	"context"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// assignForm asks for the assignee, with the routing's proposal as initial value.
func (d *Desk) assignForm(_ context.Context, v interaction) (Form, error) {
	owner := v.ownerInput(proposal(v.rec))
	return v.form(FormAssign, append([]Block{v.about(v.rec)}, append(v.route(v.rec), owner, v.reasonInput(true))...)...), nil
}

func (d *Desk) handOverForm(_ context.Context, v interaction) (Form, error) {
	return v.form(FormHandOver, v.about(v.rec), v.ownerInput(""), v.reasonInput(true)), nil
}

// ownerInput is a search for a post or division.
func (w pageWriter) ownerInput(id string) Input {
	input := Input{ID: inputOwner, Label: w.say("input.owner"), Hint: w.say("hint.owner"), Kind: InputSearch}
	if id != "" {
		input.Initial = []string{id}
		input.Options = []Option{w.holderOption(id)}
	}
	return input
}

func (w pageWriter) reasonInput(optional bool) Input {
	return Input{ID: inputReason, Label: w.say("input.reason"), Hint: w.say("hint.reason"), Kind: InputText, Optional: optional}
}

// submitOwner assigns a record to the chosen owner.
func (d *Desk) submitOwner(verb intake.Verb) submission {
	return func(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
		if missing := v.needs(in, inputOwner); missing != nil {
			return Answer{Errors: missing}, nil
		}
		return d.obey(ctx, v, bot.Advance{Verb: verb, Owner: in.First(inputOwner), Reason: in.First(inputReason)})
	}
}

// textForms are the forms with a single text input, by the press that opens them: a required
// or optional reason, or a note for colleagues.
var textForms = map[string]struct {
	form     string
	input    string
	optional bool
}{
	PressDecline:    {FormDecline, inputReason, false},
	PressNotRequest: {FormNotRequest, inputReason, false},
	PressReopen:     {FormReopen, inputReason, false},
	PressWithdraw:   {FormWithdraw, inputReason, true},
	PressNote:       {FormNote, inputText, false},
	PressAskDesk:    {FormAskDesk, inputText, false},
}

func (d *Desk) textForm(_ context.Context, v interaction) (Form, error) {
	t := textForms[v.press.Name]
	input := v.reasonInput(t.optional)
	if t.input == inputText {
		input = Input{ID: inputText, Label: v.say("input." + t.form), Kind: InputText}
	}
	return v.form(t.form, v.about(v.rec), Paragraph{Text: v.say("lead." + t.form)}, input), nil
}

// submitStep takes a workflow step, with a reason.
func (d *Desk) submitStep(verb intake.Verb) submission {
	return func(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
		return d.obey(ctx, v, bot.Advance{Verb: verb, Reason: in.First(inputReason)})
	}
}

// submitNote stores a note for colleagues. A question to the desk is marked as such.
func (d *Desk) submitNote(ctx context.Context, v interaction, f Form, in Values) (Answer, error) {
	if missing := v.needs(in, inputText); missing != nil {
		return Answer{Errors: missing}, nil
	}
	text := in.First(inputText)
	if f.Name == FormAskDesk {
		text = d.in(phrases.English).say("note.to_desk", phrases.Values{"text": text})
	}
	return d.obey(ctx, v, bot.Note{Text: text})
}

// outcomes are those to choose from when a record is closed.
var outcomes = []intake.Outcome{intake.OutcomeDelivered, intake.OutcomeAgreed, intake.OutcomeDeclined, intake.OutcomeTransferred}

func (d *Desk) closeForm(_ context.Context, v interaction) (Form, error) {
	choice := Input{ID: inputOutcome, Label: v.say("input.outcome"), Kind: InputChoice}
	for _, o := range outcomes {
		choice.Options = append(choice.Options, Option{Value: string(o), Label: v.named("outcome.", string(o))})
		if string(o) == v.press.Value { // as typed in the command
			choice.Initial = []string{v.press.Value}
		}
	}
	return v.form(FormClose, v.about(v.rec), Paragraph{Text: v.say("lead.close")}, choice, v.reasonInput(false)), nil
}

func (d *Desk) submitClose(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
	if missing := v.needs(in, inputOutcome, inputReason); missing != nil {
		return Answer{Errors: missing}, nil
	}
	return d.obey(ctx, v, bot.Advance{Verb: intake.VerbClose, Outcome: intake.Outcome(in.First(inputOutcome)), Reason: in.First(inputReason)})
}

// mergeForm offers similar records, and a search for others.
func (d *Desk) mergeForm(ctx context.Context, v interaction) (Form, error) {
	alike, err := d.likenesses(ctx, v.rec)
	if err != nil {
		return Form{}, err
	}
	input := Input{ID: inputInto, Label: v.say("input.into"), Hint: v.say("hint.into"), Kind: InputSearch}
	blocks := []Block{v.about(v.rec), Paragraph{Text: v.say("lead.merge")}}
	for _, like := range alike {
		blocks = append(blocks, Fine{v.say("question.alike", phrases.Values{"reference": like.Reference, "reason": v.remark(like.Reason)})})
	}
	if len(alike) > 0 {
		first := alike[0].Reference
		input.Initial, input.Options = []string{first}, []Option{{Value: first, Label: first}}
	}
	return v.form(FormMerge, append(blocks, input, v.reasonInput(true))...), nil
}

func (d *Desk) submitMerge(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
	if missing := v.needs(in, inputInto); missing != nil {
		return Answer{Errors: missing}, nil
	}
	return d.obey(ctx, v, bot.Advance{Verb: intake.VerbMerge, Into: in.First(inputInto), Reason: in.First(inputReason)})
}
