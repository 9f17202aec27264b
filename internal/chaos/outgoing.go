package chaos

import (
	"bytes"
	"mime"
	"net/mail"
	"strings"
	"time"

	"verbale/internal/mailtest"
)

// A Received is a mail of ours as its recipient got it.
type Received struct {
	ID, To, Subject, Text, Answers string // ids without their brackets
	Acknowledges                   bool   // it is automatic, and answers a stranger
	At                             time.Time
}

// outgoing is what came in over SMTP, oldest first, each time that it came.
func outgoing(s *mailtest.SMTPServer) []Received {
	var all []Received
	for _, r := range s.Received() {
		if m, err := readReceived(r); err == nil {
			all = append(all, m)
		}
	}
	return all
}

// readReceived reads what is of interest; what is no mail is not ours.
func readReceived(r mailtest.Received) (Received, error) {
	m, err := mail.ReadMessage(bytes.NewReader(r.Raw))
	if err != nil {
		return Received{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		subject = m.Header.Get("Subject")
	}
	text, err := mailtest.TextOf(r.Raw)
	return Received{
		ID: bare(m.Header.Get("Message-Id")), To: strings.Join(r.To, " "), Subject: subject, Text: text,
		Answers: bare(m.Header.Get("In-Reply-To")), At: r.At, Acknowledges: r.From == "",
	}, err
}

func bare(id string) string { return strings.Trim(strings.TrimSpace(id), "<>") }
