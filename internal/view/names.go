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

// Naming lets the pages say what ids are called, by the words of an office. The id
// stands beside the name where a person finds requests by it: of a country, a status, a
// division or post. Without, pages show ids alone.
func (p *Printer) Naming(w *letters.Writer) *Printer {
	p.names = w
	return p
}

// value is a value of a field as people read it.
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

// values are values of a field as people read them, side by side.
func (p *Printer) values(field intake.Field, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = p.value(field, id)
	}
	return strings.Join(names, ", ")
}

// remark says why something was read or decided as it was.
func (p *Printer) remark(r intake.Remark) string { return sayer{p.names}.remark(r) }

// A sayer says remarks in English, by the words of an office; where it has none, ids
// stand for themselves.
type sayer struct{ names *letters.Writer }

var unnamed = &letters.Writer{Phrases: phrases.Default(), Directory: &routing.Directory{}, Vocabulary: &lexicon.Vocabulary{}}

func (s sayer) remark(r intake.Remark) string {
	return cmp.Or(s.names, unnamed).Remark(r, phrases.English)
}

func (s sayer) remarks(remarks []intake.Remark) []string {
	return cmp.Or(s.names, unnamed).Remarks(remarks, phrases.English)
}

// holder is a post, a division or the desk as people read it.
func (p *Printer) holder(id string) string {
	if p.names == nil || id == "" {
		return id
	}
	return beside(p.names.Directory.Name(id, phrases.English), id)
}

// holders are posts and divisions as people read them, each once.
func (p *Printer) holders(ids ...string) string {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = p.holder(id)
	}
	return strings.Join(names, ", ")
}

// status is a status as people read it.
func (p *Printer) status(s intake.Status) string {
	return beside(p.word("status.", string(s)), string(s))
}

// word is what an id of a group of ours is called.
func (p *Printer) word(group, id string) string {
	if p.names == nil || id == "" {
		return id
	}
	if text := p.names.Phrases.Text(phrases.English, group+id, nil); text != group+id {
		return text
	}
	return id
}

// beside writes an id beside its name, where the two are not one.
func beside(name, id string) string {
	if name == id || name == "" {
		return id
	}
	return name + " (" + id + ")"
}
