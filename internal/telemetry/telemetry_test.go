package telemetry

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/secret"
)

var now = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// busy returns metrics after events of every kind.
func busy(t *testing.T) *Metrics {
	t.Helper()
	m := New()
	m.Built("v1.2.3")
	m.Arrived(intake.KindRequest, bot.Committed{Outcome: bot.ArrivalRecorded})
	m.Arrived(intake.KindRequest, bot.Committed{Outcome: bot.ArrivalRecorded, Seen: true})
	m.Arrived(intake.KindRequest, bot.Committed{Outcome: bot.ArrivalRecorded, Seen: true, Again: true})
	m.Arrived(intake.KindBounce, bot.Committed{Outcome: bot.ArrivalSetAside})
	m.Read(3 * time.Millisecond)
	m.WakeHandled(nil)
	m.WakeHandled(errors.New("no answer"))
	m.Reloaded(errors.New("wrong"))
	p := m.Performer(performer{}, PartSMTP)
	for _, kind := range []bot.ActionKind{"works", "fails", "is nothing"} {
		_, _ = p.Perform(t.Context(), bot.Action{Kind: kind})
	}
	_, _ = m.Store(&store{}).Commit(t.Context(), bot.Change{})
	_, _ = m.Store(&store{err: bot.ErrStale}).Commit(t.Context(), bot.Change{})
	_, _ = m.Store(&store{err: errors.New("no answer")}).Commit(t.Context(), bot.Change{})
	m.Watch(func() time.Time { return now }, func(context.Context) (Backlog, error) {
		return Backlog{
			Outbox: map[bot.Mouth]bot.Queued{bot.MouthMail: {Count: 3, Oldest: now.Add(-time.Minute)}, bot.MouthSlack: {Count: 1, Oldest: now.Add(time.Hour)}},
			Lined:  2, InHand: 1, Parked: 4, Wakes: bot.Queued{Count: 5, Oldest: now.Add(-time.Second)},
			Mail: now.Add(-90 * time.Second), Looked: now.Add(-5 * time.Second),
			Canary: Canary{Sent: now.Add(-2 * time.Hour), Late: true},
		}, nil
	})
	return m
}

type performer struct{}

func (performer) Perform(_ context.Context, a bot.Action) (string, error) {
	switch a.Kind {
	case "fails":
		return "", errors.New("no answer")
	case "is nothing":
		return "", bot.NothingToDo{Reason: "nobody asks any more"}
	}
	return "sent", nil
}

type store struct {
	bot.Store
	err error
}

func (s *store) Commit(context.Context, bot.Change) (bot.Committed, error) {
	return bot.Committed{}, s.err
}

