package letters

import (
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"verbale/intake"
)

// Value returns the readable form of a field's value: the name of an ID according to the
// vocabulary or the phrases, a date, or a language. A value without a name is returned
// unchanged.
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
	case intake.FieldStatus: // the possible answers to whether a request is withdrawn
		if value == string(intake.OutcomeWithdrawn) {
			return w.named("outcome.", value, lang)
		}
		return w.Phrases.Text(lang, "button.still_open", nil)
	case intake.FieldTakeUp:
		if value == string(intake.VerbAskAgain) {
			return w.Phrases.Text(lang, "button.ask_again", nil)
		}
		return w.Phrases.Text(lang, "button.nothing_more", nil)
	case intake.FieldDates:
		if first, last, err := intake.ParseDays(value); err == nil {
			return w.stretch(first, last, lang)
		}
	case intake.FieldReplyBy, intake.FieldProposedStart, intake.FieldProposedEnd:
		if d, err := intake.ParseDate(value); err == nil {
			return w.day(d, lang)
		}
	}
	return value
}

// values joins the readable forms of a field's values.
func (w *Writer) values(field intake.Field, values []string, lang string) string {
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = w.Value(field, value, lang)
	}
	return joinNonEmpty(words...)
}

// named returns the name of one of our IDs, or the ID itself if the phrases have none.
func (w *Writer) named(group, id, lang string) string {
	if id == "" {
		return ""
	}
	if text := w.Phrases.Text(lang, group+id, nil); text != group+id {
		return text
	}
	return id
}

// languageNamed returns the name of a language given by its ISO 639-1 code.
func languageNamed(code, lang string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	return display.Languages(language.MustParse(lang)).Name(tag)
}

// day formats a day; "" for the zero Date.
func (w *Writer) day(d intake.Date, lang string) string {
	if d.IsZero() {
		return ""
	}
	return w.Phrases.Date(lang, d.In(time.UTC))
}
