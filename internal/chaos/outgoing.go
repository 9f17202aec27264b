package chaos

import (
	"bytes"
	"mime"
	"net/mail"
	"strings"
	"time"

	"verbale/internal/mailtest"
)

// A Received is a mail of the bot as its recipient got it.
type Received struct {
	ID, To, Subject, Text string
	Answers               string // In-Reply-To; this and ID are without angle brackets
	Acknowledges          bool   // it has the null return path, as acknowledgements have
	At                    time.Time
}

// outgoing lists the mails that came in over SMTP, oldest first, repeats included.
func outgoing(s *mailtest.SMTPServer) []Received {
	var all []Received
	for _, r := range s.Received() {
		if m, err := readReceived(r); err == nil {
			all = append(all, m)
		}
	}
	return all
}

// readReceived parses a mail.
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

// bare is a Message-ID without its angle brackets.
func bare(id string) string { return strings.Trim(strings.TrimSpace(id), "<>") }
