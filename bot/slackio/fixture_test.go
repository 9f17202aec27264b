package slackio_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/bot/slackio"
	"verbale/internal/secret"
	"verbale/internal/slackpeer"
	"verbale/internal/wait"
	"verbale/routing"
)

// The test workspace: Alice of the desk, Boris who holds a post, a stranger without a role, and
// the desk's channel, of which the app is a member.
const (
	alice, boris, stranger = "U0000ALICE", "U0000BORIS", "U000STRANGE"
	deskRoom               = "C0000DESK"
	boss                   = "ra-energy" // the post that Boris holds
)

func directory() *routing.Directory {
	return &routing.Directory{
		Posts: []routing.Post{{ID: boss, Name: routing.Names{"en": "Adviser"}, Slack: boris, Address: "ra@desk.example"}},
		Desk:  routing.Desk{Address: "tc@desk.unece.example", Channel: "#tc-desk", InternalDomains: []string{"desk.example"}},
		Staff: []routing.Staff{{Role: routing.RoleTriage, Groups: []string{"S0000TRIAGE"}}},
	}
}

// A fakeDesk answers with its functions, and records its calls.
type fakeDesk struct {
	mu     sync.Mutex
	orders []string

	press    func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error)
	submit   func(context.Context, desk.Form, desk.Values) (desk.Answer, error)
	change   func(context.Context, desk.Form, desk.Values) (desk.Answer, error)
	options  func(context.Context, string, string) ([]desk.Option, error)
	command  func(context.Context, bot.Colleague, string) (desk.Answer, error)
	shortcut func(string, *desk.Quoted) (desk.Answer, error)
	card     func(reference, room string) (desk.Page, error)
	home     desk.Page // if it has no blocks, "home of" the colleague
}

func (d *fakeDesk) note(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.orders = append(d.orders, id)
}

// asked returns the IDs of the orders so far.
func (d *fakeDesk) asked() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string{}, d.orders...)
}

func (d *fakeDesk) Press(ctx context.Context, by bot.Colleague, id string, p desk.Press) (desk.Answer, error) {
	d.note(id)
	return d.press(ctx, by, p)
}

func (d *fakeDesk) Submit(ctx context.Context, _ bot.Colleague, id string, f desk.Form, v desk.Values) (desk.Answer, error) {
	d.note(id)
	return d.submit(ctx, f, v)
}

func (d *fakeDesk) Change(ctx context.Context, _ bot.Colleague, f desk.Form, v desk.Values) (desk.Answer, error) {
	return d.change(ctx, f, v)
}

func (d *fakeDesk) Options(ctx context.Context, _ bot.Colleague, _ desk.Form, input, typed string) ([]desk.Option, error) {
	return d.options(ctx, input, typed)
}

func (d *fakeDesk) Command(ctx context.Context, by bot.Colleague, id, text string) (desk.Answer, error) {
	d.note(id)
	return d.command(ctx, by, text)
}

func (d *fakeDesk) Home(_ context.Context, by bot.Colleague) (desk.Page, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.home.Blocks) > 0 {
		return d.home, nil
	}
	return said("home of " + by.Name), nil
}

func (d *fakeDesk) Shortcut(_ context.Context, _ bot.Colleague, id, name string, m *desk.Quoted) (desk.Answer, error) {
	d.note(id)
	return d.shortcut(name, m)
}

func (d *fakeDesk) Explain(err error, lang string) string {
	if refused, ok := errors.AsType[*bot.Refusal](err); ok {
		return "explained: " + refused.Phrase
	}
	return "explained: try again later"
}

func (d *fakeDesk) Card(_ context.Context, reference, room string) (desk.Page, error) {
	return d.card(reference, room)
}

func (d *fakeDesk) Summary(_ context.Context, a bot.Action) (desk.Page, error) {
	references := a.Records
	return said(fmt.Sprint(len(references), " requests came in")), nil
}

func (d *fakeDesk) Post(_ context.Context, a bot.Action) (desk.Page, error) {
	return desk.Page{Title: a.Post.Title, Blocks: []desk.Block{desk.Quote{Text: a.Post.Body}}}, nil
}

func said(text string) desk.Page {
	return desk.Page{Blocks: []desk.Block{desk.Paragraph{Text: text}}}
}

// A fixture is a Slack workspace in which the app is installed.
type fixture struct {
	*slackpeer.Peer
	desk      *fakeDesk
	log       *lockedLog
	workspace *slackio.Workspace
	people    *slackio.People
	rooms     *slackio.Rooms
	broken    atomic.Int32 // number of connections that broke
	lines     int          // number of Socket Mode connections of each Ear
	waiting   int          // maximum number of waiting jobs; 0 for the default
	patience  time.Duration
	limit     time.Duration // time limit of one interaction
}

