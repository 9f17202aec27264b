package view

import (
	"cmp"
	"slices"
	"strings"

	"verbale/bot/letters"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
	"verbale/routing"
)

// Naming makes the pages show the names of IDs, as used in the office. The ID is shown beside
// the name where it can be used to search for requests: of a country, a status, a division or
// post. Without Naming, pages show only IDs.
func (p *Printer) Naming(w *letters.Writer) *Printer {
	p.names = w
	return p
}

// value is the displayed form of a field's value.
func (p *Printer) value(field intake.Field, id string) string {
	if p.names == nil {
		return id
	}
	name := p.names.Value(field, id, phrases.English)
	if field == intake.FieldCountries {
		return beside(name, id)
	}
	return name
}

// values are the displayed values of a field, separated by commas.
func (p *Printer) values(field intake.Field, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = p.value(field, id)
	}
	return strings.Join(names, ", ")
}

// remark says why something was extracted or decided.
func (p *Printer) remark(r intake.Remark) string { return namer{p.names}.remark(r) }

// A namer words remarks in English, with the names of an office; without names, it uses IDs.
type namer struct{ names *letters.Writer }

var unnamed = &letters.Writer{Phrases: phrases.Default(), Directory: &routing.Directory{}, Vocabulary: &lexicon.Vocabulary{}}

func (s namer) remark(r intake.Remark) string {
	return cmp.Or(s.names, unnamed).Remark(r, phrases.English)
}

func (s namer) remarks(remarks []intake.Remark) []string {
	return cmp.Or(s.names, unnamed).Remarks(remarks, phrases.English)
}

// holder is the displayed form of a post, a division or the desk.
func (p *Printer) holder(id string) string {
	if p.names == nil || id == "" {
		return id
	}
	return beside(p.names.Directory.Name(id, phrases.English), id)
}

// holders are the displayed posts and divisions, without duplicates.
func (p *Printer) holders(ids ...string) string {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = p.holder(id)
	}
	return strings.Join(names, ", ")
}

// status is the displayed form of a status.
func (p *Printer) status(s intake.Status) string {
	return beside(p.word("status.", string(s)), string(s))
}

// word is the name of an ID in a group of phrases.
func (p *Printer) word(group, id string) string {
	if p.names == nil || id == "" {
		return id
	}
	if text := p.names.Phrases.Text(phrases.English, group+id, nil); text != group+id {
		return text
	}
	return id
}

// beside shows an ID beside its name, unless they are equal.
func beside(name, id string) string {
	if name == id || name == "" {
		return id
	}
	return name + " (" + id + ")"
}
