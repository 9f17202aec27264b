package desk

import (
	"context"
	"errors"
	"fmt"

	"verbale/bot"
	"verbale/intake"
)

// An opener makes the form that a press opens.
type opener func(ctx context.Context, v interaction) (Form, error)

// A submission handles a submitted form.
type submission func(ctx context.Context, v interaction, f Form, in Values) (Answer, error)

// prepare maps presses to forms, and presses, forms and commands to their handlers.
func (d *Desk) prepare() {
	d.openers = map[string]opener{
		PressOpen: d.recordForm, PressLetter: d.letterForm, PressAside: d.asideForm, PressEvidence: d.evidenceForm, PressHistory: d.historyForm,
		PressChoose: d.assignForm, PressHandOver: d.handOverForm, PressCorrect: d.correctForm,
		PressSplit: d.splitForm, PressMergeInto: d.mergeForm, PressReply: d.replyForm, PressAsk: d.replyForm, PressAskMissing: d.replyForm,
		PressNote: d.textForm, PressAskDesk: d.textForm, PressDecline: d.textForm, PressNotRequest: d.textForm,
		PressReopen: d.textForm, PressWithdraw: d.textForm, PressClose: d.closeForm,
		PressNew: d.newForm, PressAway: d.awayForm,
		PressFollowUp: d.followUpForm, PressMove: d.moveForm, PressSnooze: d.snoozeForm,
		PressRemindMe: d.remindForm, PressResults: d.resultsForm,
	}
	d.submissions = map[string]submission{
		FormAssign: d.submitOwner(intake.VerbAssign), FormHandOver: d.submitOwner(intake.VerbHandOver),
		FormCorrect: d.submitCorrect, FormSplit: d.submitSplit, FormMerge: d.submitMerge,
		FormReply: d.submitReply, FormPreview: d.submitPreview,
		FormNote: d.submitNote, FormAskDesk: d.submitNote, FormClose: d.submitClose,
		FormDecline: d.submitStep(intake.VerbDecline), FormNotRequest: d.submitStep(intake.VerbNotARequest),
		FormReopen: d.submitStep(intake.VerbReopen), FormWithdraw: d.submitStep(intake.VerbWithdraw),
		FormNew: d.submitNew, FormAway: d.submitAway,
		FormMove: d.submitMove, FormSnooze: d.submitSnooze, FormRemind: d.submitRemind, FormResults: d.submitResults,
	}
	d.changes = map[string]submission{FormSplit: d.changeSplit, FormPreview: d.changePreview}
	d.commands = d.commandHandlers()
	d.pages = map[string]func(context.Context, interaction) (Answer, error){
		PressList: d.turnPage, PressShare: d.sharePage, PressCommand: d.again, PressSnoozeDays: d.rest, PressShareReport: d.shareReport,
	}
}

// Submit handles a submitted form. f is the form as it was shown, by Name, Press and State.
// Errors are shown beside the input concerned, and a refused order beside the first input: the
// form stays open with what was typed.
func (d *Desk) Submit(ctx context.Context, by bot.Colleague, id string, f Form, in Values) (Answer, error) {
	submit, ok := d.submissions[f.Name]
	if !ok {
		return Answer{}, fmt.Errorf("form %q cannot be submitted", f.Name)
	}
	answer, err := submit(ctx, d.newInteraction(by, id, f.Press), f, in)
	refused, ok := errors.AsType[*bot.Refusal](err)
	if !ok {
		return answer, err
	}
	input := firstInput[f.Name]
	if refused.Field != "" && f.Name == FormCorrect {
		input = string(refused.Field)
	}
	return Answer{Errors: map[string]string{input: d.Explain(err, by.Language)}}, nil
}

// Change handles the change of an input that redraws its form.
func (d *Desk) Change(ctx context.Context, by bot.Colleague, f Form, in Values) (Answer, error) {
	change, ok := d.changes[f.Name]
	if !ok {
		return Answer{}, fmt.Errorf("form %q is not redrawn on changes", f.Name)
	}
	return change(ctx, d.newInteraction(by, "", f.Press), f, in)
}

// firstInput is the input of each form beside which a refusal is shown.
var firstInput = map[string]string{
	FormAssign: inputOwner, FormHandOver: inputOwner, FormCorrect: string(intake.FieldCountries),
	FormSplit: inputCount, FormMerge: inputInto, FormReply: inputTo,
	FormNote: inputText, FormAskDesk: inputText, FormClose: inputOutcome, FormDecline: inputReason,
	FormNotRequest: inputReason, FormReopen: inputReason, FormWithdraw: inputReason,
	FormNew: inputText, FormAway: inputPost,
	FormMove: inputDay, FormSnooze: inputDay, FormRemind: inputDay, FormResults: inputOutputs,
}

// Input IDs of forms, besides those named like a field. Inputs for a part of a split have the
// number of the part appended: "owner_2".
const (
	inputOwner    = "owner"
	inputReason   = "reason"
	inputOutcome  = "outcome"
	inputInto     = "into"
	inputText     = "text"
	inputTo       = "to"
	inputCc       = "cc"
	inputSubject  = "subject"
	inputPurpose  = "purpose"
	inputNext     = "next"
	inputCount    = "count"
	inputSummary  = "summary"
	inputThemes   = "themes"
	inputServices = "services"
	inputPost     = "post"
	inputFrom     = "from"
	inputUntil    = "until"
	inputStandIn  = "stand_in"
	inputLanguage = "language"
	inputDay      = "day"
	inputTime     = "time"
	inputOutputs  = "outputs"
	inputPeople   = "people"
	inputWomen    = "women"
	inputNextStep = "next_step"
)

// form is a form with inputs, with the texts that belong to its name.
func (w pageWriter) form(name string, blocks ...Block) Form {
	return Form{
		Name: name, Title: w.say("form." + name), Submit: w.say("submit." + name), Close: w.say("form.cancel"),
		Blocks: blocks,
	}
}

// sheet is a form without inputs.
func (w pageWriter) sheet(name string, blocks ...Block) Form {
	return Form{Name: name, Title: w.say("form." + name), Close: w.say("form.close"), Blocks: blocks, Over: true}
}

// about says which record a form is about.
func (w pageWriter) about(rec *intake.Record) Block {
	return Fine{joined(" · ", rec.Reference, w.flagged(countriesOf(rec)), institutionOf(rec))}
}

// needs returns errors for required inputs that are empty; nil if there are none.
func (w pageWriter) needs(in Values, inputs ...string) map[string]string {
	missing := map[string]string{}
	for _, input := range inputs {
		if oneLine(in.First(input)) == "" {
			missing[input] = w.say("form.needed")
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return missing
}

// done is the form that says what was done.
func (w pageWriter) done(text string, buttons ...Button) Answer {
	form := w.sheet(FormDone, Paragraph{Text: text})
	form.Over = false
	if len(buttons) > 0 {
		form.Blocks = append(form.Blocks, Buttons{Buttons: buttons})
	}
	return Answer{Form: &form, Home: true}
}
