package letters

import (
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
)

// Remark explains, in a language, why something was read or decided as it was. A remark
// stored as a sentence is returned unchanged.
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

// Remarks returns the texts of several remarks, in order.
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

// argument converts an argument of a remark into readable text; the argument's name
// determines its type. Percentages, numbers, references and quotations stay unchanged.
func (w *Writer) argument(name, value, lang string) string {
	switch name {
	case "theme":
		return w.Value(intake.FieldThemes, value, lang)
	case "countries":
		return w.values(intake.FieldCountries, strings.Split(value, ","), lang)
	case "partner":
		return w.Value(intake.FieldPartners, value, lang)
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
