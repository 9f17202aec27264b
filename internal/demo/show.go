package demo

import (
	"context"
	"fmt"
	"strings"

	"verbale/bot"
	"verbale/intake/eml"
	"verbale/internal/app"
	"verbale/internal/mailtest"
	"verbale/internal/view"
)

func (s *show) printf(format string, args ...any) { fmt.Fprintf(s.out, format, args...) }

func (s *show) opening(st *stage, letters int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.printf("Verbale is running in this process, with a store in memory.\n")
	s.addresses(st)
	s.printf("%d sample letters follow.\n\n", letters)
}

func (s *show) addresses(st *stage) {
	s.printf("  SMTP  %s   takes mail to %s and to anybody else\n", st.post.SMTP.Address(), deskAddress)
	s.printf("  IMAP  %s   user %s, password %s\n", st.post.IMAP.Address(), deskAddress, deskPassword)
}

func (s *show) closing(st *stage, once bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if once {
		s.printf("All sample letters have their outcome.\n")
		return
	}
	s.printf("All sample letters have their outcome. Send a mail of your own:\n")
	s.addresses(st)
	s.printf("  curl smtp://%s --mail-from you@ministry.example --mail-rcpt %s --upload-file letter.eml\n",
		st.post.SMTP.Address(), deskAddress)
	s.printf("Ctrl-C ends the demo.\n")
}

func (s *show) letter(n, of int, l Letter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.printf("%s\n", strings.Repeat("─", 100))
	s.printf("Letter %d of %d, delivered by SMTP\n", n, of)
}

// arrived shows what was read of a mail and what became of it.
func (s *show) arrived(a app.Arrival, read bot.Assessment) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := view.NewPrinter(s.out, s.bold)
	title := "set aside: no record, no answer"
	switch {
	case a.Committed.Outcome == bot.ArrivalJoined:
		title = "joined to " + a.Committed.Reference
	case a.Committed.Reference != "":
		title = "recorded as " + a.Committed.Reference
	}
	view.Explanation{File: title, Message: a.Message, Reading: read.Reading, Routing: read.Routing, Plan: read.Plan}.Print(p)
}

// delivered shows a mail that went out: the acknowledgement whole, of mail to
// colleagues the head.
func (s *show) delivered(address string, r mailtest.Received) {
	m := eml.Parse(context.Background(), r.Raw, eml.Options{})
	s.mu.Lock()
	defer s.mu.Unlock()
	p := view.NewPrinter(s.out, s.bold)
	p.Heading("mail out to " + address)
	p.Field("subject", m.Subject)
	if m.Signs.AutoSubmitted != "" && r.From == "" {
		p.Quoted(m.Text.Content)
	}
	p.Blank()
}
