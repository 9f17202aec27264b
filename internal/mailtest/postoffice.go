package mailtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// A PostOffice is an SMTP server and an IMAP server in one. Mail for the desk is delivered
// to its INBOX. Mail for anybody else is kept by address.
type PostOffice struct {
	IMAP *IMAPServer
	SMTP *SMTPServer
	// Now dates the desk's mail; nil means time.Now. It must be set before the first mail.
	Now func() time.Time

	desk string
	mu   sync.Mutex
	kept map[string][]Received
	hear []func(address string, r Received)
}

// OpenPostOffice starts both servers on free loopback ports, unencrypted. The
// user name of the IMAP account is the desk's address; over SMTP mail is taken
// from everybody.
func OpenPostOffice(desk, password string) (*PostOffice, error) {
	p := &PostOffice{desk: strings.ToLower(desk), kept: map[string][]Received{}}
	var err error
	if p.IMAP, err = StartIMAP(IMAPOptions{User: desk, Password: password}); err != nil {
		return nil, err
	}
	if p.SMTP, err = StartSMTP(SMTPOptions{Keep: p.deliver}); err != nil {
		p.IMAP.Close()
		return nil, err
	}
	return p, nil
}

// Close stops both servers.
func (p *PostOffice) Close() {
	p.SMTP.Close()
	p.IMAP.Close()
}

// Post delivers a mail without SMTP.
func (p *PostOffice) Post(from string, to []string, raw []byte) error {
	return p.deliver(Received{From: from, To: to, Raw: raw})
}

// Mail returns what was delivered to an address other than the desk's, oldest first.
func (p *PostOffice) Mail(address string) []Received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.kept[strings.ToLower(address)])
}

// Addresses lists the addresses that got mail, sorted.
func (p *PostOffice) Addresses() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for a := range p.kept {
		all = append(all, a)
	}
	slices.Sort(all)
	return all
}

// OnDelivery registers a function that is called after each delivery to an address other
// than the desk's, in the goroutine that delivers.
func (p *PostOffice) OnDelivery(f func(address string, r Received)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hear = append(p.hear, f)
}

func (p *PostOffice) deliver(r Received) error {
	var errs []error
	for _, to := range r.To {
		if strings.EqualFold(to, p.desk) {
			_, err := p.IMAP.Append("INBOX", withReturnPath(r), p.now())
			errs = append(errs, err)
			continue
		}
		p.keep(strings.ToLower(to), r)
	}
	return errors.Join(errs...)
}

func (p *PostOffice) now() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}

func (p *PostOffice) keep(address string, r Received) {
	p.mu.Lock()
	p.kept[address] = append(p.kept[address], r)
	hear := slices.Clone(p.hear)
	p.mu.Unlock()
	for _, f := range hear {
		f(address, r)
	}
}

// withReturnPath adds the Return-Path field, as a delivering server does (RFC 5321,
// section 4.4).
func withReturnPath(r Received) []byte {
	return append(fmt.Appendf(nil, "Return-Path: <%s>\r\n", r.From), r.Raw...)
}
