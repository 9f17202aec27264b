package bot

import (
	"strconv"
	"strings"

	"verbale/intake"
)

// A Letter is the text of a request. It is stored beside its record, compressed and truncated
// to MaxLetterBytes.
type Letter struct {
	Parts []LetterPart
}

// A LetterPart is one text of a letter, named by its source: "subject", "body" or
// "attachment:N".
type LetterPart struct {
	Source   string      `json:"source"`
	Filename string      `json:"filename,omitempty"`
	Text     intake.Text `json:"text"`
}

// MaxLetterBytes is how many bytes of a letter's text are kept.
const MaxLetterBytes = 64 << 10

// Message converts a stored letter back into a mail that can be analysed again, with the
// sender, subject, date and thread of its origin. What is not stored is missing: the headers
// that mark automatic mail, the sender of an attached mail, attachments without text, and
// text beyond MaxLetterBytes.
func (l Letter) Message(o intake.Origin) *intake.Message {
	m := &intake.Message{
		MessageID: o.MessageID, References: o.References, Fingerprint: o.Fingerprint,
		Subject: o.Subject, From: o.From, Cc: o.Cc, Date: o.Date, Size: o.Size, Problems: o.Problems,
		Attachments: make([]intake.Attachment, len(o.Attachments)),
	}
	if o.AnswerTo != o.From {
		m.ReplyTo = []intake.Address{o.AnswerTo}
	}
	for i, name := range o.Attachments {
		m.Attachments[i] = intake.Attachment{Filename: name, Method: intake.MethodNone}
	}
	for _, p := range l.Parts {
		if p.Source == "body" {
			m.Text = p.Text
		} else if i := attachmentIndex(p.Source); 0 <= i && i < len(m.Attachments) {
			m.Attachments[i].Text, m.Attachments[i].Method = p.Text, intake.MethodText
		}
	}
	return m
}

// attachmentIndex returns the index of "attachment:N", N from 1; -1 for other sources.
func attachmentIndex(source string) int {
	number, attached := strings.CutPrefix(source, "attachment:")
	n, err := strconv.Atoi(number)
	if !attached || err != nil {
		return -1
	}
	return n - 1
}
