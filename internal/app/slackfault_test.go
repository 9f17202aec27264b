package app_test

import (
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/slackio"
	"verbale/intake"
	"verbale/internal/slackpeer"
)

// countries has the senders of independent requests that arrive at the same time.
var countries = []string{"Moldova", "Georgia", "Armenia", "Uzbekistan"}

func requestOf(n int) []byte {
	text := strings.NewReplacer("the Republic of Moldova", countries[n], " to Chisinau", "").Replace(string(request(n)))
	return []byte(text)
}

// A disturbance is a failure injected while colleagues work on some requests.
type disturbance struct {
	name    string
	begin   func(o *slackOffice)           // before the first mail
	before  func(o *slackOffice, step int) // before each step; steps are counted over all requests
	refused []string                       // errors of Slack calls that it may cause
	severe  bool                           // errors in the log are allowed
}

func failing(f slackpeer.Fault, methods ...string) func(*slackOffice) {
	return func(o *slackOffice) {
		for _, method := range methods {
			o.peer.Fail(method, 4, f)
		}
	}
}

var posting = []string{"chat.postMessage", "chat.update"}

var disturbances = []disturbance{
	{name: "nothing"},
	{name: "the line drops", before: func(o *slackOffice, _ int) { o.peer.DropConnections() }},
	{name: "lines are renewed", before: func(o *slackOffice, step int) {
		o.peer.Disconnect([]string{"refresh_requested", "warning"}[step%2])
	}},
	{name: "429", begin: failing(slackpeer.Fault{Status: 429, Code: "ratelimited", RetryAfter: 1}, posting...), refused: []string{"ratelimited"}},
	{name: "500", begin: failing(slackpeer.Fault{Status: 500}, append(posting, "conversations.open", "response_url")...), refused: []string{"http_500"}},
	{name: "answers are lost", begin: failing(slackpeer.Fault{Cut: true, AfterEffect: true}, posting...)},
	{name: "answers come as 503", begin: failing(slackpeer.Fault{Status: 503, AfterEffect: true}, posting...)},
	{name: "deliveries come twice", begin: func(o *slackOffice) { o.peer.Duplicate(1000) }},
	{name: "two processes", begin: func(o *slackOffice) { o.serve() }},
	{name: "two processes and deliveries twice", begin: func(o *slackOffice) { o.serve(); o.peer.Duplicate(1000) }},
	{name: "Redis is killed", severe: true, before: func(o *slackOffice, step int) {
		if step == 5 {
			o.killRedis()
		}
	}},
}

func TestNoEffectIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	for _, shake := range disturbances {
		t.Run(shake.name, func(t *testing.T) {
			t.Parallel()
			shake.run(t)
		})
	}
}

func (k disturbance) run(t *testing.T) {
	o := newSlackOffice(t)
	if k.severe {
		o.timing.Attempt = 3 * time.Second // a short lease, so that work left by a crash is soon resumed
	}
	s := o.serve()
	if k.begin != nil {
		k.begin(o)
	}
	steps := 0
	step := func() {
		if steps++; k.before != nil {
			k.before(o, steps)
		}
	}
	for n := range countries {
		ref := reference(n + 1)
		step()
		if err := o.deliverAtLast(requestOf(n)); err != nil {
			t.Fatal(err)
		}
		card := o.card(omar, ref, "Accept")
		step()
		o.as(omar).insists(func(h user) (slackpeer.Seen, error) { return h.Press(card, "accept") })
		o.card(deskRoom, ref, ref+" · accepted")
		step()
		o.as(ana).notes(ref, "first note on "+countries[n])
		o.as(ana).notes(ref, "second note on "+countries[n])
	}
	s.settled(len(countries))
	for n, country := range countries {
		o.eachOnce(s, reference(n+1), country)
	}
	if acks := o.acknowledgements(); len(acks) != len(countries) {
		t.Errorf("%d acknowledgements of %d requests", len(acks), len(countries))
	}
	if k.severe {
		return
	}
	// On a slow machine the app opens a modal in place of a late answer. Of two processes only one
	// can open it, and possibly too late.
	o.nothingRefused(append(k.refused, "cut", "http_503", "exchanged_trigger_id", "expired_trigger_id")...)
}

// insists repeats an interaction until the app acknowledges it.
func (h user) insists(act func(user) (slackpeer.Seen, error)) {
	h.o.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		seen, err := act(h)
		if err == nil && seen.Acked {
			return
		}
		if time.Now().After(deadline) {
			h.o.t.Fatalf("%s was not heard: %v", h.id, err)
		}
	}
}

