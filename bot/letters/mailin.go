package letters

import (
	"strings"
	"time"
	"unicode"

	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// A MailIn is a further mail to a record.
type MailIn struct {
	Message    *intake.Message
	ReceivedAt time.Time
	What       string // the text that says what it seems to be
}

// MailIn tells the owner of a record, or who stands in, of mail that came in. An answer
// of the owner's to it counts like one to the assignment, by the same token.
func (w *Writer) MailIn(rec *intake.Record, id string, in MailIn, e Effect) Written {
	lang := w.LanguageOf(id)
	return w.toColleague(lang, w.about("mail_in.subject", rec, w.countriesOf(rec), lang),
		w.MailInLead(rec, id, lang),
		w.mailInBrief(in, rec, lang),
		w.dueList(rec.Plan, lang),
		w.newWords(in.Message, lang),
		w.howToAnswer(e, lang, "inform.how"),
		w.whereToAnswer(rec, e, lang),
		w.Phrases.Text(lang, "assign.inside", nil),
		w.tokenOf(e, lang),
	)
}

// howToAnswer says what the reader may answer to a mail about a record; to whom
// nothing is open it says the other text, "" for none.
func (w *Writer) howToAnswer(e Effect, lang, other string) string {
	switch {
	case e.Steps:
		return w.Phrases.Text(lang, "assign.how", nil)
	case e.Results:
		return w.Phrases.Text(lang, "results.how", nil)
	case other == "":
		return ""
	}
	return w.Phrases.Text(lang, other, nil)
}

// tokenOf is the line with the token by which the reader's answer is believed; ""
// where it does nothing.
func (w *Writer) tokenOf(e Effect, lang string) string {
	if !e.Steps && !e.Results {
		return ""
	}
	return w.Phrases.Text(lang, "assign.token", phrases.Values{"token": e.Token})
}

// MailInLead says why the mail goes to whom it goes.
func (w *Writer) MailInLead(rec *intake.Record, id, lang string) string {
	key := "mail_in.lead"
	switch {
	case id != rec.Owner:
		key = "mail_in.lead_away"
	case !rec.Status.Open():
		key = "mail_in.lead_closed"
	}
	return w.Phrases.Text(lang, key, phrases.Values{
		"reference": rec.Reference, "recipient": w.Directory.Name(id, lang), "owner": w.Directory.Name(rec.Owner, lang),
	})
}

func (w *Writer) mailInBrief(in MailIn, rec *intake.Record, lang string) string {
	return w.rows(lang, []row{
		{"field.reference", rec.Reference},
		{"field.countries", w.values(intake.FieldCountries, w.countriesOf(rec), lang)},
		{"mail_in.from", w.writer(in.Message.From)},
		{"mail_in.received", w.Phrases.Date(lang, in.ReceivedAt.In(w.Zone))},
		{"mail_in.subject_line", w.Habits.Subject(in.Message.Subject)},
		{"mail_in.attachments", w.attached(in.Message)},
		{"mail_in.what", w.Phrases.Text(lang, in.What, nil)},
		{"mail_in.status", w.Phrases.Text(lang, "status."+string(rec.Status), nil)},
	})
}

// writer names who wrote a mail, by what the mail says.
func (w *Writer) writer(from intake.Address) string {
	name := mailtext.Cut(mailtext.OneLine(from.Name), w.Habits.SubjectLength)
	if name == "" {
		return from.Address
	}
	return name + " <" + from.Address + ">"
}

// attached lists the documents that came with a mail, as much as a note holds.
func (w *Writer) attached(m *intake.Message) string {
	var names []string
	for _, attachment := range m.Attachments {
		if !attachment.Inline {
			names = append(names, mailtext.OneLine(attachment.Filename))
		}
	}
	return mailtext.Cut(joinNonEmpty(names...), w.Habits.NoteLength)
}

// newWords quotes what a mail newly says, or tells that nothing of it could be
// read.
func (w *Writer) newWords(m *intake.Message, lang string) string {
	body := strings.TrimSpace(m.Body())
	if body == "" {
		return w.Phrases.Text(lang, "mail_in.no_text", nil)
	}
	shown := mailtext.Cut(body, w.Habits.QuoteLength)
	text := w.Phrases.Text(lang, "mail_in.text", nil) + "\n" + quoted(shown)
	if shown != body {
		text += "\n\n" + w.Phrases.Text(lang, "mail_in.shortened", nil)
	}
	return text
}

// quoted marks each line of a text as somebody else's.
func quoted(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.Map(printable, line)
		lines = append(lines, strings.TrimRight("> "+line, " "))
	}
	return strings.Join(lines, "\n")
}

// printable drops what could move a quoted line out of its place.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\t' || r == '\u2028' || r == '\u2029' {
		return -1
	}
	return r
}
