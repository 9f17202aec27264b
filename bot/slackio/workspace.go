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

// Access is what opens a workspace.
type Access struct {
	BotToken secret.Value // xoxb-…
	AppToken secret.Value // xapp-…, for Socket Mode alone
	APIURL   string       // ends with a slash; "" for Slack's own
	Log      *slog.Logger // nil for none
}

// A Workspace is the line to Slack's Web API that ear and mouth share.
type Workspace struct {
	api  *slack.Client
	http *http.Client
	log  *slog.Logger
}

// NewWorkspace makes the line; it calls nothing yet.
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

// silent keeps the client library from logging: what it would log may hold words.
func silent() *log.Logger { return slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug) }

// An Identity is as whom the app is known.
type Identity struct {
	Team string // id of the workspace
	User string // id of the app's user
	Bot  string // id of the app as author
}

// Identity asks Slack as whom the app is known.
func (w *Workspace) Identity(ctx context.Context) (Identity, error) {
	r, err := w.api.AuthTestContext(ctx)
	if err != nil {
		return Identity{}, judged("ask Slack who the app is", err)
	}
	return Identity{Team: r.TeamID, User: r.UserID, Bot: r.BotID}, nil
}
