package desk

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/lexicon"
)

// A group of fields is shown together in the form for corrections.
type group struct {
	title  string // phrase key
	fields []intake.Field
}

var groups = []group{
	{"group.who", []intake.Field{
		intake.FieldCountries, intake.FieldScope, intake.FieldInstitution, intake.FieldRequesterName,
		intake.FieldRequesterPost, intake.FieldRequesterMail, intake.FieldOfficialRef, intake.FieldOfficial,
	}},
	{"group.what", []intake.Field{
		intake.FieldSummary, intake.FieldServices, intake.FieldThemes, intake.FieldInstruments, intake.FieldPartners, intake.FieldFunding,
	}},
	{"group.when", []intake.Field{
		intake.FieldUrgency, intake.FieldReplyBy, intake.FieldProposedStart, intake.FieldProposedEnd,
	}},
}

// correctForm shows every field of a request as an input. Its state holds a hash of each value
// as shown, so that only fields changed by the colleague are set.
func (d *Desk) correctForm(_ context.Context, v interaction) (Form, error) {
	request := v.rec.Request
	if request == nil {
		request = &intake.Request{}
	}
	form := v.form(FormCorrect, v.about(v.rec))
	form.State = map[string]string{}
	for _, g := range groups {
		form.Blocks = append(form.Blocks, Heading{v.say(g.title)})
		for _, field := range g.fields {
			values := request.Values(field)
			form.State[string(field)] = sign(values)
			form.Blocks = append(form.Blocks, v.fieldInput(v.rec, field, values))
		}
	}
	return form, nil
}

// sign is a short hash of values to detect changes. It ignores whitespace and invisible
// characters, which the client may have removed.
func sign(values []string) string {
	visible := func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(strings.Map(visible, strings.Join(values, "|")))) // a hash never fails to write
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// kinds are the input kinds of the fields; all others are lines.
var kinds = map[intake.Field]InputKind{
	intake.FieldCountries: InputSearchN, intake.FieldThemes: InputSearchN, intake.FieldInstruments: InputSearchN, intake.FieldPartners: InputSearchN,
	intake.FieldServices: InputChecks, intake.FieldFunding: InputChoices,
	intake.FieldScope: InputChoice, intake.FieldUrgency: InputChoice, intake.FieldOfficial: InputChoice,
	intake.FieldReplyBy: InputDate, intake.FieldProposedStart: InputDate, intake.FieldProposedEnd: InputDate,
	intake.FieldSummary: InputText,
}

// fieldInput is the input for a field; a doubt about the field becomes its hint.
func (w pageWriter) fieldInput(rec *intake.Record, field intake.Field, values []string) Input {
	input := Input{ID: string(field), Label: w.named("field.", string(field)), Kind: InputLine, Optional: true, Initial: values}
	if kind, ok := kinds[field]; ok {
		input.Kind = kind
	}
	if i := slices.IndexFunc(rec.Doubts, func(d intake.Doubt) bool { return d.Field == field }); i >= 0 {
		input.Hint = w.question(rec.Doubts[i])
	}
	input.Options = w.optionsOf(field)
	if input.Kind == InputSearchN {
		for _, value := range values {
			input.Options = append(input.Options, Option{Value: value, Label: w.value(field, value)})
		}
	}
	return input
}

// optionsOf are the possible values of a field with few of them.
func (w pageWriter) optionsOf(field intake.Field) []Option {
	var ids []string
	switch field {
	case intake.FieldServices:
		for _, s := range intake.Services() {
			ids = append(ids, string(s))
		}
	case intake.FieldFunding:
		for _, f := range w.service.Vocabulary.Funding {
			ids = append(ids, f.ID)
		}
	case intake.FieldScope:
		ids = []string{string(intake.ScopeNational), string(intake.ScopeMultiCountry), string(intake.ScopeSubRegional)}
	case intake.FieldUrgency:
		ids = []string{string(intake.UrgencyNormal), string(intake.UrgencyUrgent)}
	case intake.FieldOfficial:
		ids = []string{"true", "false"}
	}
	var options []Option
	for _, id := range ids {
		options = append(options, Option{Value: id, Label: w.value(field, id)})
	}
	return options
}

// submitCorrect sets the changed fields.
func (d *Desk) submitCorrect(ctx context.Context, v interaction, f Form, in Values) (Answer, error) {
	set := map[intake.Field][]string{}
	for _, field := range intake.Fields() {
		shown, ok := f.State[string(field)]
		if ok && sign(in[string(field)]) != shown {
			set[field] = in[string(field)]
		}
	}
	if err := d.confirm(ctx, v, set); err != nil || len(set) == 0 {
		return Answer{}, err
	}
	return d.obey(ctx, v, bot.Correct{Set: set})
}

// confirm handles a requester's address that was in doubt: it removes it from the correction
// and confirms it instead, so that mail may be sent there.
func (d *Desk) confirm(ctx context.Context, v interaction, set map[intake.Field][]string) error {
	address := set[intake.FieldRequesterMail]
	if len(address) == 0 {
		return nil
	}
	rec, err := d.reach(ctx, v.by, v.press.Reference, PressCorrect)
	if err != nil || !doubted(rec, intake.FieldRequesterMail) {
		return err
	}
	delete(set, intake.FieldRequesterMail)
	v.id += ":address"
	_, err = d.order(ctx, v, bot.Settle{Field: intake.FieldRequesterMail, Value: address[0]})
	return err
}

func doubted(rec *intake.Record, field intake.Field) bool {
	return slices.ContainsFunc(rec.Doubts, func(d intake.Doubt) bool { return d.Field == field })
}

// matches reports whether each typed word is a prefix of a word in one of the names.
func matches(typed string, names ...string) bool {
	text := " " + lexicon.FoldString(strings.Join(names, " "))
	for _, word := range strings.Fields(lexicon.FoldString(typed)) {
		if !strings.Contains(text, " "+word) && !strings.Contains(text, "-"+word) {
			return false
		}
	}
	return true
}
