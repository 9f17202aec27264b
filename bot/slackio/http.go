package slackio

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// Paths of the request URLs, relative to where the handler is served.
const (
	PathEvents       = "/slack/events"
	PathCommands     = "/slack/commands"
	PathInteractions = "/slack/interactions"
)

// maxRequest is the maximum size of a request, in bytes: a view of 250 kB with all its
// characters escaped twice.
const maxRequest = 4 << 20

// Handler serves HTTP at the three paths. A request without a valid signature of Slack from
// the last five minutes is refused
// (docs.slack.dev/authentication/verifying-requests-from-slack).
func (e *Ear) Handler() http.Handler {
	mux := http.NewServeMux()
	for path, read := range map[string]func(body []byte) (envelope, error){
		PathEvents: readEvent, PathCommands: readCommand, PathInteractions: readInteraction,
	} {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) { e.serveEnvelope(w, r, read) })
	}
	return mux
}

func (e *Ear) serveEnvelope(w http.ResponseWriter, r *http.Request, read func([]byte) (envelope, error)) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		http.Error(w, "the request is too large or incomplete", http.StatusRequestEntityTooLarge)
		return
	}
	if err := e.verify(r.Header, body); err != nil {
		e.Log.Warn("a request without a valid signature of Slack was refused", "path", r.URL.Path, "error", err)
		http.Error(w, "the signature is not Slack's", http.StatusUnauthorized)
		return
	}
	env, err := read(body)
	if err != nil { // signed by Slack, so of a kind that we did not subscribe to
		e.Log.Warn("a request from Slack could not be parsed", "path", r.URL.Path)
		return
	}
	if given, ok := challenge(env); ok {
		answer(w, given)
		return
	}
	env.request = requestID(r, body)
	e.waitFor(r.Context(), w, env)
}

// waitFor processes an envelope and responds with its acknowledgement. If there is none in
// time, the error status makes Slack deliver again.
func (e *Ear) waitFor(ctx context.Context, w http.ResponseWriter, env envelope) {
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	given := make(chan any, 1)
	env.reply = &reply{send: func(payload any) { given <- payload }}
	e.dispatch(env)
	select {
	case payload := <-given:
		if payload != nil {
			answer(w, payload)
		}
	case <-ctx.Done():
		http.Error(w, "too much is in hand", http.StatusServiceUnavailable)
	}
}

func answer(w http.ResponseWriter, payload any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(payload) // Slack may have disconnected
}

// verify checks the signature, in constant time, and the timestamp.
func (e *Ear) verify(header http.Header, body []byte) error {
	verifier, err := slack.NewSecretsVerifier(header, e.SigningSecret.Reveal())
	if err != nil {
		return errors.New("signature or time are missing, malformed or too old")
	}
	if _, err := verifier.Write(body); err != nil {
		return err
	}
	return verifier.Ensure()
}

func readEvent(body []byte) (envelope, error) {
	ev, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	return envelope{event: &ev}, err
}

func readCommand(body []byte) (envelope, error) {
	c, err := slack.SlashCommandParse(formRequest(body))
	return envelope{command: &c}, err
}

func readInteraction(body []byte) (envelope, error) {
	i, err := slack.InteractionCallbackParse(formRequest(body))
	return envelope{interaction: &i}, err
}

// formRequest wraps a form body that was already read in a request.
func formRequest(body []byte) *http.Request {
	kind := mime.FormatMediaType("application/x-www-form-urlencoded", nil)
	return &http.Request{
		Method: http.MethodPost, URL: &url.URL{}, Header: http.Header{"Content-Type": {kind}},
		Body: io.NopCloser(bytes.NewReader(body)),
	}
}

// challenge is what Slack expects back when the request URL is configured
// (docs.slack.dev/reference/events/url_verification).
func challenge(env envelope) (map[string]string, bool) {
	if env.event == nil {
		return nil, false
	}
	v, ok := env.event.Data.(*slackevents.EventsAPIURLVerificationEvent)
	if !ok || env.event.Type != string(slackevents.URLVerification) {
		return nil, false
	}
	return map[string]string{"challenge": v.Challenge}, true
}

// requestID identifies a request in the log by its content and retry number.
func requestID(r *http.Request, body []byte) string {
	attempt, _ := strconv.Atoi(r.Header.Get("X-Slack-Retry-Num")) // none on the first attempt
	return orderID("request", string(body))[len("slack:"):][:12] + "." + strconv.Itoa(attempt)
}