func ask(t *testing.T, h http.Handler, path, authorization string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Authorization", authorization)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestFigures(t *testing.T) {
	page := ask(t, Pages{Metrics: busy(t)}.Handler(), "/metrics", "").Body.String()
	for _, want := range []string{
		`verbale_arrivals_total{kind="request",outcome="recorded"} 1`,
		`verbale_arrivals_total{kind="request",outcome="repeat"} 1`,
		`verbale_arrivals_total{kind="request",outcome="again"} 1`,
		`verbale_arrivals_total{kind="bounce",outcome="set_aside"} 1`,
		`verbale_reading_seconds_count 1`,
		`verbale_bells_total{result="done"} 1`,
		`verbale_bells_total{result="failed"} 1`,
		`verbale_reloads_total{result="failed"} 1`,
		`verbale_reload_successful 0`,
		`verbale_actions_total{kind="works",result="done"} 1`,
		`verbale_actions_total{kind="fails",result="failed"} 1`,
		`verbale_actions_total{kind="is nothing",result="skipped"} 1`,
		`verbale_errors_total{part="smtp"} 1`,
		`verbale_errors_total{part="store"} 1`,
		`verbale_errors_total{part="imap"} 0`,
		`verbale_commit_seconds_count{result="done"} 2`,
		`verbale_commit_seconds_count{result="failed"} 1`,
		`verbale_outbox_depth{mouth="mail"} 3`,
		`verbale_outbox_oldest_seconds{mouth="mail"} 60`,
		`verbale_outbox_oldest_seconds{mouth="slack"} 0`,
		`verbale_outbox_lined 2`,
		`verbale_outbox_in_hand 1`,
		`verbale_parked_actions 4`,
		`verbale_reminders_due 5`,
		`verbale_reminders_late_seconds 1`,
		`verbale_oldest_unprocessed_mail_seconds 90`,
		`verbale_folder_looked_seconds 5`,
		`verbale_canary_late 1`,
		`verbale_canary_sent_timestamp_seconds`,
		`version="v1.2.3"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("not told: %s", want)
		}
	}
	if strings.Contains(page, "verbale_canary_arrived") {
		t.Error("a letter is told to have arrived that never did")
	}
}

func TestFiguresAreNamedAsPrometheusWants(t *testing.T) {
	problems, err := testutil.GatherAndLint(busy(t).registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestStoreThatDoesNotAnswerLeavesTheOtherFigures(t *testing.T) {
	m := New()
	m.Watch(time.Now, func(context.Context) (Backlog, error) { return Backlog{}, errors.New("no answer") })
	pages := Pages{Metrics: m}.Handler()
	ask(t, pages, "/metrics", "")
	page := ask(t, pages, "/metrics", "").Body.String()
	if strings.Contains(page, "verbale_parked_actions") || !regexp.MustCompile(`verbale_errors_total{part="store"} [12]`).MatchString(page) {
		t.Error(page)
	}
}

func TestReadiness(t *testing.T) {
	for name, c := range map[string]struct {
		conditions []Condition
		status     int
	}{
		"all is well":   {[]Condition{{Name: "store", Ready: true}, {Name: "folder", Ready: true}}, http.StatusOK},
		"one is not":    {[]Condition{{Name: "store", Ready: true}, {Name: "folder", Reason: "not looked at"}}, http.StatusServiceUnavailable},
		"nothing known": {nil, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			pages := Pages{Metrics: New(), Ready: func(context.Context) []Condition { return c.conditions }}
			w := ask(t, pages.Handler(), "/readyz", "")
			var said struct {
				Ready      bool
				Conditions []Condition
			}
			if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code != c.status || said.Ready != (c.status == http.StatusOK) || len(said.Conditions) != len(c.conditions) {
				t.Errorf("%d %s %v", w.Code, w.Body, err)
			}
		})
	}
}

func TestPagesAskForTheToken(t *testing.T) {
	pages := Pages{Metrics: New(), Token: secret.New("open-sesame"), Ready: func(context.Context) []Condition { return nil }}.Handler()
	for authorization, want := range map[string]int{
		"": http.StatusUnauthorized, "Bearer open": http.StatusUnauthorized, "open-sesame": http.StatusUnauthorized, "Bearer open-sesame": http.StatusOK,
	} {
		for _, path := range []string{"/metrics", "/healthz", "/readyz"} {
			if got := ask(t, pages, path, authorization).Code; got != want {
				t.Errorf("%s with %q: %d, want %d", path, authorization, got, want)
			}
		}
	}
}

func TestLogLinesNameTheirRequest(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(Logs(slog.NewTextHandler(&out, nil))).With("part", "test").WithGroup("of")
	ctx := bot.WithRequest(t.Context(), RequestID("tc@desk.example/INBOX/7/1"))
	log.InfoContext(ctx, "read")
	log.InfoContext(bot.WithRequest(t.Context(), RequestID("tc@desk.example/INBOX/7/1")), "read again")
	log.InfoContext(bot.WithRequest(t.Context(), RequestID("tc@desk.example/INBOX/7/2")), "another")
	log.Info("of none")
	ids := regexp.MustCompile(`request=([0-9a-f]{12})`).FindAllStringSubmatch(out.String(), -1)
	if len(ids) != 3 || ids[0][1] != ids[1][1] || ids[0][1] == ids[2][1] || strings.Contains(out.String(), "@") {
		t.Errorf("%s", &out)
	}
}
