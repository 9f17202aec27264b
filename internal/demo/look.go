package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"strings"

	"verbale/intake/eml"
	"verbale/internal/slackpeer"
	"verbale/internal/view"
)

// channel lists the desk's channel, or draws it.
func (p *prompt) channel(_ context.Context, rest string) error {
	p.last, p.under, p.controls = nil, nil, nil
	if rest == "all" {
		p.printf("%s", p.slack.PictureChannel(deskChannel))
		return nil
	}
	p.printf("#tc-desk\n")
	for _, m := range p.slack.Messages(deskChannel) {
		if m.ThreadTS != "" {
			continue
		}
		p.printf("  %s\n", p.lineOf(m))
	}
	return nil
}

// lineOf is a message in one line: a card with its number and where it stands.
func (p *prompt) lineOf(m slackpeer.Message) string {
	line := html.UnescapeString(strings.ReplaceAll(m.Text, "\u2060", "")) // as Slack shows it
	if ref := cardOf(m); ref != "" {
		line = fmt.Sprintf("%-9s %-24s %s", "card "+strings.TrimLeft(ref[strings.LastIndex(ref, "-")+1:], "0"), statusOf(m, ref), line)
	}
	if below := len(p.slack.Thread(m.Channel, m.TS)) - 1; below > 0 {
		line += fmt.Sprintf("  (%d below)", below)
	}
	return line
}

// cardOf is the reference of the record of which a message is the card.
func cardOf(m slackpeer.Message) string {
	var metadata struct {
		Payload struct {
			Reference string `json:"reference"`
		} `json:"event_payload"`
	}
	_ = json.Unmarshal(m.Metadata, &metadata) // a message without has none
	return metadata.Payload.Reference
}

// statusOf is the status on a card, which stands after the reference.
func statusOf(m slackpeer.Message, ref string) string {
	_, after, _ := strings.Cut(slackpeer.Picture(m), ref+" · ")
	status, _, _ := strings.Cut(strings.SplitN(after, "\n", 2)[0], " · ")
	return strings.Trim(status, "*")
}

// card shows a request by its number: in my direct messages where it is there,
// else in the channel, with all that stands below it.
func (p *prompt) card(_ context.Context, rest string) error {
	for _, channel := range []string{p.slack.Direct(p.me.ID), deskChannel} {
		for _, m := range p.slack.Messages(channel) {
			if ref := cardOf(m); ref != "" && strings.HasSuffix(ref, fmt.Sprintf("-%05s", rest)) {
				p.thread(m)
				return nil
			}
		}
	}
	return fmt.Errorf("there is no card with the number %q; channel lists them", rest)
}

func (p *prompt) thread(m slackpeer.Message) {
	var all []slackpeer.Place
	for _, each := range p.slack.Thread(m.Channel, m.TS) {
		all = append(all, each)
	}
	p.show("", all...)
}

// direct shows my direct messages.
func (p *prompt) direct(context.Context, string) error {
	var all []slackpeer.Place
	for _, m := range p.slack.Messages(p.slack.Direct(p.me.ID)) {
		all = append(all, m)
	}
	if len(all) == 0 {
		return errors.New("you have no direct messages")
	}
	p.show("", all...)
	return nil
}

// home opens my home tab.
func (p *prompt) home(ctx context.Context, _ string) error {
	before := p.changes()
	if _, err := p.person().OpenHome(); err != nil {
		return err
	}
	p.settle(ctx, before)
	v, ok := p.slack.Home(p.me.ID)
	if !ok {
		return errors.New("the home tab is empty")
	}
	p.show("", v)
	return nil
}

// window shows the window that is open.
func (p *prompt) window(context.Context, string) error {
	v, open := p.slack.Modal(p.me.ID)
	if !open {
		return errors.New("no window is open")
	}
	p.show("", v)
	return nil
}

// again shows what was shown last, but for windows, as it is now.
func (p *prompt) again() {
	switch last := p.under.(type) {
	case slackpeer.Message:
		if now, ok := p.slack.Message(last.Channel, last.TS); ok && last.EphemeralTo == "" {
			p.thread(now)
			return
		}
	case slackpeer.View:
		if now, ok := p.slack.Home(p.me.ID); ok && last.Type == "home" {
			p.show("", now)
			return
		}
	}
	p.last, p.under, p.controls = nil, nil, nil
	p.printf("Done.\n")
}

// mail lists whose mailboxes have mail, or reads one.
func (p *prompt) mail(ctx context.Context, address string) error {
	if address == "" {
		for _, a := range p.post.Addresses() {
			p.printf("  %-44s %d\n", a, len(p.post.Mail(a)))
		}
		return nil
	}
	mails := p.post.Mail(address)
	if len(mails) == 0 {
		return fmt.Errorf("no mail has gone to %q; mail lists to whom it has", address)
	}
	printer := view.NewPrinter(p.out, false)
	for _, r := range mails {
		m := eml.Parse(ctx, r.Raw, eml.Options{})
		printer.Heading("mail to " + address)
		printer.Field("subject", m.Subject)
		printer.Quoted(m.Text.Content)
		printer.Blank()
	}
	return nil
}
