package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/internal/slackpeer"
	"verbale/internal/slackpeer/blockkit"
	"verbale/routing"
)

// The members of the workspace in these tests and their roles.
const (
	deskRoom = "C0000DESK"

	adam   = "U0000ADAM" // admin
	ana    = "U00000ANA" // triage, through her user group
	omar   = "U0000OMAR" // holds the post ra-environment; reads French
	vera   = "U0000VERA" // holds the post ra-transport; reads Russian
	viktor = "U00VIKTOR" // viewer, through his mail address
	nemo   = "U0000NEMO" // no role

	triageGroup = "S00TRIAGE"
)

var workspace = []slackpeer.User{
	{ID: adam, Name: "adam", RealName: "Adam Admin", Email: "adam@unece.example"},
	{ID: ana, Name: "ana", RealName: "Ana Triage", Email: "ana@unece.example"},
	{ID: omar, Name: "omar", RealName: "Omar Adviser", Email: "omar@unece.example", Locale: "fr-FR"},
	{ID: vera, Name: "vera", RealName: "Vera Adviser", Email: "vera@unece.example", Locale: "ru-RU"},
	{ID: viktor, Name: "viktor", RealName: "Viktor Viewer", Email: "viktor@unece.example"},
	{ID: nemo, Name: "nemo", RealName: "Nemo Stranger", Email: "nemo@elsewhere.example"},
}

// languages are those of the colleagues who do not use Slack in English.
var languages = map[string]string{omar: "fr", vera: "ru"}

// staffed returns the embedded directory with two posts in Slack, and with roles.
func staffed(t testing.TB) string {
	t.Helper()
	text := routing.DirectoryFile()
	for post, user := range map[string]string{"ra-environment": omar, "ra-transport": vera} {
		line := "    address: " + post + "@unece.example\n"
		if strings.Count(text, line) != 1 {
			t.Fatalf("the directory has no post %s", post)
		}
		text = strings.Replace(text, line, line+"    slack: "+user+"\n", 1)
	}
	text = strings.Replace(text, "\ndesk:\n", "\ndesk:\n  channel: \"#tc-desk\"\n", 1)
	return text + fmt.Sprintf(`
staff:
  - {role: admin, users: [%s]}
  - {role: triage, groups: [%s]}
  - {role: viewer, addresses: [viktor@unece.example]}
`, adam, triageGroup)
}

// A slackOffice is a desk whose colleagues work in Slack.
type slackOffice struct {
	*desk
	peer *slackpeer.Peer
	live *liveParts
}

// slackOptions are the options of a workspace with short retry pauses and no rate limits. It waits
// longer for acknowledgements than Slack, since the machine may be slow.
func slackOptions() slackpeer.Options {
	return slackpeer.Options{Unlimited: true, AckWithin: patience, TriggerLife: patience, RetryPauses: []time.Duration{0, 50 * time.Millisecond, 200 * time.Millisecond}}
}

func newSlackOffice(t testing.TB, change ...func(*configLines)) *slackOffice {
	t.Helper()
	return slackOfficeOn(t, slackOptions(), change...)
}

func slackOfficeOn(t testing.TB, options slackpeer.Options, change ...func(*configLines)) *slackOffice {
	t.Helper()
	k := newDesk(t)
	k.timing.Messages, k.timing.Answer, k.timing.Interaction = time.Millisecond, patience/2, patience
	peer, err := slackpeer.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(peer.Close)
	everybody := []string{slackpeer.BotUser}
	for _, u := range workspace {
		peer.AddUser(u)
		everybody = append(everybody, u.ID)
	}
	peer.AddUserGroup(slackpeer.UserGroup{ID: triageGroup, Handle: "triage", Users: []string{ana}})
	peer.AddChannel(slackpeer.Channel{ID: deskRoom, Name: "tc-desk", Members: everybody})
	o := &slackOffice{desk: k, peer: peer, live: &liveParts{}}
	peer.Watch(func(c slackpeer.Change) { o.live.look(peer, c) })
	o.overSocket()
	k.configure(change...)
	return o
}

// overSocket writes the configuration of Slack with Socket Mode.
func (o *slackOffice) overSocket() {
	o.secrets("mode: socket", "app_token", slackpeer.AppToken)
}

func (o *slackOffice) secrets(mode, second, secret string) {
	o.t.Helper()
	bot, other, directory := filepath.Join(o.folder, "bot_token"), filepath.Join(o.folder, second), filepath.Join(o.folder, "directory.yaml")
	o.write(bot, slackpeer.BotToken)
	o.write(other, secret)
	o.write(directory, staffed(o.t))
	o.slack = fmt.Sprintf("slack: {%s, api_url: %q, bot_token_file: %s, %s_file: %s}\ndirectory: %s\n", mode, o.peer.URL(), bot, second, other, directory)
}

