package letters

import (
	"slices"

	"verbale/intake"
	"verbale/internal/phrases"
)

// languageSeparator separates the languages of a mail written in several, as in
// Content-Language (RFC 3282).
const languageSeparator = ", "

// languagesFor returns the languages in which to write to a requester: that of the letter or,
// if we do not write in it, English, with Russian added where that is commonly read.
func (w *Writer) languagesFor(rec *intake.Record) []string {
	switch {
	case w.Phrases.Speaks(rec.Language):
		return []string{rec.Language}
	case w.readsRussian(rec):
		return []string{phrases.English, phrases.Russian}
	}
	return []string{phrases.English}
}

func (w *Writer) readsRussian(rec *intake.Record) bool {
	countries := w.countriesOf(rec)
	if len(countries) == 0 {
		return slices.Contains(w.Habits.RussianBeside.Languages, rec.Language)
	}
	return slices.ContainsFunc(countries, func(id string) bool {
		country, _ := w.Vocabulary.Country(id)
		return slices.ContainsFunc(country.Groups, func(group string) bool {
			return slices.Contains(w.Habits.RussianBeside.Groups, group)
		})
	})
}

// countriesOf returns the countries of a record or, if there are none, the country of the
// sender's mail domain.
func (w *Writer) countriesOf(rec *intake.Record) []string {
	if rec.Request != nil && len(rec.Request.Countries) > 0 {
		return rec.Request.Countries
	}
	if id, _ := w.Vocabulary.CountryOfDomain(intake.DomainOf(rec.Origin.AnswerTo.Address)); id != "" {
		return []string{id}
	}
	return nil
}

// LanguageOf returns the language in which to write to a post, a division or a colleague: the
// one in which they use Slack, if that is known and we write in it, as on the home tab. For
// all others it is English, unless it is a post that works only in others.
func (w *Writer) LanguageOf(id string) string {
	used := ""
	if w.Languages != nil {
		used = w.Languages(id)
	}
	switch {
	case w.Phrases.Speaks(used):
		return used
	case used != "":
		return phrases.English
	}
	return w.languageByDirectory(id)
}

// languageByDirectory is English, unless a post works only in other languages.
func (w *Writer) languageByDirectory(id string) string {
	post, ok := w.Directory.Post(id)
	if !ok || slices.Contains(post.Languages, phrases.English) {
		return phrases.English
	}
	for _, lang := range post.Languages {
		if w.Phrases.Speaks(lang) {
			return lang
		}
	}
	return phrases.English
}
