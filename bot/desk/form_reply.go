package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// State keys of a reply, besides its inputs.
const (
	stateSince    = "since"    // when the colleague began to write, RFC 3339
	stateLanguage = "language" // of the draft
	stateDraft    = "draft"    // the previewed draft, packed
)

// replyForm starts a mail to the requester with a draft in their language. Nothing is sent
// before it was shown exactly as it will be.
func (d *Desk) replyForm(_ context.Context, v interaction) (Form, error) {
	return v.replyWith(v.rec, v.draft()), nil
}

// draft are the initial values of the reply form.
func (v interaction) draft() Values {
	letter := v.in(v.rec.Language)
	to := mailbox(recipientOf(v.rec))
	kind := "draft.reply"
	if v.purpose() != bot.PurposeAnswer {
		kind = "draft.ask"
	}
	text := letter.say(kind, phrases.Values{
		"greeting": letter.greeting(v.rec), "quoted": letter.quotedSubject(v.rec), "here": letter.say("draft.here"),
		"received": v.rec.ReceivedAt.In(v.zone()), "name": v.by.Name,
	})
	if v.press.Name == PressAskMissing {
		_, text = v.service.QuestionDraft(v.rec)
	}
	return Values{
		inputTo: {to}, inputSubject: {v.subject(v.rec)}, inputText: {text},
		inputPurpose: {string(v.purpose())}, stateLanguage: {letter.lang}, stateSince: {v.service.Now().Format(time.RFC3339Nano)},
	}
}

// purpose is the purpose of a reply if the user chooses none.
func (v interaction) purpose() bot.Purpose {
	switch {
	case v.press.Name == PressAsk, v.press.Name == PressAskMissing:
		return bot.PurposeAsk
	case v.press.Value == string(bot.PurposeInterim):
		return bot.PurposeInterim
	}
	return bot.PurposeAnswer
}

// recipientOf is the default recipient: the address for answers given in the mail, and never
// an address that the desk has not confirmed.
func recipientOf(rec *intake.Record) intake.Address {
	to := rec.Origin.AnswerTo
	if to.Name == "" && rec.Request != nil && to.Address != "" {
		to.Name = rec.Request.Requester.Name
	}
	return to
}

// greeting is the salutation of a mail: by name and title if known.
func (w pageWriter) greeting(rec *intake.Record) string {
	if r := rec.Request; r != nil && r.Requester.Name != "" {
		return w.say("draft.greeting_named", phrases.Values{"name": listed(oneLine(r.Requester.Name), oneLine(r.Requester.Title))})
	}
	return w.say("draft.greeting")
}

// bare is the subject of the request without reply and forward prefixes.
func (w pageWriter) bare(rec *intake.Record) string {
	return w.service.Habits.Subject(rec.Origin.Subject)
}

// quotedSubject is the subject of the request in quotation marks, to follow a noun; "" if it
// has none.
func (w pageWriter) quotedSubject(rec *intake.Record) string {
	subject := w.bare(rec)
	if subject == "" {
		return ""
	}
	return w.say("subject.quoted", phrases.Values{"subject": subject})
}

// subject is the subject of the reply. It contains our reference, by which answers to it are
// recognised.
func (w pageWriter) subject(rec *intake.Record) string {
	subject := cmp.Or(w.bare(rec), w.say("acknowledge.no_subject"))
	if strings.Contains(subject, rec.Reference) {
		return "Re: " + subject
	}
	return w.say("acknowledge.subject", phrases.Values{"subject": subject, "reference": rec.Reference})
}

