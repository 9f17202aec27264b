package slackpeer_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"verbale/internal/slackpeer"
)

// The workspace of the tests: two people and four channels. The app is a member of desk and attic,
// but not of aside and room. attic is archived, and room is private.
const (
	alice, boris             = "U0000ALICE", "U0000BORIS"
	desk, aside, attic, room = "C0000DESK", "C000ASIDE", "C000ATTIC", "G0000ROOM"
)

// A clock is stopped and can be advanced.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func start(t testing.TB, o slackpeer.Options) *slackpeer.Peer {
	t.Helper()
	if o.Now == nil {
		o.Now = newClock().Now
	}
	peer, err := slackpeer.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(peer.Close)
	peer.AddUser(slackpeer.User{ID: alice, Name: "alice", RealName: "Alice Arnaud", Email: "alice@desk.example"})
	peer.AddUser(slackpeer.User{ID: boris, Name: "boris", RealName: "Boris Brandt", Email: "boris@desk.example", Away: true})
	peer.AddUser(slackpeer.User{ID: "U000GONE", Name: "gone", Email: "gone@desk.example", Deleted: true})
	all := []string{slackpeer.BotUser, alice, boris}
	peer.AddChannel(slackpeer.Channel{ID: desk, Name: "tc-desk", Members: all})
	peer.AddChannel(slackpeer.Channel{ID: aside, Name: "aside", Members: []string{alice}})
	peer.AddChannel(slackpeer.Channel{ID: attic, Name: "attic", Members: all, Archived: true})
	peer.AddChannel(slackpeer.Channel{ID: room, Name: "room", Private: true, Members: []string{boris}})
	peer.AddUserGroup(slackpeer.UserGroup{ID: "S0000TRIAGE", Handle: "triage", Name: "Triage", Users: []string{alice}})
	return peer
}

// client returns the app's Web API client.
func client(peer *slackpeer.Peer) *slack.Client {
	return slack.New(slackpeer.BotToken, slack.OptionAppLevelToken(slackpeer.AppToken), slack.OptionAPIURL(peer.URL()))
}

// patience is the time limit for waiting for a condition.
const patience = 2 * time.Minute

func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// until waits until a condition on the workspace holds.
func until(t testing.TB, peer *slackpeer.Peer, what string, met func() bool) {
	t.Helper()
	if err := peer.Until(within(t), met); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// code returns the Slack error code of a client error.
func code(err error) string {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return refused.Err
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// An app answers requests over Socket Mode with a handler per interaction type, event type or
// command. Without a handler it sends an empty acknowledgement.
type app struct {
	*slack.Client
	on  map[string]func(socketmode.Event) any
	mu  sync.Mutex
	got []socketmode.Event
}

// silence, returned by a handler, means no acknowledgement.
var silence = new(int)

func runApp(t testing.TB, peer *slackpeer.Peer, on map[string]func(socketmode.Event) any) *app {
	t.Helper()
	a := &app{Client: client(peer), on: on}
	lines := peer.Connections()
	a.connect(t)
	until(t, peer, "the app connects", func() bool { return peer.Connections() == lines+1 })
	return a
}

// connect opens a Socket Mode connection and keeps it open until the test ends.
func (a *app) connect(t testing.TB) {
	line := socketmode.New(a.Client)
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() { _ = line.RunContext(ctx) })
	work.Go(func() {
		for {
			select {
			case e := <-line.Events:
				a.handle(line, e)
			case <-ctx.Done():
				return
			}
		}
	})
	t.Cleanup(func() { cancel(); work.Wait() })
}

func (a *app) handle(line *socketmode.Client, e socketmode.Event) {
	if e.Request == nil || e.Request.EnvelopeID == "" {
		return
	}
	a.mu.Lock()
	a.got = append(a.got, e)
	a.mu.Unlock()
	var payload any
	if f := a.on[kindOf(e)]; f != nil {
		payload = f(e)
	}
	if payload == silence {
		return
	}
	if payload == nil {
		_ = line.Ack(*e.Request)
		return
	}
	_ = line.Ack(*e.Request, payload)
}

// received returns the kinds of the requests the app has received.
func (a *app) received() (kinds []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, e := range a.got {
		kinds = append(kinds, kindOf(e))
	}
	return kinds
}

func kindOf(e socketmode.Event) string {
	switch data := e.Data.(type) {
	case slack.InteractionCallback:
		return string(data.Type)
	case slack.SlashCommand:
		return data.Command
	case slackevents.EventsAPIEvent:
		return data.InnerEvent.Type
	}
	return string(e.Type)
}

func interaction(e socketmode.Event) slack.InteractionCallback {
	return e.Data.(slack.InteractionCallback)
}

// bodyOf sends a request and returns the body of the response.
func bodyOf(t *testing.T, req *http.Request) string {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
