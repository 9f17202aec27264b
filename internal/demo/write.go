package demo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"verbale/intake/eml"
)

// official is the sender of a letter for which none is given.
const official = "Lali Example <l.example@ministry.gov.ge>"

// say posts in the channel, where nothing answers.
func (p *prompt) say(_ context.Context, text string) error {
	seen, err := p.person().Post(deskChannel, text)
	if err == nil {
		p.posted = seen.Posted
		p.printf("It stands in #tc-desk.\n")
	}
	return err
}

// log makes a request of what was said last.
func (p *prompt) log(ctx context.Context, _ string) error {
	if p.posted.TS == "" {
		return errors.New("say something first")
	}
	return p.acted(ctx)(p.person().MessageShortcut("log", p.posted))
}

// write asks for a letter and sends it to the desk.
func (p *prompt) write(ctx context.Context, _ string) error {
	from, ok := p.ask(ctx, "from ("+official+")")
	if !ok {
		return nil
	}
	if from == "" {
		from = official
	}
	subject, _ := p.ask(ctx, "subject")
	body, ok := p.text(ctx)
	if !ok {
		return nil
	}
	return p.deliver(ctx, Letter{Name: "own", From: from, Subject: subject, Body: body})
}

// answer answers the last of our mails to an address.
func (p *prompt) answer(ctx context.Context, address string) error {
	mails := p.post.Mail(address)
	if len(mails) == 0 {
		return fmt.Errorf("no mail has gone to %q; mail lists to whom it has", address)
	}
	last := eml.Parse(ctx, mails[len(mails)-1].Raw, eml.Options{})
	p.printf("an answer from %s to: %s\n", address, last.Subject)
	body, ok := p.text(ctx)
	if !ok {
		return nil
	}
	return p.deliver(ctx, Letter{Name: "answer", From: address, Subject: last.Subject, Body: body,
		Headers: map[string]string{"In-Reply-To": "<" + last.MessageID + ">", "References": "<" + last.MessageID + ">"}})
}

// text asks for lines up to one that is a dot.
func (p *prompt) text(ctx context.Context) (string, bool) {
	p.printf("(the text; a line with a dot ends it)\n")
	var lines []string
	for {
		line, ok := p.ask(ctx, "")
		if !ok || line == "." {
			return strings.Join(lines, "\n"), ok
		}
		lines = append(lines, line)
	}
}

// deliver sends a letter and shows its outcome.
func (p *prompt) deliver(ctx context.Context, l Letter) error {
	raw, envelope, err := l.posted(p.now())
	if err != nil {
		return err
	}
	before := p.changes()
	if err := p.send(envelope, raw); err != nil {
		return err
	}
	p.arrived(ctx)
	p.settle(ctx, before)
	return nil
}
