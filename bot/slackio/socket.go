package slackio

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/errgroup"

	"verbale/internal/wait"
)

// ackWithin is how long an acknowledgement is worth sending
// (docs.slack.dev/apis/events-api/using-socket-mode).
const ackWithin = 3 * time.Second

// reopenAfter is the pause before a line is opened that could not be kept.
const reopenAfter = 5 * time.Second

// Run hears Socket Mode until ctx ends, then waits for what is in hand. It keeps
// several lines: Slack brings each envelope over one of them, and renews them one by
// one. It fails only where a token is refused.
func (e *Ear) Run(ctx context.Context) error {
	defer e.pool.wait()
	lines, ctx := errgroup.WithContext(ctx)
	for range e.Lines {
		lines.Go(func() error { return e.keepLine(ctx) })
	}
	return lines.Wait()
}

// keepLine keeps one line open. The client renews it by itself when Slack asks, or
// when it breaks; what it gives up on is begun anew, but for a token that is refused.
func (e *Ear) keepLine(ctx context.Context) error {
	for {
		line := socketmode.New(e.Workspace.api, socketmode.OptionLog(silent()))
		ended := make(chan error, 1)
		go func() { ended <- line.RunContext(ctx) }()
		err := aboutAppToken(judged("hear Slack over Socket Mode", e.hear(ctx, line, ended)))
		if ctx.Err() != nil {
			return nil
		}
		if _, refused := err.(*Error); refused {
			return err
		}
		e.broken("line to Slack ended and is opened again", "error", err)
		if wait.For(ctx, reopenAfter) != nil {
			return nil
		}
	}
}

// hear takes what a line brings until it ends, at once: the client reads nothing
// more while its channel is full.
func (e *Ear) hear(ctx context.Context, line *socketmode.Client, ended <-chan error) error {
	for {
		select {
		case ev := <-line.Events:
			if failure, down := ev.Data.(*slack.ConnectionErrorEvent); down && ctx.Err() == nil {
				e.broken("no line to Slack", "attempt", failure.Attempt, "error", judged("open a line to Slack", failure.ErrorObj))
			}
			e.heard(line, ev)
		case err := <-ended:
			return err
		}
	}
}

func (e *Ear) heard(line *socketmode.Client, ev socketmode.Event) {
	switch content := ev.Data.(type) {
	case slackevents.EventsAPIEvent:
		e.take(e.opened(line, ev.Request, envelope{event: &content}))
	case slack.SlashCommand:
		e.take(e.opened(line, ev.Request, envelope{command: &content}))
	case slack.InteractionCallback:
		e.take(e.opened(line, ev.Request, envelope{interaction: &content}))
	case *socketmode.ErrorBadMessage:
		e.unread(line, content)
	}
}

// opened makes an envelope of a request: it is acknowledged over the line on which
// it came.
func (e *Ear) opened(line *socketmode.Client, r *socketmode.Request, env envelope) envelope {
	env.request = r.EnvelopeID
	env.reply = &reply{send: func(payload any) { e.acknowledge(line, r.EnvelopeID, payload) }}
	return env
}

func (e *Ear) acknowledge(line *socketmode.Client, id string, payload any) {
	ctx, cancel := context.WithTimeout(context.Background(), ackWithin)
	defer cancel()
	if err := line.AckCtx(ctx, id, payload); err != nil {
		e.broken("an envelope could not be acknowledged", "request", id, "error", err)
	}
}

// broken logs that a line failed, and counts it.
func (e *Ear) broken(what string, details ...any) {
	e.Log.Warn(what, details...)
	e.Broken()
}

// unread acknowledges what the client cannot read, which is of a kind that we have
// not asked for: Slack would bring it again and again.
func (e *Ear) unread(line *socketmode.Client, bad *socketmode.ErrorBadMessage) {
	var r struct {
		ID   string `json:"envelope_id"`
		Type string `json:"type"`
	}
	if json.Unmarshal(bad.Message, &r) != nil || r.ID == "" {
		e.Log.Warn("a message of Slack's could not be read")
		return
	}
	e.Log.Warn("an envelope could not be read", "request", r.ID, "type", fmt.Sprintf("%.40q", r.Type))
	e.acknowledge(line, r.ID, nil)
}
