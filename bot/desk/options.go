package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// mostOptions is the maximum number of options a search offers.
const mostOptions = 100

// Options returns the choices for a search, given what was typed so far: posts and divisions,
// countries, themes, instruments, partners, records. Each typed word must be a prefix of a
// word in the name, in any supported language, or in the ID.
func (d *Desk) Options(ctx context.Context, by bot.Colleague, f Form, input, typed string) ([]Option, error) {
	if len(by.Roles) == 0 {
		return nil, &bot.Refusal{Phrase: "refused.stranger"}
	}
	w := d.in(by.Language)
	kind := strings.TrimRight(input, "_0123456789")
	if f.Name == FormMerge && kind == inputInto {
		return w.recordOptions(ctx, by, f.Press.Reference, typed)
	}
	var found []Option
	switch kind {
	case inputOwner:
		found = w.holderOptions(typed, true)
	case inputStandIn:
		found = w.holderOptions(typed, false)
	case inputThemes:
		found = w.vocabularyOptions(intake.FieldThemes, typed)
	default:
		found = w.vocabularyOptions(intake.Field(kind), typed)
	}
	return found[:min(len(found), mostOptions)], nil
}

// holderOption is the option for a post or division.
func (w pageWriter) holderOption(id string) Option {
	group := w.say("options.posts")
	if _, division := w.service.Directory.Division(id); division {
		group = w.say("options.divisions")
	}
	return Option{Value: id, Label: w.holder(id), Group: group}
}

func (w pageWriter) holderOptions(typed string, divisions bool) []Option {
	var found []Option
	directory := w.service.Directory
	for _, p := range directory.Posts {
		if matches(typed, inAll(p.ID, directory.Name)...) {
			found = append(found, w.holderOption(p.ID))
		}
	}
	if !divisions {
		return found
	}
	for _, v := range directory.Divisions {
		if matches(typed, inAll(v.ID, directory.Name)...) {
			found = append(found, w.holderOption(v.ID))
		}
	}
	return found
}

// inAll are the ID and its names in all supported languages.
func inAll(id string, name func(id, lang string) string) []string {
	names := []string{id}
	for _, lang := range phrases.Languages {
		names = append(names, name(id, lang))
	}
	return names
}

// vocabularyOptions are the matching values of a field that takes them from the vocabulary, by
// label.
func (w pageWriter) vocabularyOptions(field intake.Field, typed string) []Option {
	var found []Option
	for _, id := range w.idsOf(field) {
		name := func(id, lang string) string { return w.in(lang).value(field, id) }
		if matches(typed, inAll(id, name)...) {
			found = append(found, Option{Value: id, Label: w.value(field, id)})
		}
	}
	slices.SortStableFunc(found, func(a, b Option) int { return cmp.Compare(a.Label, b.Label) })
	return found
}

func (w pageWriter) idsOf(field intake.Field) (ids []string) {
	v := w.service.Vocabulary
	switch field {
	case intake.FieldCountries:
		for _, c := range v.Countries {
			ids = append(ids, c.ID)
		}
	case intake.FieldThemes:
		for _, t := range v.Themes {
			ids = append(ids, t.ID)
		}
	case intake.FieldInstruments:
		for _, i := range v.Instruments {
			ids = append(ids, i.ID)
		}
	case intake.FieldPartners:
		for _, p := range v.Partners {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// recordOptions are the records that another can be merged into: recent ones of the same
// country until something is typed, then those that match the words.
func (w pageWriter) recordOptions(ctx context.Context, by bot.Colleague, reference, typed string) ([]Option, error) {
	rec, err := w.reach(ctx, by, reference, PressMergeInto)
	if err != nil {
		return nil, err
	}
	query := bot.Query{Limit: listLength}
	if query.Words = strings.Fields(typed); len(query.Words) == 0 {
		if countries := countriesOf(rec); len(countries) > 0 {
			query.Country = countries[0]
		}
	}
	records, _, err := w.service.Store.List(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("look for records: %w", err)
	}
	if reference, ok := w.referenceIn(typed); ok {
		if other, err := w.load(ctx, reference); err == nil {
			records = append([]*intake.Record{other}, records...)
		}
	}
	return w.mergeable(by, rec, records), nil
}

// mergeable leaves out records that cannot be merged into or may not be seen, and puts similar
// ones first.
func (w pageWriter) mergeable(by bot.Colleague, rec *intake.Record, records []*intake.Record) []Option {
	alike := func(reference string) bool {
		return slices.ContainsFunc(rec.Similar, func(l intake.Likeness) bool { return l.Reference == reference })
	}
	var first, then []Option
	for _, other := range records {
		option := Option{Value: other.Reference, Label: joined(" · ", other.Reference, w.title(other))}
		switch {
		case other.Reference == rec.Reference || other.MergedInto != "" || !bot.MaySee(by, other) || slices.Contains(append(first, then...), option):
		case alike(other.Reference):
			first = append(first, option)
		default:
			then = append(then, option)
		}
	}
	return append(first, then...)
}
