package letters

import (
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
)

// Remark says in a language why something was read or decided as it was. What was
// written down as a sentence stays as it is.
func (w *Writer) Remark(r intake.Remark, lang string) string {
	if r.ID == "" {
		return sentenceIn(r.Said, lang)
	}
	values := phrases.Values{}
	for name, value := range r.Args {
		values[name] = w.argument(name, value, lang)
	}
	return w.Phrases.Text(lang, "remark."+r.ID, values)
}

// Remarks says several, in their order.
func (w *Writer) Remarks(remarks []intake.Remark, lang string) []string {
	said := make([]string, len(remarks))
	for i, r := range remarks {
		said[i] = w.Remark(r, lang)
	}
	return said
}

func sentenceIn(said map[string]string, lang string) string {
	if sentence := said[lang]; sentence != "" {
		return sentence
	}
	return said[phrases.English]
}

// argument writes what a remark speaks of as people read it: its name in the remark
// says what it is. Percentages, numbers, references and words of a mail stay as they
// are.
func (w *Writer) argument(name, value, lang string) string {
	switch name {
	case "theme":
		return w.Value(intake.FieldThemes, value, lang)
	case "countries":
		return w.values(intake.FieldCountries, strings.Split(value, ","), lang)
	case "territory":
		return w.Vocabulary.NameOf(lexicon.ListTerritories, value, lang)
	case "division", "post", "stand_in", "owner":
		return w.Directory.Name(value, lang)
	case "kind":
		return w.Value(intake.FieldKind, value, lang)
	case "sort":
		return w.named("sort.", value, lang)
	case "field":
		return w.named("doubted.", value, lang)
	}
	return value
}