// A lockedLog is a log that can be read while it is written to.
type lockedLog struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *lockedLog) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func open(t testing.TB, o slackpeer.Options) *fixture {
	t.Helper()
	o.Unlimited = true
	o.AckWithin, o.TriggerLife = cmp.Or(o.AckWithin, aWhile), aWhile
	peer, err := slackpeer.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(peer.Close)
	peer.AddUser(slackpeer.User{ID: alice, Name: "alice", RealName: "Alice Arnaud", Email: "Alice@desk.example"})
	peer.AddUser(slackpeer.User{ID: boris, Name: "boris", RealName: "Boris Brandt", Email: "boris@desk.example"})
	peer.AddUser(slackpeer.User{ID: stranger, Name: "bot", RealName: "Some Bot", IsBot: true})
	peer.AddUserGroup(slackpeer.UserGroup{ID: "S0000TRIAGE", Handle: "triage", Users: []string{alice}})
	peer.AddChannel(slackpeer.Channel{ID: deskRoom, Name: "tc-desk", Members: []string{slackpeer.BotUser, alice, boris, stranger}})
	h := &fixture{Peer: peer, desk: &fakeDesk{}, log: &lockedLog{}, lines: 2, patience: aWhile, limit: aWhile}
	h.workspace = slackio.NewWorkspace(slackio.Access{
		BotToken: secret.New(slackpeer.BotToken), AppToken: secret.New(slackpeer.AppToken), APIURL: peer.URL(), Log: h.log.logger(),
	})
	h.people = slackio.NewPeople(h.workspace, directory(), time.Now)
	h.rooms = slackio.NewRooms(h.workspace, h.people, directory(), "#tc-desk", time.Now)
	return h
}

// aWhile is long enough even on a busy machine, so that only tests that call impatient see the
// notice that the desk is slow.
const aWhile = time.Minute

// impatient makes the notice that the desk is slow appear soon.
func impatient(h *fixture) { h.patience = 100 * time.Millisecond }

// ear makes an Ear for the workspace.
func (h *fixture) ear() *slackio.Ear {
	return slackio.NewEar(slackio.EarOptions{
		Workspace: h.workspace, People: h.people, Desk: h.desk, SigningSecret: secret.New(slackpeer.SigningSecret),
		Now: time.Now, Log: h.log.logger(), Patience: h.patience, Within: h.limit, Lines: h.lines, Waiting: h.waiting,
		Broken: func() { h.broken.Add(1) },
	})
}

// overSocket runs an Ear over Socket Mode until the test ends. Each call adds one, as another
// process would.
func (h *fixture) overSocket(t testing.TB) *fixture {
	t.Helper()
	e := h.ear()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	before := h.Connections()
	go func() { ended <- e.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the ear ended with %v", err)
		}
	})
	h.until(t, "the lines are up", func() bool { return h.Connections() == before+h.lines })
	return h
}

// overHTTP runs an Ear over HTTP until the test ends.
func (h *fixture) overHTTP(t testing.TB) *fixture {
	t.Helper()
	e := h.ear()
	server := httptest.NewServer(e.Handler())
	t.Cleanup(func() {
		server.Close()
		e.Wait()
	})
	h.DeliverTo(slackpeer.Endpoints{
		Events: server.URL + slackio.PathEvents, Commands: server.URL + slackio.PathCommands, Interactions: server.URL + slackio.PathInteractions,
	})
	return h
}

// inBothModes runs a test over Socket Mode and over HTTP.
func inBothModes(t *testing.T, test func(t *testing.T, h *fixture), adjust ...func(*fixture)) {
	started := func(t *testing.T) *fixture {
		h := open(t, slackpeer.Options{})
		for _, a := range adjust {
			a(h)
		}
		return h
	}
	t.Run("socket", func(t *testing.T) { test(t, started(t).overSocket(t)) })
	t.Run("http", func(t *testing.T) { test(t, started(t).overHTTP(t)) })
}

func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func (h *fixture) until(t testing.TB, what string, met func() bool) {
	t.Helper()
	if err := wait.Until(within(t), 2*time.Millisecond, func() (bool, error) { return met(), nil }); err != nil {
		t.Fatalf("%s: %v; log:\n%s", what, err, h.log)
	}
}

// shown posts a page in the desk's channel with a Mouth.
func (h *fixture) shown(t *testing.T, p desk.Page) slackpeer.Message {
	t.Helper()
	h.desk.card = func(string, string) (desk.Page, error) { return p, nil }
	m := slackio.NewMouth(h.mouthOptions(newFakeCards()))
	if _, err := m.Perform(within(t), bot.Action{Key: "card", Kind: bot.ActionCard, Reference: "TC-2026-00042", Revision: 1}); err != nil {
		t.Fatal(err)
	}
	messages := h.Messages(deskRoom)
	return messages[len(messages)-1]
}

// acted fails the test if an interaction was not acknowledged in time.
func acted(t *testing.T, seen slackpeer.Seen, err error) slackpeer.Seen {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if !seen.Acked || seen.Notice != "" {
		t.Fatalf("not acknowledged: %q", seen.Notice)
	}
	return seen
}

// A rawBlock is a block as JSON, with its ID.
type rawBlock struct {
	ID  string
	Raw json.RawMessage
}

func blocksOf(t *testing.T, blocks json.RawMessage) (all []rawBlock) {
	t.Helper()
	var list []json.RawMessage
	if err := json.Unmarshal(blocks, &list); err != nil {
		t.Fatal(err)
	}
	for _, raw := range list {
		var b struct {
			ID string `json:"block_id"`
		}
		if err := json.Unmarshal(raw, &b); err != nil {
			t.Fatal(err)
		}
		all = append(all, rawBlock{b.ID, raw})
	}
	return all
}
