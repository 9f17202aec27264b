package letters

import (
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"verbale/intake"
)

// Value writes one value of a field in words: the name that the vocabulary or the
// office's wording has for an id, a day, a language. What has no name stays as it is.
func (w *Writer) Value(field intake.Field, value, lang string) string {
	if name := w.Vocabulary.NameOf(string(field), value, lang); name != value {
		return name
	}
	switch field {
	case intake.FieldServices:
		return w.named("service.", value, lang)
	case intake.FieldUrgency:
		return w.named("urgency.", value, lang)
	case intake.FieldScope:
		return w.named("scope.", value, lang)
	case intake.FieldKind:
		return w.named("kind.", value, lang)
	case intake.FieldOfficial:
		return w.named("official.", value, lang)
	case intake.FieldLanguage:
		return languageNamed(value, lang)
	case intake.FieldStatus: // the answers to the question whether a request is withdrawn
		if value == string(intake.OutcomeWithdrawn) {
			return w.named("outcome.", value, lang)
		}
		return w.Phrases.Text(lang, "button.still_open", nil)
	case intake.FieldReplyBy, intake.FieldProposedStart, intake.FieldProposedEnd:
		if d, err := intake.ParseDate(value); err == nil {
			return w.day(d, lang)
		}
	}
	return value
}

// values writes values of a field in words, side by side.
func (w *Writer) values(field intake.Field, values []string, lang string) string {
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = w.Value(field, value, lang)
	}
	return joinNonEmpty(words...)
}

// named is the name of an id of ours; the id itself where the wording has none.
func (w *Writer) named(group, id, lang string) string {
	if id == "" {
		return ""
	}
	if text := w.Phrases.Text(lang, group+id, nil); text != group+id {
		return text
	}
	return id
}

// languageNamed names a language by its ISO 639-1 code.
func languageNamed(code, lang string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	return display.Languages(language.MustParse(lang)).Name(tag)
}

// day writes a day; "" where none is stated.
func (w *Writer) day(d intake.Date, lang string) string {
	if d.IsZero() {
		return ""
	}
	return w.Phrases.Date(lang, d.In(time.UTC))
}
