package letters

import (
	"strings"
	"time"

	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
	"verbale/routing"
)

// A Writer writes for one office. All its fields are needed.
type Writer struct {
	Phrases    *phrases.Catalogue
	Directory  *routing.Directory
	Vocabulary *lexicon.Vocabulary
	Policy     Policy           // only letters to requesters need it
	Habits     *mailtext.Habits // how much of a stranger's words is repeated
	Office     string           // as internal mails are signed
	Desk       string           // the address to which requesters and colleagues write
	Zone       *time.Location   // in which moments are told
}

// A Policy tells why an answer is due when it is; followup.Policy is the one that serves.
type Policy interface {
	Hastened(r *intake.Request, due time.Time) bool
}

// Written is a letter without what carries it. Language may be several, in the order
// in which they stand in it.
type Written struct {
	Subject  string
	Text     string
	HTML     string // the same as a page; "" for plain text alone
	Language string
}

// An Effect is what the reader's answer does to the record.
type Effect struct {
	Steps   bool   // what it asks for is carried out
	Results bool   // it tells what the request came to
	Moves   bool   // an answer to the requester moves the record on
	Token   string // by which it is believed
}

// toRequester writes one letter about a record in each language of its requester.
func (w *Writer) toRequester(rec *intake.Record, write func(lang string) []string) Written {
	languages := w.languagesFor(rec)
	return Written{
		Subject: w.subjectOfAnswer(rec, languages[0]), Language: strings.Join(languages, languageSeparator),
		Text: w.inEach(languages, func(lang string) string { return w.letter(lang, write(lang)...) }),
	}
}

func (w *Writer) letter(lang string, paragraphs ...string) string {
	return w.Phrases.Text(lang, "letter.frame", phrases.Values{"text": strings.Join(sections(paragraphs...), "\n\n")})
}

// inEach writes one letter in each language, the first above the second.
func (w *Writer) inEach(languages []string, write func(lang string) string) string {
	text := write(languages[0])
	for _, lang := range languages[1:] {
		text = w.Phrases.Text(languages[0], "letter.beside", phrases.Values{"first": text, "second": write(lang)})
	}
	return text
}

// toColleague writes a letter within the house.
func (w *Writer) toColleague(lang, subject string, paragraphs ...string) Written {
	return Written{Subject: subject, Language: lang, Text: w.Phrases.Text(lang, "colleague.frame", phrases.Values{
		"text": strings.Join(sections(paragraphs...), "\n\n"), "office": w.Office,
	})}
}

// sections leaves out what is empty.
func sections(all ...string) []string {
	var kept []string
	for _, text := range all {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}

// about is a subject that names a record and the countries that it is for.
func (w *Writer) about(key string, rec *intake.Record, countries []string, lang string) string {
	return w.Phrases.Text(lang, key, phrases.Values{"reference": rec.Reference, "countries": w.countriesTold(rec, countries, lang)})
}

func (w *Writer) subjectOfAnswer(rec *intake.Record, lang string) string {
	return w.Phrases.Text(lang, "acknowledge.subject", phrases.Values{
		"subject": w.subjectOf(rec, lang), "reference": rec.Reference,
	})
}

func (w *Writer) subjectOf(rec *intake.Record, lang string) string {
	if subject := w.Habits.Subject(rec.Origin.Subject); subject != "" {
		return subject
	}
	return w.Phrases.Text(lang, "acknowledge.no_subject", nil)
}

// countriesTold names the countries of a request in a subject, and in what whoever is
// above its owner reads; of a confidential one it says that alone.
func (w *Writer) countriesTold(rec *intake.Record, countries []string, lang string) string {
	if rec.Confidential {
		return w.Phrases.Text(lang, "countries.confidential", nil)
	}
	return w.countriesNamed(countries, lang)
}

// countriesNamed names countries in a subject, or says that none is known.
func (w *Writer) countriesNamed(ids []string, lang string) string {
	if names := w.values(intake.FieldCountries, ids, lang); names != "" {
		return names
	}
	return w.Phrases.Text(lang, "countries.none", nil)
}
