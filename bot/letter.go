package bot

import (
	"strconv"
	"strings"

	"verbale/intake"
)

// A Letter is the text of a request, kept beside its record, compressed and
// cut to MaxLetterBytes.
type Letter struct {
	Parts []LetterPart
}

// A LetterPart is one text of a letter: "subject", "body" or "attachment:N".
type LetterPart struct {
	Source   string      `json:"source"`
	Filename string      `json:"filename,omitempty"`
	Text     intake.Text `json:"text"`
}

// MaxLetterBytes is how much of a letter's text is kept.
const MaxLetterBytes = 64 << 10

// Message is a kept letter as a mail that can be read again, under the sender,
// subject, date and thread of its origin. Missing are what is not kept: the
// headers by which machine mail shows itself, the sender of a mail that was
// attached, attachments without text, and text beyond MaxLetterBytes.
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

// attachmentIndex is the index of "attachment:N", N from 1; -1 for other sources.
func attachmentIndex(source string) int {
	number, attached := strings.CutPrefix(source, "attachment:")
	n, err := strconv.Atoi(number)
	if !attached || err != nil {
		return -1
	}
	return n - 1
}
