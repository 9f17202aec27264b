package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Limits for the number of parts of a split.
const (
	leastParts = 2
	mostParts  = 4
)

// splitForm asks for the parts of a request. Their initial number is the number of divisions
// that share its themes.
func (d *Desk) splitForm(_ context.Context, v interaction) (Form, error) {
	return v.splitInto(v.rec, min(max(len(subjectsOf(v.pageWriter, v.rec)), leastParts), mostParts)), nil
}

// splitInto is the form for count parts.
func (w pageWriter) splitInto(rec *intake.Record, count int) Form {
	number := Input{ID: inputCount, Label: w.say("input.count"), Kind: InputChoice, Redraws: true, Initial: []string{strconv.Itoa(count)}}
	for n := leastParts; n <= mostParts; n++ {
		number.Options = append(number.Options, Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n)})
	}
	form := w.form(FormSplit, w.about(rec), Paragraph{Text: w.say("lead.split")}, number)
	subjects := subjectsOf(w, rec)
	for i := 1; i <= count; i++ {
		var s intake.Subject
		if i <= len(subjects) {
			s = subjects[i-1]
		}
		form.Blocks = append(form.Blocks, w.partInputs(rec, i, s)...)
	}
	return form
}

// subjectsOf groups the themes of a request by the division responsible for them.
func subjectsOf(w pageWriter, rec *intake.Record) []intake.Subject {
	var subjects []intake.Subject
	if rec.Request == nil {
		return nil
	}
	for _, theme := range rec.Request.Themes {
		division, _ := w.service.Vocabulary.DivisionOf(theme)
		at := slices.IndexFunc(subjects, func(s intake.Subject) bool { return s.Division == division })
		if at < 0 {
			at = len(subjects)
			subjects = append(subjects, intake.Subject{Division: division})
		}
		subjects[at].Themes = append(subjects[at].Themes, theme)
	}
	return subjects
}

// partInputs are the inputs for one part, prefilled with what is known.
func (w pageWriter) partInputs(rec *intake.Record, n int, s intake.Subject) []Block {
	summary := Input{ID: numbered(inputSummary, n), Label: w.say("input.summary"), Kind: InputText}
	services := Input{ID: numbered(inputServices, n), Label: w.say("field.services"), Kind: InputChecks, Optional: true, Options: w.optionsOf(intake.FieldServices)}
	themes := Input{ID: numbered(inputThemes, n), Label: w.say("field.themes"), Kind: InputSearchN, Optional: true, Initial: s.Themes}
	for _, theme := range s.Themes {
		themes.Options = append(themes.Options, Option{Value: theme, Label: w.value(intake.FieldThemes, theme)})
	}
	if r := rec.Request; r != nil {
		summary.Initial, services.Initial = r.Values(intake.FieldSummary), r.Values(intake.FieldServices)
	}
	owner := w.ownerInput(s.Division)
	owner.ID, owner.Optional = numbered(inputOwner, n), true
	return []Block{Heading{w.say("split.part", phrases.Values{"number": n})}, summary, services, themes, owner}
}

func numbered(input string, n int) string { return fmt.Sprintf("%s_%d", input, n) }

// submitSplit orders the split.
func (d *Desk) submitSplit(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
	count, err := strconv.Atoi(in.First(inputCount))
	if err != nil || count < leastParts || count > mostParts {
		return Answer{Errors: map[string]string{inputCount: v.say("form.needed")}}, nil
	}
	parts := make([]bot.Part, count)
	var needed []string
	for i := range parts {
		parts[i] = partIn(in, i+1)
		needed = append(needed, numbered(inputSummary, i+1))
	}
	if missing := v.needs(in, needed...); missing != nil {
		return Answer{Errors: missing}, nil
	}
	return d.obey(ctx, v, bot.Split{Parts: parts})
}

func partIn(in Values, n int) bot.Part {
	part := bot.Part{Summary: in.First(numbered(inputSummary, n)), Themes: in[numbered(inputThemes, n)], Owner: in.First(numbered(inputOwner, n))}
	for _, s := range in[numbered(inputServices, n)] {
		part.Services = append(part.Services, intake.Service(s))
	}
	return part
}

// changeSplit redraws the form for another number of parts.
func (d *Desk) changeSplit(ctx context.Context, v interaction, f Form, in Values) (Answer, error) {
	rec, err := d.reach(ctx, v.by, f.Press.Reference, PressSplit)
	if err != nil {
		return Answer{}, err
	}
	count, err := strconv.Atoi(in.First(inputCount))
	if err != nil {
		count = leastParts
	}
	form := v.splitInto(rec, min(max(count, leastParts), mostParts))
	form.Press = f.Press
	form.Blocks = filled(form.Blocks, in)
	return Answer{Form: &form}, nil
}

// filled puts what was typed into the inputs of a redrawn form.
func filled(blocks []Block, in Values) []Block {
	for i, b := range blocks {
		if input, ok := b.(Input); ok && len(in[input.ID]) > 0 && input.Kind != InputSearch && input.Kind != InputSearchN {
			input.Initial = in[input.ID]
			blocks[i] = input
		}
	}
	return blocks
}
