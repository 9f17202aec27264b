package slackio_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"verbale/bot/slackio"
	"verbale/internal/slackpeer"
)

func TestSlackIsGivenItsChallengeBack(t *testing.T) {
	h := open(t, slackpeer.Options{}).overHTTP(t)
	if err := h.Verify(); err != nil {
		t.Error(err)
	}
}

func TestWhatSlackHasNotSignedIsRefused(t *testing.T) {
	h := open(t, slackpeer.Options{})
	handler := h.ear().Handler()
	const body = `{"type":"url_verification","challenge":"c"}`
	now := strconv.FormatInt(time.Now().Unix(), 10)
	old := strconv.FormatInt(time.Now().Add(-6*time.Minute).Unix(), 10)
	sign := func(at string) string { return slackpeer.Sign(slackpeer.SigningSecret, at, []byte(body)) }
	for name, c := range map[string]struct {
		body, at, signature string
		status              int
	}{
		"signed":              {body, now, sign(now), http.StatusOK},
		"changed":             {body + " ", now, sign(now), http.StatusUnauthorized},
		"too old":             {body, old, sign(old), http.StatusUnauthorized},
		"another time":        {body, now, sign(old), http.StatusUnauthorized},
		"another secret":      {body, now, slackpeer.Sign("guessed", now, []byte(body)), http.StatusUnauthorized},
		"no signature":        {body, now, "", http.StatusUnauthorized},
		"no time":             {body, "", sign(""), http.StatusUnauthorized},
		"malformed time":      {body, "soon", sign("soon"), http.StatusUnauthorized},
		"malformed signature": {body, now, "v0=zz", http.StatusUnauthorized},
		"too large":           {strings.Repeat(" ", 5<<20), now, sign(now), http.StatusRequestEntityTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, slackio.PathEvents, strings.NewReader(c.body))
			r.Header.Set("X-Slack-Request-Timestamp", c.at)
			r.Header.Set("X-Slack-Signature", c.signature)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("answered %d", w.Code)
			}
		})
	}
}

func TestOnlyThreePathsAreServed(t *testing.T) {
	handler := open(t, slackpeer.Options{}).ear().Handler()
	for method, path := range map[string]string{http.MethodGet: slackio.PathEvents, http.MethodPost: "/slack/other"} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		if w.Code < 400 {
			t.Errorf("%s %s is answered %d", method, path, w.Code)
		}
	}
}

// A signed request that cannot be parsed is acknowledged, since delivering it again would not
// help.
func TestWhatCannotBeReadIsAcknowledged(t *testing.T) {
	handler := open(t, slackpeer.Options{}).ear().Handler()
	for path, body := range map[string]string{
		slackio.PathEvents: `{"type":"event_callback","event":{"type":"unheard_of"}}`, slackio.PathInteractions: "payload=%7B", slackio.PathCommands: "%zz",
	} {
		at := strconv.FormatInt(time.Now().Unix(), 10)
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("X-Slack-Request-Timestamp", at)
		r.Header.Set("X-Slack-Signature", slackpeer.Sign(slackpeer.SigningSecret, at, []byte(body)))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Body.Len() > 0 {
			t.Errorf("%s: answered %d %q", path, w.Code, w.Body)
		}
	}
}