// serve starts the service and waits until it is connected to Slack and knows the languages of
// omar and vera.
func (o *slackOffice) serve() *service {
	o.t.Helper()
	const learned = "time zones and languages of colleagues were read"
	lines, before := o.peer.Connections(), strings.Count(o.logs.String(), learned)
	s := o.desk.serve()
	o.until("lines to Slack", func() bool { return o.peer.Connections() > lines })
	o.await("the languages of the advisers", func() bool { return strings.Count(o.logs.String(), learned) > before })
	return s
}

// until waits until a condition on the workspace holds.
func (o *slackOffice) until(what string, holds func() bool) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), patience)
	defer cancel()
	if err := o.peer.Until(ctx, holds); err != nil {
		o.t.Fatalf("waited in vain for %s: %v\nthe channel:\n%s\n%s\nthe log:\n%s", what, err, o.peer.PictureChannel(deskRoom), o.windows(), o.logs)
	}
}

// windows returns pictures of the open modals.
func (o *slackOffice) windows() string {
	var all strings.Builder
	for _, u := range workspace {
		if v, open := o.peer.Modal(u.ID); open {
			fmt.Fprintf(&all, "a window of %s:\n%s", u.RealName, slackpeer.Picture(v))
		}
	}
	return all.String()
}

// nothingRefused fails the test in four cases: the workspace refused a call, except with an
// expected error or for a colleague who is not in Slack; an external address was looked up; text
// of a sender was live (see liveParts); the log has errors.
func (o *slackOffice) nothingRefused(asked ...string) {
	o.t.Helper()
	for _, c := range o.peer.Calls("") {
		if c.Method == "users.lookupByEmail" {
			if !strings.HasSuffix(fmt.Sprint(c.Args["email"]), "@unece.example") {
				o.t.Errorf("Slack was asked who %v is", c.Args["email"])
			}
			continue
		}
		if c.Error != "" && !strings.Contains(strings.Join(asked, " "), c.Error) {
			o.t.Errorf("%s was refused: %s\n%v", c.Method, c.Error, c.Args)
		}
	}
	if live := o.live.found(); len(live) > 0 {
		o.t.Errorf("live in Slack: %q", live)
	}
	if log := o.logs.String(); strings.Contains(log, "level=ERROR") {
		o.t.Errorf("errors in the log:\n%s", log)
	}
}

// channelOf returns the conversation of a room: the desk's channel, or the direct messages of a
// user.
func (o *slackOffice) channelOf(room string) string {
	if room == deskRoom {
		return room
	}
	return o.peer.Direct(room)
}

// cards returns the cards of a record in a room.
func (o *slackOffice) cards(room, reference string) (list []slackpeer.Message) {
	for _, m := range o.peer.Messages(o.channelOf(room)) {
		if m.User == slackpeer.BotUser && referenceOf(m) == reference {
			list = append(list, m)
		}
	}
	return list
}

// referenceOf returns the reference of the record whose card a message is, or "" for any other
// message.
func referenceOf(m slackpeer.Message) string {
	var metadata struct {
		Type    string `json:"event_type"`
		Payload struct {
			Reference string `json:"reference"`
		} `json:"event_payload"`
	}
	if json.Unmarshal(m.Metadata, &metadata) != nil || metadata.Type != "verbale_card" {
		return ""
	}
	return metadata.Payload.Reference
}

// card waits until the card of a record in a room shows all words.
func (o *slackOffice) card(room, reference string, words ...string) (card slackpeer.Message) {
	o.t.Helper()
	o.until(fmt.Sprintf("the card of %s with %q", reference, words), func() bool {
		cards := o.cards(room, reference)
		if len(cards) != 1 {
			return false
		}
		card = cards[0]
		return shows(slackpeer.Picture(card), words...)
	})
	return card
}

// thread waits for a message in the thread of a card that shows all words.
func (o *slackOffice) thread(card slackpeer.Message, words ...string) (found slackpeer.Message) {
	o.t.Helper()
	o.until(fmt.Sprintf("a post below the card with %q", words), func() bool {
		for _, m := range o.peer.Thread(card.Channel, card.TS)[1:] {
			if found = m; shows(slackpeer.Picture(m), words...) {
				return true
			}
		}
		return false
	})
	return found
}

// shows reports whether a picture contains all words, ignoring its line breaks.
func shows(picture string, words ...string) bool {
	picture = strings.Join(strings.Fields(strings.NewReplacer("\n> ", " ", "\n░ ", " ", "\n│ ", " ", "\n│ > ", " ", "\n│ ░ ", " ").Replace(picture)), " ")
	for _, w := range words {
		if !strings.Contains(picture, w) {
			return false
		}
	}
	return true
}

// liveParts are the mentions, links and formatting in all messages and views so far.
type liveParts struct {
	mu  sync.Mutex
	all []string
}

