package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/internal/app"
	"verbale/internal/mailtest"
)

// A serving is a desk run as by "verbale serve".
type serving struct {
	*desk
	address string // of its HTTP pages
	token   string // required by the pages; "" if none
	reload  chan os.Signal
	stop    func() // stops it and waits; may be called more than once
}

// freePort returns an unused local address.
func freePort(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// serveWhole serves the desk with its pages and waits until it is ready. The lines are added to
// the configuration.
func (k *desk) serveWhole(lines string) *serving {
	k.t.Helper()
	return k.serveOn("127.0.0.1", "", lines)
}

// serveOn serves the desk with its pages on a host. The pages require the token unless it is "".
func (k *desk) serveOn(host, token, lines string) *serving {
	k.t.Helper()
	s := &serving{desk: k, address: freePort(k.t), token: token, reload: make(chan os.Signal)}
	_, port, _ := strings.Cut(s.address, ":")
	file := ""
	if token != "" {
		file = filepath.Join(k.folder, "page_token")
		k.write(file, token)
		file = ", token_file: " + file
	}
	k.slack = fmt.Sprintf("http: {listen: %q%s}\n%s", host+":"+port, file, lines)
	k.configure()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- app.Serve(ctx, app.ServeOptions{Config: k.file, Version: "v1.2.3", Reload: s.reload, Timing: &k.timing, Log: k.log()})
	}()
	s.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			k.t.Errorf("the service ended with %v", err)
		}
	})
	k.t.Cleanup(s.stop)
	k.await("readiness", func() bool { status, _ := s.get("/readyz"); return status == http.StatusOK })
	return s
}

// get requests a page. The status is 0 if there is no answer.
func (s *serving) get(path string) (status int, page string) {
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, "http://"+s.address+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(body)
}

// shows waits until the metrics contain a line.
func (s *serving) shows(line string) {
	s.t.Helper()
	s.await(line, func() bool {
		_, page := s.get("/metrics")
		return strings.Contains(page, "\n"+line+"\n")
	})
}

func TestFiguresOfAHouseAtWork(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serveWhole("")
	k.deliver(request(1), request(2), request(1))
	for _, line := range []string{
		`verbale_arrivals_total{kind="request",outcome="recorded"} 2`,
		`verbale_arrivals_total{kind="request",outcome="repeat"} 1`,
		`verbale_actions_total{kind="acknowledge",result="done"} 2`,
		`verbale_outbox_depth{mouth="mail"} 0`,
		`verbale_oldest_unprocessed_mail_seconds 0`,
		`verbale_parked_actions 0`,
		`verbale_reading_seconds_count 3`,
		`verbale_errors_total{part="smtp"} 0`,
	} {
		s.shows(line)
	}
	_, page := s.get("/metrics")
	if !strings.Contains(page, `version="v1.2.3"`) || !regexp.MustCompile(`verbale_commit_seconds_count{result="done"} [3-9]`).MatchString(page) {
		t.Error(page)
	}
	for _, told := range []string{"@", "TC-20", "INBOX", "ministry", "popescu"} {
		if strings.Contains(page, told) {
			t.Errorf("the figures tell of %q", told)
		}
	}
	if status, page := s.get("/healthz"); status != http.StatusOK || page != "ok\n" {
		t.Errorf("%d %s", status, page)
	}
}

func TestSideThatFailsIsCounted(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serveWhole("")
	k.smtp.Stop()
	k.deliver(request(1))
	s.await("a failure of the mail server", func() bool {
		_, page := s.get("/metrics")
		return regexp.MustCompile(`verbale_errors_total{part="smtp"} [1-9]`).MatchString(page) &&
			!strings.Contains(page, `verbale_outbox_depth{mouth="mail"} 0`)
	})
	if err := k.smtp.Start(); err != nil {
		t.Fatal(err)
	}
	s.shows(`verbale_actions_total{kind="acknowledge",result="done"} 1`)
}

func TestNotReadyWhileTheMailboxIsAway(t *testing.T) {
	t.Parallel()
	d := mailtest.RunDovecot(t)
	k := deskAt(t, d)
	k.timing.FolderPoll = 200 * time.Millisecond
	s := k.serveWhole("")
	d.Kill()
	var said struct {
		Ready      bool
		Conditions []struct {
			Name, Reason string
			Ready        bool
		}
	}
	s.await("unreadiness", func() bool {
		status, page := s.get("/readyz")
		return status == http.StatusServiceUnavailable && json.Unmarshal([]byte(page), &said) == nil
	})
	for _, c := range said.Conditions {
		if c.Ready != (c.Name == "store") || c.Ready != (c.Reason == "") {
			t.Errorf("%+v", c)
		}
	}
	if status, _ := s.get("/healthz"); status != http.StatusOK {
		t.Errorf("the process lives, and health says %d", status)
	}
	if err := d.Restart(); err != nil {
		t.Fatal(err)
	}
	s.await("readiness again", func() bool { status, _ := s.get("/readyz"); return status == http.StatusOK })
}

