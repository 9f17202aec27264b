package registry

import (
	"strings"
	"unicode"

	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// mailInText is what the owner of a record, or who stands in, is told of mail
// that came in. An answer of the owner's to this mail counts like one to the
// assignment, by the same token.
func (s *Service) mailInText(a *arrival, rec *intake.Record, present, lang string) []string {
	return sections(
		s.mailInLead(rec, present, lang),
		s.mailInBrief(a, rec, lang),
		s.dueList(rec.Plan, lang),
		s.newWords(a.Message, lang),
		s.howToAnswer(rec, present, lang, "inform.how"),
		s.whereToAnswer(rec, lang),
		s.Phrases.Text(lang, "assign.inside", nil),
		s.tokenOf(rec, present, lang),
	)
}

// obeys reports whether an answer of somebody's to a mail about a record is
// carried out: it is open, and theirs, and they have a token for it.
func obeys(rec *intake.Record, id string) bool {
	return id == rec.Owner && rec.Tokens[id] != "" && rec.Status.Open()
}

// howToAnswer says what the owner may answer to a mail about a record; to anybody
// else it says the other text, "" for none.
func (s *Service) howToAnswer(rec *intake.Record, id, lang, other string) string {
	switch {
	case obeys(rec, id):
		return s.Phrases.Text(lang, "assign.how", nil)
	case owesResults(rec, id):
		return s.Phrases.Text(lang, "results.how", nil)
	case other == "":
		return ""
	}
	return s.Phrases.Text(lang, other, nil)
}

// tokenOf is the line with the token by which the owner's answer is believed; ""
// for anybody else.
func (s *Service) tokenOf(rec *intake.Record, id, lang string) string {
	if !obeys(rec, id) && !owesResults(rec, id) {
		return ""
	}
	return s.Phrases.Text(lang, "assign.token", phrases.Values{"token": rec.Tokens[id]})
}

// mailInLead says why the mail goes to whom it goes.
func (s *Service) mailInLead(rec *intake.Record, present, lang string) string {
	key := "mail_in.lead"
	switch {
	case present != rec.Owner:
		key = "mail_in.lead_away"
	case !rec.Status.Open():
		key = "mail_in.lead_closed"
	}
	return s.Phrases.Text(lang, key, phrases.Values{
		"recipient": s.Directory.Name(present, lang), "owner": s.Directory.Name(rec.Owner, lang),
	})
}

func (s *Service) mailInBrief(a *arrival, rec *intake.Record, lang string) string {
	return s.rows(lang, []row{
		{"field.reference", rec.Reference},
		{"field.countries", s.namesOf(intake.FieldCountries, s.countriesOf(rec), lang)},
		{"mail_in.from", s.writer(a.Message.From)},
		{"mail_in.received", s.Phrases.Date(lang, a.ReceivedAt.In(s.Office.Zone))},
		{"mail_in.subject_line", s.Habits.Subject(a.Message.Subject)},
		{"mail_in.attachments", s.attached(a.Message)},
		{"mail_in.what", s.Phrases.Text(lang, a.whatCameIn(), nil)},
		{"mail_in.status", s.Phrases.Text(lang, "status."+string(rec.Status), nil)},
	})
}

// writer names who wrote a mail, by what the mail says.
func (s *Service) writer(from intake.Address) string {
	name := mailtext.Cut(mailtext.OneLine(from.Name), s.Habits.SubjectLength)
	if name == "" {
		return from.Address
	}
	return name + " <" + from.Address + ">"
}

// attached lists the documents that came with a mail, as much as a note holds.
func (s *Service) attached(m *intake.Message) string {
	var names []string
	for _, attachment := range m.Attachments {
		if !attachment.Inline {
			names = append(names, mailtext.OneLine(attachment.Filename))
		}
	}
	return mailtext.Cut(joinNonEmpty(names...), s.Habits.NoteLength)
}

// whatCameIn is the text that says what a mail seems to be, as far as that is
// known from its reading and from what the record waited for.
func (a *arrival) whatCameIn() string {
	switch {
	case a.unreadable():
		return "mail_in.unreadable"
	case a.found.Status == intake.StatusWaiting:
		return "mail_in.answer"
	case a.reading.Kind == intake.KindRequest:
		return "mail_in.request"
	}
	return "mail_in.reply"
}

// newWords quotes what a mail newly says, or tells that nothing of it could be
// read.
func (s *Service) newWords(m *intake.Message, lang string) string {
	body := strings.TrimSpace(m.Body())
	if body == "" {
		return s.Phrases.Text(lang, "mail_in.no_text", nil)
	}
	shown := mailtext.Cut(body, s.Habits.QuoteLength)
	text := s.Phrases.Text(lang, "mail_in.text", nil) + "\n" + quoted(shown)
	if shown != body {
		text += "\n\n" + s.Phrases.Text(lang, "mail_in.shortened", nil)
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