func (l *liveParts) look(p *slackpeer.Peer, c slackpeer.Change) {
	var found []string
	switch c.Kind {
	case slackpeer.Posted, slackpeer.Updated:
		if m, ok := p.Message(c.Channel, c.TS); ok && m.User == slackpeer.BotUser {
			found = blockkit.LiveParts(m.Blocks, m.Text)
		}
	case slackpeer.Whispered:
		for _, m := range p.Ephemerals(c.User) {
			found = append(found, blockkit.LiveParts(m.Blocks, m.Text)...)
		}
	case slackpeer.Opened, slackpeer.Redrawn:
		for _, v := range p.Modals(c.User) {
			found = append(found, blockkit.LivePartsOfView(v.JSON())...)
		}
		if home, ok := p.Home(c.User); ok {
			found = append(found, blockkit.LivePartsOfView(home.JSON())...)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, found...)
}

func (l *liveParts) found() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string{}, l.all...)
}

// A user is a colleague in Slack. Each of their interactions must be acknowledged.
type user struct {
	o  *slackOffice
	id string
	*slackpeer.Person
}

func (o *slackOffice) as(id string) user { return user{o, id, o.peer.Person(id)} }

func (h user) done(what string, seen slackpeer.Seen, err error) slackpeer.Seen {
	h.o.t.Helper()
	if err != nil || !seen.Acked || seen.Notice != "" {
		h.o.t.Fatalf("%s, %s: acknowledged %v, %q, %v\nthe log:\n%s", h.id, what, seen.Acked, seen.Notice, err, h.o.logs)
	}
	return seen
}

func (h user) presses(on slackpeer.Place, button string, value ...string) {
	h.o.t.Helper()
	seen, err := h.Press(on, button, value...)
	h.done("press "+button, seen, err)
}

// picks chooses an option in the overflow menu of a card.
func (h user) picks(card slackpeer.Message, what string) {
	h.o.t.Helper()
	for _, c := range slackpeer.Controls(card) {
		if strings.HasPrefix(c.Action, "more|") {
			seen, err := h.Select(card, c.Action, what)
			h.done("pick "+what, seen, err)
			return
		}
	}
	h.o.t.Fatalf("there is no list on\n%s", slackpeer.Picture(card))
}

// types types a command in the desk's channel.
func (h user) types(line string) {
	h.o.t.Helper()
	seen, err := h.Command(deskRoom, "/tc "+line)
	h.done("type "+line, seen, err)
}

// window waits until the topmost modal shows all words.
func (h user) window(words ...string) (v slackpeer.View) {
	h.o.t.Helper()
	h.o.until(fmt.Sprintf("a window of %s with %q", h.id, words), func() bool {
		top, open := h.o.peer.Modal(h.id)
		v = top
		return open && shows(slackpeer.Picture(v), words...)
	})
	return v
}

// finds types into a search input of a modal and returns the options offered.
func (h user) finds(v slackpeer.View, input, typed string) slackpeer.Seen {
	h.o.t.Helper()
	seen, err := h.Suggest(only(h.o.t, v, input), "value", typed)
	return h.done("search "+input, seen, err)
}

// only returns the part of a view with one input. The block ID of the input may have a suffix.
func only(t testing.TB, v slackpeer.View, input string) slackpeer.View {
	t.Helper()
	for _, c := range slackpeer.Controls(v) {
		if c.Block == input || strings.HasPrefix(c.Block, input+"~") {
			return v.At(c.Block)
		}
	}
	t.Fatalf("no input %s in\n%s", input, slackpeer.Picture(v))
	return v
}

// sends fills in the topmost modal and submits it.
func (h user) sends(values map[string]any) slackpeer.Seen {
	h.o.t.Helper()
	seen, err := h.Submit(values)
	return h.done("send the form", seen, err)
}

// closed waits until no modal is open.
func (h user) closed() {
	h.o.t.Helper()
	h.o.until("no window", func() bool { _, open := h.o.peer.Modal(h.id); return !open })
}

// told waits for an ephemeral message to this colleague that shows all words.
func (h user) told(words ...string) (m slackpeer.Message) {
	h.o.t.Helper()
	h.o.until(fmt.Sprintf("a word to %s with %q", h.id, words), func() bool {
		for _, each := range h.o.peer.Ephemerals(h.id) {
			if m = each; shows(slackpeer.Picture(m), words...) {
				return true
			}
		}
		return false
	})
	return m
}

// home opens the home tab and waits until it shows all words.
func (h user) home(words ...string) (v slackpeer.View) {
	h.o.t.Helper()
	before, _ := h.o.peer.Home(h.id)
	seen, err := h.OpenHome()
	h.done("open the home tab", seen, err)
	h.o.until(fmt.Sprintf("a home tab of %s with %q", h.id, words), func() bool {
		home, ok := h.o.peer.Home(h.id)
		v = home
		return ok && v.Hash != before.Hash && shows(slackpeer.Picture(v), words...)
	})
	return v
}