// requestIDs returns the request IDs of the log lines with a message.
func (k *desk) requestIDs(message string) (ids []string) {
	line := regexp.MustCompile(`msg="` + message + `".* request=(\S+)`)
	for _, m := range line.FindAllStringSubmatch(k.logs.String(), -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func TestWhatAMailCallsForIsLoggedUnderItsRequest(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	k.deliver(request(1), request(2))
	s.settled(2)
	var handled []string
	k.await("both mails in the log", func() bool { handled = k.requestIDs("mail handled"); return len(handled) >= 2 })
	if len(handled) != 2 || handled[0] == handled[1] {
		t.Fatalf("the mails were handled as %v", handled)
	}
	for _, id := range handled {
		k.await("its acknowledgement and its assignment in the log of "+id, func() bool {
			return len(slices.DeleteFunc(k.requestIDs("action done"), func(of string) bool { return of != id })) >= 2
		})
	}
}

func TestCanaryTravelsTheWholePath(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serveWhole("canary: {every: 24h}\n")
	s.await("the letter", func() bool { return len(k.smtp.Received()) == 1 })
	letter := k.smtp.Received()[0]
	if letter.To[0] != deskAddress {
		t.Fatalf("the letter went to %v", letter.To)
	}
	k.deliver(letter.Raw)
	s.await("its arrival", func() bool {
		_, page := s.get("/metrics")
		return strings.Contains(page, "\nverbale_canary_arrived_timestamp_seconds ") && strings.Contains(page, "\nverbale_canary_late 0\n")
	})
	k.await("the arrival in the log", func() bool { return len(k.requestIDs("the canary letter arrived")) > 0 })
	if handled, arrived := k.requestIDs("mail handled"), k.requestIDs("the canary letter arrived"); len(arrived) != 1 || len(handled) != 1 || handled[0] != arrived[0] {
		t.Errorf("handled as %v, arrived as %v", handled, arrived)
	}
	if balance := k.audit(); !strings.Contains(balance, "1 on the server = 0 recorded + 0 joined + 1 set aside") {
		t.Error(balance)
	}
	if n := len(k.smtp.Received()); n != 1 {
		t.Errorf("%d mails went out", n)
	}
}

// forward advances the clock as soon as no mail is being sent.
func (s *serving) forward(d time.Duration) {
	s.t.Helper()
	s.shows("verbale_outbox_in_hand 0")
	s.clock.ahead.Add(int64(d))
}

func TestCanaryThatDoesNotArriveRaisesTheAlarm(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	k.timing.Canary = 50 * time.Millisecond
	s := k.serveWhole("canary: {every: 24h}\n")
	s.await("the letter", func() bool { return len(k.smtp.Received()) == 1 })
	s.forward(61 * time.Minute)
	s.shows("verbale_canary_late 1")
	s.await("the alarm", func() bool { return strings.Contains(k.logs.String(), "the canary letter has not arrived") })
	s.await("unreadiness", func() bool {
		status, page := s.get("/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(page, "check outgoing and incoming mail")
	})
	k.deliver(k.smtp.Received()[0].Raw)
	s.shows("verbale_canary_late 0")
	s.forward(23 * time.Hour)
	s.await("the next letter", func() bool { return len(k.smtp.Received()) == 2 })
	if n := strings.Count(k.logs.String(), "the canary letter has not arrived"); n != 1 {
		t.Errorf("%d alarms", n)
	}
}

func TestClickIsFoundAgainInTheLog(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	told := runningStory{story: stories[0], slackOffice: o, ref: reference(1), service: o.serve()}
	told.arrives()
	told.isCorrectedAndAssigned()
	told.isAccepted()
	carriedOut := 0
	for line := range strings.Lines(o.logs.String()) {
		if !strings.Contains(line, `msg="order carried out"`) {
			continue
		}
		carriedOut++
		if !strings.Contains(line, " request=") {
			t.Errorf("an order was carried out of no request: %s", line)
		}
	}
	if carriedOut == 0 {
		t.Error("no order was carried out")
	}
}
