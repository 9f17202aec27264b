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

// A Writer composes letters for one office. All its fields but Languages are required.
type Writer struct {
	Phrases    *phrases.Catalogue
	Directory  *routing.Directory
	Vocabulary *lexicon.Vocabulary
	Policy     Policy
	Habits     *mailtext.Habits // limits for text from strangers
	Office     string           // signature of internal mails
	Desk       string           // the desk's address
	Zone       *time.Location   // time zone for dates and times
	// Languages returns the language in which somebody uses Slack; "" if it is not known.
	Languages func(id string) string
}

// A Policy explains due dates; the production implementation is followup.Policy.
type Policy interface {
	Hastened(r *intake.Request, due time.Time) bool
	// DaysOverdue counts full working days.
	DaysOverdue(due, now time.Time) int
}

// Written is the content of a letter. Language may list several languages, in the order of
// the text.
type Written struct {
	Subject  string
	Text     string
	HTML     string // the text as HTML; "" for plain text only
	Language string
}

// An Effect describes what the reader's reply does to the record.
type Effect struct {
	Steps   bool   // its instructions are carried out
	Results bool   // it reports the results of the request
	Moves   bool   // an answer to the requester changes the record's status
	Token   string // token that authenticates the reply
}

// toRequester composes a letter about a record in each of the requester's languages.
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

// inEach composes a letter in each language, one below the other.
func (w *Writer) inEach(languages []string, write func(lang string) string) string {
	text := write(languages[0])
	for _, lang := range languages[1:] {
		text = w.Phrases.Text(languages[0], "letter.beside", phrases.Values{"first": text, "second": write(lang)})
	}
	return text
}

// toColleague composes an internal letter.
func (w *Writer) toColleague(lang, subject string, paragraphs ...string) Written {
	return Written{Subject: subject, Language: lang, Text: w.Phrases.Text(lang, "colleague.frame", phrases.Values{
		"text": strings.Join(sections(paragraphs...), "\n\n"), "office": w.Office,
	})}
}

// sections returns the non-empty texts.
func sections(all ...string) []string {
	var kept []string
	for _, text := range all {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}

// about returns a subject that names a record and its countries.
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

// quotedSubject is the subject in quotation marks, to follow a noun; "" if the mail had none.
func (w *Writer) quotedSubject(rec *intake.Record, lang string) string {
	subject := w.Habits.Subject(rec.Origin.Subject)
	if subject == "" {
		return ""
	}
	return w.Phrases.Text(lang, "subject.quoted", phrases.Values{"subject": subject})
}

// countriesTold returns the names of a request's countries for subjects and for text that
// superiors of the owner read; for a confidential record, it says only that it is
// confidential.
func (w *Writer) countriesTold(rec *intake.Record, countries []string, lang string) string {
	if rec.Confidential {
		return w.Phrases.Text(lang, "countries.confidential", nil)
	}
	return w.countriesNamed(countries, lang)
}

// countriesNamed returns the names of countries, or says that none is known.
func (w *Writer) countriesNamed(ids []string, lang string) string {
	if names := w.values(intake.FieldCountries, ids, lang); names != "" {
		return names
	}
	return w.Phrases.Text(lang, "countries.none", nil)
}
