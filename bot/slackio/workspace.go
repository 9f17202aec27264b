package slackio

import (
	"context"
	"log"
	"log/slog"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"verbale/internal/secret"
)

// callWithin is how long one call of the Web API may take.
const callWithin = 30 * time.Second

// Access holds what is needed to connect to a workspace.
type Access struct {
	BotToken secret.Value // xoxb-…
	AppToken secret.Value // xapp-…, only for Socket Mode
	APIURL   string       // ends with a slash; "" for Slack's default
	Log      *slog.Logger // nil to disable logging
}

// A Workspace is the client of Slack's Web API shared by Ear and Mouth.
type Workspace struct {
	api  *slack.Client
	http *http.Client
	log  *slog.Logger
}

// NewWorkspace makes the client; it makes no calls yet.
func NewWorkspace(a Access) *Workspace {
	w := &Workspace{http: &http.Client{Timeout: callWithin}, log: a.Log}
	if w.log == nil {
		w.log = slog.New(slog.DiscardHandler)
	}
	options := []slack.Option{
		slack.OptionAppLevelToken(a.AppToken.Reveal()), slack.OptionHTTPClient(w.http), slack.OptionLog(silent()),
	}
	if a.APIURL != "" {
		options = append(options, slack.OptionAPIURL(a.APIURL))
	}
	w.api = slack.New(a.BotToken.Reveal(), options...)
	return w
}

// silent keeps the client library from logging, since its log could contain message text.
func silent() *log.Logger { return slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug) }

// An Identity is how Slack identifies the app.
type Identity struct {
	Team string // id of the workspace
	User string // ID of the app's user
	Bot  string // ID of the app as author of messages
}

// Identity asks Slack for the identity of the app.
func (w *Workspace) Identity(ctx context.Context) (Identity, error) {
	r, err := w.api.AuthTestContext(ctx)
	if err != nil {
		return Identity{}, judged("ask Slack who the app is", err)
	}
	return Identity{Team: r.TeamID, User: r.UserID, Bot: r.BotID}, nil
}