// replyWith is the form in which a reply is written.
func (v interaction) replyWith(rec *intake.Record, in Values) Form {
	key := "form.reply"
	blocks := []Block{v.about(rec)}
	if v.purpose() == bot.PurposeAsk {
		key = "form.ask"
		blocks = append(blocks, Paragraph{Text: v.say("lead.ask")})
	} else {
		blocks = append(blocks, v.purposeInput())
	}
	blocks = append(blocks,
		Input{ID: inputTo, Label: v.say("input.to"), Hint: v.say("hint.to"), Kind: InputLine},
		Input{ID: inputCc, Label: v.say("input.cc"), Kind: InputLine, Optional: true},
		Input{ID: inputSubject, Label: v.say("input.subject"), Kind: InputLine},
		Input{ID: inputText, Label: v.say("input.letter"), Hint: v.say("hint.letter", phrases.Values{"language": v.value(intake.FieldLanguage, in.First(stateLanguage))}), Kind: InputText},
	)
	form := v.form(FormReply, filled(blocks, in)...)
	form.Title = v.say(key)
	form.State = map[string]string{stateSince: in.First(stateSince), stateLanguage: in.First(stateLanguage)}
	return form
}

func (v interaction) purposeInput() Input {
	input := Input{ID: inputPurpose, Label: v.say("input.purpose"), Kind: InputChoice, Initial: []string{string(bot.PurposeAnswer)}}
	for _, p := range []bot.Purpose{bot.PurposeAnswer, bot.PurposeInterim} {
		input.Options = append(input.Options, Option{Value: string(p), Label: v.say("purpose." + string(p))})
	}
	return input
}

// submitReply shows exactly what will be sent, and to whom.
func (d *Desk) submitReply(ctx context.Context, v interaction, f Form, in Values) (Answer, error) {
	rec, err := d.reach(ctx, v.by, f.Press.Reference, f.Press.Name)
	if err != nil {
		return Answer{}, err
	}
	if wrong := v.wrongIn(in, f.State[stateLanguage]); wrong != nil {
		return Answer{Errors: wrong}, nil
	}
	since, err := time.Parse(time.RFC3339Nano, f.State[stateSince])
	if err != nil {
		return Answer{}, fmt.Errorf("read when a draft was begun: %w", err)
	}
	return v.previewed(rec, draft{
		To: in.First(inputTo), Cc: in.First(inputCc), Subject: bot.WithReference(oneLine(in.First(inputSubject)), rec.Reference),
		Text: strings.TrimSpace(in.First(inputText)), Purpose: v.purposeIn(in), Language: f.State[stateLanguage], Since: since,
	}, "")
}

// purposeIn is the chosen purpose, or the default if there is no choice.
func (v interaction) purposeIn(in Values) bot.Purpose {
	if chosen := in.First(inputPurpose); chosen != "" {
		return bot.Purpose(chosen)
	}
	return v.purpose()
}

// previewed is the answer that shows a draft as it will be sent.
func (v interaction) previewed(rec *intake.Record, d draft, notice string) (Answer, error) {
	packed, fits := d.packed()
	if !fits {
		return Answer{Errors: map[string]string{inputText: v.say("form.too_long")}}, nil
	}
	reply, err := d.reply()
	if err != nil {
		return Answer{}, err
	}
	form := v.preview(rec, reply, notice)
	form.State, form.Press = map[string]string{stateDraft: packed}, v.press
	return Answer{Form: &form}, nil
}