// notes adds a note, and repeats the command if the app replied that it failed.
func (h user) notes(ref, text string) {
	h.o.t.Helper()
	for told := len(h.o.peer.Ephemerals(h.id)); ; told++ {
		h.insists(func(h user) (slackpeer.Seen, error) { return h.Command(deskRoom, "/tc note "+ref+" "+text) })
		h.o.until("an answer to a note", func() bool { return len(h.o.peer.Ephemerals(h.id)) > told })
		if shows(slackpeer.Picture(h.o.peer.Ephemerals(h.id)[told]), "Your note was added") {
			return
		}
		time.Sleep(100 * time.Millisecond) // the pause a person would make
	}
}

// eachOnce fails the test unless each effect of the work on a record is present once and in order.
func (o *slackOffice) eachOnce(s *service, ref, country string) {
	o.t.Helper()
	desk, direct := o.cards(deskRoom, ref), o.cards(omar, ref)
	if len(desk) != 1 || len(direct) != 1 {
		o.t.Fatalf("%s has %d cards in the channel and %d in the direct message", ref, len(desk), len(direct))
	}
	rec, err := s.server.Store().Load(o.t.Context(), ref)
	if err != nil || rec.Status != intake.StatusAccepted {
		o.t.Errorf("%s is %s, %v", ref, rec.Status, err)
	}
	if !shows(slackpeer.Picture(desk[0]), "accepted", country) || !shows(slackpeer.Picture(direct[0]), "acceptée", country) {
		o.t.Errorf("the cards of %s are not as it is:\n%s", ref, slackpeer.Picture(desk[0]))
	}
	want := []string{"Accepted", "first note on " + country, "second note on " + country}
	var posts []string
	keys := map[string]int{}
	o.until("what stands below the card of "+ref, func() bool { // the answer may belong to the first of two deliveries, with the second still in progress
		posts = nil
		clear(keys)
		for _, m := range o.peer.Thread(deskRoom, desk[0].TS)[1:] {
			posts = append(posts, strings.SplitN(slackpeer.Picture(m), "░", 2)[0])
			keys[string(m.Metadata)]++
		}
		return len(posts) >= len(want)
	})
	if len(posts) != len(want) || len(keys) != len(want) || !slices.EqualFunc(posts, want, func(got, want string) bool { return shows(got, want) }) {
		o.t.Errorf("below the card of %s stand %q, want %q", ref, posts, want)
	}
	history := historyOf(o.t, s, ref)
	if strings.Count(history, "accept by") != 1 || strings.Count(history, bot.WhatNote+" by") != 2 {
		o.t.Errorf("history of %s: %s", ref, history)
	}
}

// An interaction that is acknowledged too late is performed all the same. A colleague who repeats
// it must be told so.
func TestAnAcknowledgementThatComesTooLate(t *testing.T) {
	t.Parallel()
	options := slackOptions()
	options.AckWithin = time.Nanosecond
	o := slackOfficeOn(t, options)
	s := o.serve()
	o.deliver(request(1))
	s.settled(1)
	ref := reference(1)
	if seen, err := o.as(omar).Press(o.card(omar, ref, "Accept"), "accept"); err != nil || seen.Acked {
		t.Fatalf("%+v, %v", seen, err)
	}
	o.card(deskRoom, ref, ref+" · accepted")
	if _, err := o.as(ana).Command(deskRoom, "/tc accept 1"); err != nil {
		t.Fatal(err)
	}
	o.as(ana).told("Omar", "was faster")
	s.settled(1)
	if history := historyOf(t, s, ref); strings.Count(history, "accept by") != 1 {
		t.Error(history)
	}
	o.nothingRefused()
}

// In HTTP mode Slack calls request URLs with signed requests. They must have the same effects as
// Socket Mode.
func TestSlackCallsByHTTP(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	address := freeAddress(t)
	o.secrets("mode: http, listen: "+address, "signing_secret", slackpeer.SigningSecret)
	o.configure()
	s := o.desk.serve()
	base := "http://" + address
	o.peer.DeliverTo(slackpeer.Endpoints{
		Events: base + slackio.PathEvents, Commands: base + slackio.PathCommands, Interactions: base + slackio.PathInteractions,
	})
	o.await("the listener", func() bool { return o.peer.Verify() == nil })
	o.deliver(request(1))
	s.settled(1)
	ref := reference(1)
	o.as(omar).presses(o.card(omar, ref, "Accept"), "accept")
	o.card(deskRoom, ref, ref+" · accepted")
	o.as(omar).presses(o.card(omar, ref), "ask")
	form := o.as(omar).window(ref)
	o.as(omar).sends(map[string]any{"text": worded(form, "When may we come?")})
	o.as(omar).window("When may we come?")
	o.as(omar).sends(nil)
	o.card(deskRoom, ref, ref+" · waiting")
	o.as(ana).types("show 1")
	o.as(ana).told(ref, "waiting")
	o.as(ana).home("For the desk to decide: 0")
	s.settled(1)
	o.nothingRefused()
}

func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
