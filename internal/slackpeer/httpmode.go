package slackpeer

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// Endpoints are the request URLs of an app without Socket Mode.
type Endpoints struct {
	Events       string
	Commands     string
	Interactions string
}

// DeliverTo brings everything to the app by HTTP from now on, signed with
// SigningSecret, instead of over Socket Mode.
func (p *Peer) DeliverTo(e Endpoints) { p.locked(func() { p.post = &e }) }

// Verify does what Slack does when a request URL for events is entered: it sends a
// challenge that the app must give back (docs.slack.dev/reference/events/url_verification).
func (p *Peer) Verify() error {
	var to Endpoints
	p.locked(func() {
		if p.post != nil {
			to = *p.post
		}
	})
	payload := encode(map[string]any{"type": "url_verification", "token": "peer", "challenge": "peer-challenge"})
	answer, missed := p.sendByHTTP(to, envelope{kind: "events_api", payload: payload})
	var given struct{ Challenge string }
	if missed == "" && (plain(answer) == "peer-challenge" || json.Unmarshal(answer, &given) == nil && given.Challenge == "peer-challenge") {
		return nil
	}
	return fmt.Errorf("verify the request URL: the challenge did not come back (%q, %s)", answer, missed)
}

// sendByHTTP posts an envelope, and takes the body of a 200 for the acknowledgement
// (docs.slack.dev/apis/events-api/using-http-request-urls).
func (p *Peer) sendByHTTP(to Endpoints, e envelope) (ack json.RawMessage, missed string) {
	ctx, cancel := context.WithTimeout(p.ctx, p.ackWithin())
	defer cancel()
	req, err := p.signed(ctx, to, e)
	if err != nil {
		return nil, "connection_failed"
	}
	resp, err := http.DefaultClient.Do(req)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, "http_timeout"
	}
	if err != nil {
		return nil, "connection_failed"
	}
	defer func() { _ = resp.Body.Close() }() // read to its end, or given up
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	switch {
	case err != nil:
		return nil, "http_timeout"
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return nil, "http_error"
	case len(body) > 0 && !json.Valid(body):
		return encode(string(body)), "" // a command may be answered in plain text
	}
	return body, ""
}

// signed is the request of an envelope, with its signature
// (docs.slack.dev/authentication/verifying-requests-from-slack).
func (p *Peer) signed(ctx context.Context, to Endpoints, e envelope) (*http.Request, error) {
	address, kind, body := to.of(e)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("build the request to %s: %w", address, err)
	}
	at := strconv.FormatInt(p.opt.Now().Unix(), 10)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("X-Slack-Request-Timestamp", at)
	req.Header.Set("X-Slack-Signature", Sign(SigningSecret, at, body))
	if e.attempt > 0 {
		req.Header.Set("X-Slack-Retry-Num", itoa(e.attempt))
		req.Header.Set("X-Slack-Retry-Reason", e.reason)
	}
	return req, nil
}

// of gives the URL, the content type and the body of an envelope: JSON for events,
// a form with a payload for interactions, a form for commands.
func (to Endpoints) of(e envelope) (address, kind string, body []byte) {
	const form = "application/x-www-form-urlencoded"
	switch e.kind {
	case "events_api":
		return to.Events, "application/json", e.payload
	case "interactive":
		return to.Interactions, form, []byte(url.Values{"payload": {string(e.payload)}}.Encode())
	}
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(e.payload, &fields) // our own
	values := url.Values{}
	for k, v := range fields {
		values.Set(k, plain(v))
	}
	return to.Commands, form, []byte(values.Encode())
}

// Sign is the signature of a request: HMAC-SHA256 over version, time in seconds and
// body (docs.slack.dev/authentication/verifying-requests-from-slack).
func Sign(secret, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte("v0:" + at + ":")) // a hash takes everything
	_, _ = mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}
