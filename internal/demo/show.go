package demo

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/intake/eml"
	"verbale/intake/lexicon"
	"verbale/internal/app"
	"verbale/internal/mailtest"
	"verbale/internal/phrases"
	"verbale/internal/view"
	"verbale/routing"
)

//go:embed welcome.txt
var welcomeText string

// A show writes on the terminal; its methods are called from several
// goroutines.
type show struct {
	mu    sync.Mutex
	out   io.Writer
	bold  bool
	brief bool // a line for each letter and no mails, since commands show them
	// shown has the references of the records that were shown. held has the mails about
	// other records, by reference, which are shown after these.
	shown map[string]bool
	held  map[string][]outgoing
}

// An outgoing is a mail to somebody other than the desk.
type outgoing struct {
	to      string
	whole   bool // its text is shown
	message *intake.Message
}

func newShow(out io.Writer, bold bool) *show {
	return &show{out: out, bold: bold, shown: map[string]bool{}, held: map[string][]outgoing{}}
}

// Write writes what a prompt says.
func (s *show) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.Write(text)
}

func (s *show) printf(format string, args ...any) { fmt.Fprintf(s.out, format, args...) }

func (s *show) opening(st *stage, letters int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.brief {
		s.printf("Verbale runs in this process, with a mailbox, a Slack workspace and a store in memory.\n")
		s.printf("%d letters come in; each becomes a card in the desk's channel, or is set aside:\n", letters)
		return
	}
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
	if s.brief {
		s.printf(welcomeText, st.cast[0].Name, st.cast[0].What, st.post.SMTP.Address())
		return
	}
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
	if s.brief {
		return
	}
	s.printf("%s\n", strings.Repeat("─", 100))
	s.printf("Letter %d of %d, delivered by SMTP\n", n, of)
}

// names writes ids as names, by the embedded data with which the demo runs.
var names = sync.OnceValue(func() *letters.Writer {
	vocabulary, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		panic(err) // it is part of the program, and tested
	}
	directory, err := routing.EmbeddedDirectory()
	if err != nil {
		panic(err)
	}
	return &letters.Writer{Phrases: phrases.Default(), Directory: directory, Vocabulary: vocabulary}
})

// arrived shows what was read of a mail and what became of it, and then the
// mails that went out about it meanwhile.
func (s *show) arrived(a app.Arrival, read registry.Assessment) {
	s.mu.Lock()
	defer s.mu.Unlock()
	reference := a.Committed.Reference
	title := "set aside: no record, no answer"
	switch {
	case a.Committed.Outcome == bot.ArrivalJoined:
		title = "joined to " + reference
	case reference != "":
		title = "recorded as " + reference
	}
	if s.brief {
		s.printf("  %-60.60s %s\n", a.Message.Subject, title)
		return
	}
	view.Explanation{File: title, Message: a.Message, Reading: read.Reading, Routing: read.Routing, Plan: read.Plan}.
		Print(view.NewPrinter(s.out, s.bold).Naming(names()))
	s.shown[reference] = true
	for _, o := range s.held[reference] {
		s.print(o)
	}
	delete(s.held, reference)
}

// delivered shows a mail that went out: an acknowledgement as a whole, other mail by its
// subject. If its record was not shown yet, the mail is held until it is.
func (s *show) delivered(address string, r mailtest.Received) {
	m := eml.Parse(context.Background(), r.Raw, eml.Options{})
	o := outgoing{to: address, whole: m.Signs.AutoSubmitted != "" && r.From == "", message: m}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.brief {
		return
	}
	reference := referenceForm.FindString(m.Subject)
	if reference != "" && !s.shown[reference] {
		s.held[reference] = append(s.held[reference], o)
		return
	}
	s.print(o)
}

var referenceForm = regexp.MustCompile(`TC-\d{4}-\d{5,}`)

func (s *show) print(o outgoing) {
	p := view.NewPrinter(s.out, s.bold)
	p.Heading("mail out to " + o.to)
	p.Field("subject", o.message.Subject)
	if o.whole {
		p.Quoted(o.message.Text.Content)
	}
	p.Blank()
}