// wrongIn returns the errors of a draft; nil if it can be sent.
func (v interaction) wrongIn(in Values, lang string) map[string]string {
	wrong := v.needs(in, inputTo, inputSubject, inputText)
	if wrong == nil {
		wrong = map[string]string{}
	}
	for _, input := range []string{inputTo, inputCc} {
		if _, err := addresses(in.First(input)); err != nil && wrong[input] == "" {
			wrong[input] = v.say("form.addresses")
		}
	}
	if strings.Contains(in.First(inputText), v.in(lang).say("draft.here")) {
		wrong[inputText] = v.say("form.placeholder")
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// preview shows a mail as it will be sent, with warnings. notice, if any, says why it was not
// sent yet.
func (v interaction) preview(rec *intake.Record, reply bot.Reply, notice string) Form {
	var blocks []Block
	if notice != "" {
		blocks = append(blocks, Paragraph{Text: notice, Strong: true})
	}
	for _, warning := range v.warnings(rec, reply) {
		blocks = append(blocks, Paragraph{Text: warning})
	}
	blocks = append(blocks, Facts{v.facts([]Fact{
		{v.say("preview.from"), mailbox(v.service.Office.Desk)},
		{v.say("input.to"), mailboxes(reply.To)},
		{v.say("input.cc"), mailboxes(reply.Cc)},
		{v.say("input.subject"), reply.Subject},
	})})
	for _, piece := range pieces(reply.Text, pieceOfLetter) {
		blocks = append(blocks, Quote{piece})
	}
	if v.service.Office.Send {
		blocks = append(blocks, Fine{v.say("then." + string(reply.Purpose))})
	}
	form := v.form(FormPreview, blocks...)
	switch {
	case notice != "":
		form.Submit = v.say("submit.all_the_same")
	case !v.service.Office.Send:
		form.Submit = v.say("submit.withhold")
	}
	form.Blocks = append(form.Blocks, Input{
		ID: inputNext, Label: v.say("preview.next"), Kind: InputChoice, Redraws: true, Initial: []string{nextSend},
		Options: []Option{{Value: nextSend, Label: form.Submit}, {Value: nextEdit, Label: v.say("preview.edit")}},
	})
	return form
}

// Choices in the preview.
const (
	nextSend = "send"
	nextEdit = "edit"
)

// editAgain leads from the preview back to the form, with the same draft.
func (d *Desk) editAgain(ctx context.Context, v interaction, f Form, _ Values) (Answer, error) {
	shown, err := draftIn(f.State[stateDraft])
	if err != nil {
		return Answer{}, err
	}
	rec, err := d.reach(ctx, v.by, f.Press.Reference, f.Press.Name)
	if err != nil {
		return Answer{}, err
	}
	form := v.replyWith(rec, shown.values())
	form.Press = f.Press
	return Answer{Form: &form}, nil
}

// warnings are what a colleague should know before a mail is sent.
func (v interaction) warnings(rec *intake.Record, reply bot.Reply) []string {
	var lines []string
	if !v.service.Office.Send {
		lines = append(lines, v.say("preview.withheld"))
	}
	for _, to := range slices.Concat(reply.To, reply.Cc) {
		address := strings.ToLower(to.Address)
		if !slices.Contains(rec.Correspondents, address) && !v.service.Directory.Internal(address) {
			lines = append(lines, v.say("preview.stranger", phrases.Values{"address": to.Address}))
		}
	}
	if len(rec.Children) > 0 {
		lines = append(lines, v.say("preview.parts", phrases.Values{"references": listed(rec.Children...)}))
	}
	return lines
}

// changePreview leads back to the form if the user chose to edit; else the preview stays.
func (d *Desk) changePreview(ctx context.Context, v interaction, f Form, in Values) (Answer, error) {
	if in.First(inputNext) != nextEdit {
		return Answer{}, nil
	}
	return d.editAgain(ctx, v, f, in)
}

// submitPreview sends what was shown. If that is refused, for instance because somebody else
// wrote in the meantime, the draft is shown again with the reason, and can be edited or sent
// anyway.
func (d *Desk) submitPreview(ctx context.Context, v interaction, f Form, in Values) (Answer, error) {
	if in.First(inputNext) == nextEdit {
		return d.editAgain(ctx, v, f, in)
	}
	shown, err := draftIn(f.State[stateDraft])
	if err != nil {
		return Answer{}, err
	}
	reply, err := shown.reply()
	if err != nil {
		return Answer{}, err
	}
	_, err = d.order(ctx, v, reply)
	refused, ok := errors.AsType[*bot.Refusal](err)
	if !ok {
		return Answer{Home: true}, err
	}
	rec, err := d.reach(ctx, v.by, f.Press.Reference, f.Press.Name)
	if err != nil {
		return Answer{}, err
	}
	shown.Since = d.service.Now()
	return v.previewed(rec, shown, d.Explain(refused, v.by.Language))
}
