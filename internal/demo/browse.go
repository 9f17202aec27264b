package demo

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/emersion/go-message/mail"
	"github.com/goccy/go-yaml"
	"golang.org/x/sync/errgroup"

	"verbale/internal/demo/page"
	"verbale/internal/phrases"
)

//go:embed browse.yaml
var tourFile []byte

// invitation is what the terminal shows of a demo with a page.
const invitation = `Verbale runs in this process: a mailbox, a Slack workspace and a store in memory. Open

  %s

Ctrl-C ends it, and all it holds is gone.
`

// Browse runs the demo with its page, prints the page's address and stays until ctx
// ends. Of the options it uses Out and Log: the page has a clock of its own.
func Browse(ctx context.Context, o Options) error {
	return browse(ctx, o, func(p *page.Page) { fmt.Fprintf(o.Out, invitation, p.URL()) })
}

// browse calls opened with the page once the service watches the mailbox and is connected
// to Slack.
func browse(ctx context.Context, o Options, opened func(*page.Page)) (err error) {
	clock := &page.Clock{}
	o.Now = clock.Now
	d, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	letters, err := tourOf(o.Now())
	if err != nil {
		return err
	}
	p, err := page.Listen(page.Options{
		Store: d.server.Store(), Slack: d.stage.slack, Channel: deskChannel, Faces: faces(d.stage.cast), Post: d.stage.post, Desk: deskAddress,
		Clock: clock, Tour: letters, Log: o.Log,
	})
	if err != nil {
		return err
	}
	d.server.Observe = p.Arrived
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return d.server.Run(ctx) })
	group.Go(func() error { return p.Run(ctx) })
	group.Go(func() error {
		if err := d.awaitWatcher(ctx); err != nil {
			return err
		}
		opened(p)
		return nil
	})
	if err := group.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// faces are the people as whom a visitor of the page can use the workspace.
func faces(cast []Member) (list []page.Face) {
	for _, m := range cast {
		list = append(list, page.Face{ID: m.ID, Name: m.Name, What: m.What})
	}
	return list
}

// tourOf returns the sample letters, each with a title that tells what it shows.
func tourOf(now time.Time) (list []page.Letter, err error) {
	var titles map[string]string
	if err := yaml.UnmarshalWithOptions(tourFile, &titles, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read the titles of the sample letters: %w", err)
	}
	letters, err := Letters(now, phrases.Default())
	if err != nil {
		return nil, err
	}
	for _, l := range letters {
		title, told := titles[l.Name]
		if !told {
			return nil, fmt.Errorf("browse.yaml has no title for the sample letter %s", l.Name)
		}
		list = append(list, l.shown(title))
	}
	return list, nil
}

// shown is the letter as the page shows it.
func (l Letter) shown(title string) page.Letter {
	shown := page.Letter{Language: l.Language, Title: title, From: l.From, Subject: l.Subject, Body: l.Body, Mail: l.posted}
	if l.Attachment != nil {
		shown.Document = l.Attachment.Filename
	}
	return shown
}

// posted composes the mail of a letter and returns it with the sender of its envelope.
func (l Letter) posted(now time.Time) (raw []byte, envelope string, err error) {
	from, err := mail.ParseAddress(l.From)
	if err != nil {
		return nil, "", fmt.Errorf("sender of %s: %w", l.Name, err)
	}
	if l.Bounce == nil { // a bounce has the null return path (RFC 5321, section 4.5.5)
		envelope = from.Address
	}
	raw, err = l.Mail(deskAddress, now)
	return raw, envelope, err
}
