package page

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"verbale/intake"
	"verbale/intake/eml"
	"verbale/internal/mailtest"
)

// mails are those that were sent from the page.
type mails struct {
	mu   sync.Mutex
	sent []sentMail
}

type sentMail struct {
	from string // lower case
	raw  []byte
}

func (m *mails) add(from string, raw []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent = append(m.sent, sentMail{strings.ToLower(from), raw})
}

// of are the mails that were sent from an address.
func (m *mails) of(address string) (list [][]byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.sent {
		if s.from == address {
			list = append(list, s.raw)
		}
	}
	return list
}

// senders are the addresses that mails were sent from, the last one first.
func (m *mails) senders() (list []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range slices.Backward(m.sent) {
		if !slices.Contains(list, s.from) {
			list = append(list, s.from)
		}
	}
	return list
}

// A mailRoom is a mailbox as the page shows it.
type mailRoom struct {
	Box       string
	Officials []mailbox
	Staff     []mailbox
	Mails     []shownMail
}

// A mailbox is one that the page can show.
type mailbox struct {
	Address  string
	Received int       // mails in it
	Last     time.Time // when the last of them came
}

// A shownMail is a mail as it stands in a mailbox.
type shownMail struct {
	ID, From, To, Subject, Text string
	At                          time.Time
	Sent                        bool // from this mailbox
	Automatic                   bool
	Attachments                 []string
}

// showMail shows the mailbox of "box", of the last sender where it is not given.
func (p *Page) showMail(r *http.Request) (any, error) {
	room := mailRoom{Box: strings.ToLower(r.FormValue("box"))}
	room.Officials, room.Staff = p.mailboxes()
	if room.Box == "" && len(room.Officials) > 0 {
		room.Box = room.Officials[0].Address
	}
	for _, raw := range p.mails.of(room.Box) {
		room.Mails = append(room.Mails, p.shown(r.Context(), raw, true))
	}
	for _, received := range p.Post.Mail(room.Box) {
		room.Mails = append(room.Mails, p.shown(r.Context(), received.Raw, false))
	}
	slices.SortStableFunc(room.Mails, func(a, b shownMail) int { return cmp.Or(b.At.Compare(a.At), compareBool(a.Sent, b.Sent)) })
	return room, nil
}

// compareBool puts what was received above what was sent in the same second.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// mailboxes are those of officials, the last that wrote first, and those of our own
// colleagues who get mail.
func (p *Page) mailboxes() (officials, staff []mailbox) {
	seen := map[string]bool{}
	for _, address := range append(p.mails.senders(), p.Post.Addresses()...) {
		if seen[address] {
			continue
		}
		seen[address] = true
		list := &officials
		if p.words.directory.Internal(address) {
			list = &staff
		}
		*list = append(*list, mailboxOf(address, p.Post.Mail(address)))
	}
	return officials, staff
}

func mailboxOf(address string, received []mailtest.Received) mailbox {
	m := mailbox{Address: address, Received: len(received)}
	if m.Received > 0 {
		m.Last = received[m.Received-1].At
	}
	return m
}

func (p *Page) shown(ctx context.Context, raw []byte, sent bool) shownMail {
	m := eml.Parse(ctx, raw, eml.Options{})
	s := shownMail{
		ID: m.MessageID, From: named(m.From), Subject: m.Subject, Text: strings.TrimSpace(m.Text.Content),
		At: m.Date, Sent: sent, Automatic: !sent && m.Signs.AutoSubmitted != "",
	}
	for _, to := range m.To {
		s.To = named(to)
	}
	for _, a := range m.Attachments {
		s.Attachments = append(s.Attachments, a.Filename)
	}
	return s
}

func named(a intake.Address) string {
	if a.Name == "" {
		return a.Address
	}
	return a.Name + " <" + a.Address + ">"
}

// writeMail sends what was written on the page.
func (p *Page) writeMail(r *http.Request) (any, error) {
	draft, err := asked[Draft](r)
	if err != nil {
		return nil, err
	}
	draft.To = p.Desk
	raw, from, err := draft.mail(p.Clock.Now())
	if err != nil {
		return nil, err
	}
	return p.deliver(from, from, raw)
}

// dropMail sends a mail as it stands in a file.
func (p *Page) dropMail(r *http.Request) (any, error) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	from := eml.Parse(r.Context(), raw, eml.Options{}).From.Address
	if from == "" {
		return nil, errors.New("the file is no mail: it has no sender")
	}
	return p.deliver(from, from, raw)
}

// deliver hands a mail in by SMTP, as its sender's own server would. The envelope
// of a bounce has no sender (RFC 5321, section 4.5.5).
func (p *Page) deliver(envelope, from string, raw []byte) (any, error) {
	if err := mailtest.Send(p.Post.SMTP.Address(), envelope, []string{p.Desk}, raw); err != nil {
		return nil, fmt.Errorf("send the mail: %w", err)
	}
	p.mails.add(from, raw)
	p.feed.tell(regionMail)
	return map[string]string{"box": strings.ToLower(from)}, nil
}
