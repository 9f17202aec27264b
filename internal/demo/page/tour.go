package page

import (
	"errors"
	"net/http"
	"net/mail"
	"strings"
	"sync"
	"time"

	"verbale/bot"
	"verbale/internal/app"
)

// A Letter is one of the letters with which the page shows what the program does.
type Letter struct {
	Language string // ISO 639-1
	Title    string // what there is to see in it
	From     string // "Name <address>"
	Subject  string
	Body     string
	Document string // name of the document that is attached, "" for none
	// Mail writes it as RFC 5322 bytes, and names the sender of the envelope.
	Mail func(now time.Time) (raw []byte, envelope string, err error)
}

// A tour is how far the sample letters have come.
type tour struct {
	letters []Letter
	mu      sync.Mutex
	next    int
	became  string // of the last mail that arrived, in words
	record  string // its reference, "" where it has none
}

// A stop is what the page tells of the tour.
type stop struct {
	Number int    `json:"number"` // of the letter that was sent last, from 1
	Of     int    `json:"of"`
	Title  string `json:"title"`
	Box    string `json:"box"`
}

// nextLetter sends the next of the sample letters.
func (p *Page) nextLetter(r *http.Request) (any, error) {
	t := &p.tour
	t.mu.Lock()
	if t.next == len(t.letters) {
		t.mu.Unlock()
		return nil, errors.New("that was the last letter; write one of your own")
	}
	letter := t.letters[t.next]
	t.next++
	s := stop{Number: t.next, Of: len(t.letters), Title: letter.Title}
	t.mu.Unlock()
	raw, envelope, err := letter.Mail(p.Clock.Now())
	if err != nil {
		return nil, err
	}
	from, err := mail.ParseAddress(letter.From)
	if err != nil {
		return nil, err
	}
	s.Box = strings.ToLower(from.Address)
	_, err = p.deliver(envelope, s.Box, raw)
	return s, err
}

// Arrived tells the page of a mail that has its outcome.
func (p *Page) Arrived(a app.Arrival) {
	became := map[bot.ArrivalOutcome]string{
		bot.ArrivalRecorded: "recorded as " + a.Committed.Reference,
		bot.ArrivalJoined:   "added to " + a.Committed.Reference,
		bot.ArrivalSetAside: "set aside without an answer: " + say("kind.", string(a.Kind)),
	}[a.Committed.Outcome]
	p.tour.mu.Lock()
	p.tour.became, p.tour.record = became, a.Committed.Reference
	p.tour.mu.Unlock()
	p.feed.tell(regionRecord, regionTour)
}

// sent is how many letters were sent.
func (t *tour) sent() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.next
}

// last says what the last mail became, and the reference of its record.
func (t *tour) last() (words, reference string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.became, t.record
}

// showTour tells what became of the last mail, and who has it now.
func (p *Page) showTour(r *http.Request) (any, error) {
	became, reference := p.tour.last()
	if reference != "" {
		rec, err := p.Store.Load(r.Context(), reference)
		if err != nil {
			return nil, err
		}
		became += ", with " + p.words.holder(rec.Owner)
	}
	return map[string]string{"became": became, "reference": reference}, nil
}

// A front is the page before anything has happened on it.
type front struct {
	Desk    string
	Faces   []Face
	Letters []Letter // to start a mail from
	Tour    int      // sample letters
	Sent    int      // of them, so far
}

func (p *Page) showPage(*http.Request) (any, error) {
	f := front{Desk: p.Desk, Faces: p.Faces, Tour: len(p.tour.letters), Sent: p.tour.sent()}
	for _, l := range p.tour.letters {
		if l.Document == "" && l.Body != "" {
			f.Letters = append(f.Letters, l)
		}
	}
	return f, nil
}
