package desk

import (
	"context"
	"fmt"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// State keys of a request entered from a message.
const (
	stateAuthor = "author"
	stateLink   = "link"
)

// Names of the shortcuts.
const (
	ShortcutLog = "log" // a message becomes a request
	ShortcutNew = "new" // a request that arrived in another way
)

// Shortcut opens the form for a new request; m is the message on which the shortcut was used,
// or nil.
func (d *Desk) Shortcut(ctx context.Context, by bot.Colleague, id, name string, m *Quoted) (Answer, error) {
	if name != ShortcutLog && name != ShortcutNew {
		return Answer{}, fmt.Errorf("unknown shortcut %q", name)
	}
	answer, err := d.Press(ctx, by, id, Press{Name: PressNew})
	if err != nil || m == nil {
		return answer, err
	}
	form := answer.Form
	form.State = map[string]string{stateAuthor: m.Author, stateLink: m.Link}
	form.Blocks = filled(form.Blocks, Values{inputText: {cut(m.Text, MaxText)}})
	return answer, nil
}

// newForm asks for a request that did not arrive by mail.
func (d *Desk) newForm(_ context.Context, v interaction) (Form, error) {
	language := Input{ID: inputLanguage, Label: v.say("field.language"), Kind: InputChoice, Optional: true}
	for _, lang := range phrases.Languages {
		language.Options = append(language.Options, Option{Value: lang, Label: v.value(intake.FieldLanguage, lang)})
	}
	blocks := []Block{
		Paragraph{Text: v.say("lead.new")},
		Input{ID: inputText, Label: v.say("input.new"), Kind: InputText},
	}
	for _, field := range []intake.Field{
		intake.FieldCountries, intake.FieldInstitution, intake.FieldRequesterName, intake.FieldRequesterPost, intake.FieldRequesterMail,
	} {
		blocks = append(blocks, v.fieldInput(&intake.Record{}, field, nil))
	}
	return v.form(FormNew, append(blocks, language)...), nil
}

// submitNew creates the record and shows its reference.
func (d *Desk) submitNew(ctx context.Context, v interaction, f Form, in Values) (Answer, error) {
	if missing := v.needs(in, inputText); missing != nil {
		return Answer{Errors: missing}, nil
	}
	address := in.First(string(intake.FieldRequesterMail))
	if parsed, err := addresses(address); err != nil || len(parsed) > 1 {
		return Answer{Errors: map[string]string{string(intake.FieldRequesterMail): v.say("form.addresses")}}, nil
	}
	done, err := d.order(ctx, v, bot.EnterRequest{
		Countries: in[string(intake.FieldCountries)], Institution: in.First(string(intake.FieldInstitution)),
		Requester: intake.Requester{
			Name: in.First(string(intake.FieldRequesterName)), Title: in.First(string(intake.FieldRequesterPost)), Email: address,
		},
		Language: in.First(inputLanguage), Text: in.First(inputText), Author: f.State[stateAuthor], Link: f.State[stateLink],
	})
	if err != nil {
		return Answer{}, err
	}
	open := Button{Label: v.say("button.open"), Press: Press{Name: PressOpen, Reference: done.Reference}}
	return v.done(v.say("done.new", phrases.Values{"reference": done.Reference}), open), nil
}
