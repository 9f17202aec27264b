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

// reopenAfter is the pause before a failed connection is opened again.
const reopenAfter = 5 * time.Second

// Run receives over Socket Mode until ctx ends, then waits for jobs in progress. It keeps
// several connections: Slack sends each envelope over one of them, and renews them one by one.
// It returns an error only if a token is refused.
func (e *Ear) Run(ctx context.Context) error {
	defer e.pool.wait()
	lines, ctx := errgroup.WithContext(ctx)
	for range e.Lines {
		lines.Go(func() error { return e.keepLine(ctx) })
	}
	return lines.Wait()
}

// keepLine keeps one connection open. The client renews it by itself when Slack asks for it or
// when it breaks. When the client gives up, a new one is started, unless a token was refused.
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

// hear dispatches what a connection receives until it ends. It must not block: the client
// stops reading while its channel is full.
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
		e.dispatch(e.opened(line, ev.Request, envelope{event: &content}))
	case slack.SlashCommand:
		e.dispatch(e.opened(line, ev.Request, envelope{command: &content}))
	case slack.InteractionCallback:
		e.dispatch(e.opened(line, ev.Request, envelope{interaction: &content}))
	case *socketmode.ErrorBadMessage:
		e.unread(line, content)
	}
}

// opened makes an envelope of a request, to be acknowledged over the connection on which it
// arrived.
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

// broken logs and counts a connection failure.
func (e *Ear) broken(what string, details ...any) {
	e.Log.Warn(what, details...)
	e.Broken()
}

// unread acknowledges an envelope that the client cannot parse, which is of a kind we did not
// subscribe to: otherwise Slack would deliver it again and again.
func (e *Ear) unread(line *socketmode.Client, bad *socketmode.ErrorBadMessage) {
	var r struct {
		ID   string `json:"envelope_id"`
		Type string `json:"type"`
	}
	if json.Unmarshal(bad.Message, &r) != nil || r.ID == "" {
		e.Log.Warn("a message from Slack could not be parsed")
		return
	}
	e.Log.Warn("an envelope from Slack could not be parsed", "request", r.ID, "type", fmt.Sprintf("%.40q", r.Type))
	e.acknowledge(line, r.ID, nil)
}
