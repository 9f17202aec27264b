package letters

import (
	"strings"
	"time"
	"unicode"

	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// A MailIn is a further mail about a record.
type MailIn struct {
	Message    *intake.Message
	ReceivedAt time.Time
	What       string // key of the text saying what the mail appears to be
}

// MailIn notifies the owner of a record, or their stand-in, of an incoming mail. With the
// same token, the owner's reply has the same effect as one to the assignment.
func (w *Writer) MailIn(rec *intake.Record, id string, in MailIn, e Effect) Written {
	lang := w.LanguageOf(id)
	return w.toColleague(lang, w.about("mail_in.subject", rec, w.countriesOf(rec), lang),
		w.MailInLead(rec, id, lang),
		w.mailInBrief(in, rec, lang),
		w.dueList(rec.Plan, lang, dueFromYou),
		w.newWords(in.Message, lang),
		w.howToAnswer(e, lang, "inform.how"),
		w.whereToAnswer(rec, e, lang),
		w.Phrases.Text(lang, "assign.inside", nil),
		w.tokenOf(e, lang),
	)
}

// howToAnswer explains what the reader may ask for in a reply about a record; if there is
// nothing, it returns the text of the key other ("" for none).
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

// tokenOf returns the line with the token that authenticates the reader's reply; "" if a
// reply has no effect.
func (w *Writer) tokenOf(e Effect, lang string) string {
	if !e.Steps && !e.Results {
		return ""
	}
	return w.Phrases.Text(lang, "assign.token", phrases.Values{"token": e.Token})
}

// MailInLead explains why the recipient gets the mail.
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

// writer returns the sender of a mail as stated in the mail.
func (w *Writer) writer(from intake.Address) string {
	name := mailtext.Cut(mailtext.OneLine(from.Name), w.Habits.SubjectLength)
	if name == "" {
		return from.Address
	}
	return name + " <" + from.Address + ">"
}

// attached lists the attachments of a mail, truncated to the length of a note.
func (w *Writer) attached(m *intake.Message) string {
	var names []string
	for _, attachment := range m.Attachments {
		if !attachment.Inline {
			names = append(names, mailtext.OneLine(attachment.Filename))
		}
	}
	return mailtext.Cut(joinNonEmpty(names...), w.Habits.NoteLength)
}

// newWords quotes the new text of a mail, or says that there is none to be read.
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

// quoted prefixes each line of a text as a quotation.
func quoted(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.Map(printable, line)
		lines = append(lines, strings.TrimRight("> "+line, " "))
	}
	return strings.Join(lines, "\n")
}

// printable drops characters that could break out of a quoted line.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\t' || r == '\u2028' || r == '\u2029' {
		return -1
	}
	return r
}
