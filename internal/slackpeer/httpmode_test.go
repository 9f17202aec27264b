package slackpeer_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"verbale/internal/slackpeer"
)

// An httpApp is an app with request URLs. It checks every signature and answers with the function
// of the test.
type httpApp struct {
	t      *testing.T
	clock  func() time.Time
	answer func(path string, w http.ResponseWriter)

	mu  sync.Mutex
	got []string // path, retry number and reason
}

func (a *httpApp) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		a.t.Error(err)
	}
	at := r.Header.Get("X-Slack-Request-Timestamp")
	if r.Header.Get("X-Slack-Signature") != slackpeer.Sign(slackpeer.SigningSecret, at, body) {
		a.t.Errorf("%s is not signed", r.URL.Path)
	}
	if want := strconv.FormatInt(a.clock().Unix(), 10); at != want {
		a.t.Errorf("%s was sent at %s, want %s", r.URL.Path, at, want)
	}
	a.mu.Lock()
	a.got = append(a.got, strings.TrimSpace(strings.Join([]string{
		r.URL.Path, r.Header.Get("X-Slack-Retry-Num"), r.Header.Get("X-Slack-Retry-Reason"),
	}, " ")))
	a.mu.Unlock()
	var event struct{ Challenge string }
	if json.Unmarshal(body, &event) == nil && event.Challenge != "" {
		_, _ = io.WriteString(w, event.Challenge)
		return
	}
	a.answer(r.URL.Path, w)
}

func TestEverythingGoesByHTTPToo(t *testing.T) {
	clock := newClock()
	peer := start(t, slackpeer.Options{Now: clock.Now, RetryPauses: []time.Duration{0, 0}})
	failed := false
	app := &httpApp{t: t, clock: clock.Now, answer: func(path string, w http.ResponseWriter) {
		switch {
		case path == "/commands":
			_, _ = io.WriteString(w, "Nothing is open")
		case path == "/events" && !failed:
			failed = true
			w.WriteHeader(http.StatusInternalServerError)
		}
	}}
	server := httptest.NewServer(app)
	defer server.Close()
	peer.DeliverTo(slackpeer.Endpoints{
		Events: server.URL + "/events", Commands: server.URL + "/commands", Interactions: server.URL + "/interactions",
	})
	if err := peer.Verify(); err != nil {
		t.Error(err)
	}
	person := peer.Person(alice)
	seen, err := person.Command(desk, "/tc list")
	if err != nil || len(seen.Messages) != 1 || seen.Messages[0].Text != "Nothing is open" {
		t.Errorf("the command gave %+v, %v", seen, err)
	}
	if seen, err := person.Shortcut("new"); err != nil || !seen.Acked {
		t.Errorf("the shortcut gave %+v, %v", seen, err)
	}
	if seen, err := person.Post(desk, "hello"); err != nil || seen.Acked {
		t.Errorf("posting gave %+v, %v", seen, err)
	}
	if err := peer.Settle(within(t)); err != nil {
		t.Fatal(err)
	}
	want := []string{"/events", "/commands", "/interactions", "/events", "/events 1 http_error"}
	if !slices.Equal(app.got, want) {
		t.Errorf("the app got %q, want %q", app.got, want)
	}
}

func TestTheSignatureIsTheOneTheClientChecks(t *testing.T) {
	now := strconv.FormatInt(time.Now().Unix(), 10)
	body := []byte("token=peer&command=%2Ftc")
	header := http.Header{
		"X-Slack-Request-Timestamp": {now}, "X-Slack-Signature": {slackpeer.Sign(slackpeer.SigningSecret, now, body)},
	}
	verifier, err := slack.NewSecretsVerifier(header, slackpeer.SigningSecret)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = verifier.Write(body) // writing to a hash never fails
	if err := verifier.Ensure(); err != nil {
		t.Error(err)
	}
}

func TestAnAppThatIsNotThereIsNotVerified(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	if err := peer.Verify(); err == nil {
		t.Error("an app without request URLs was verified")
	}
}
