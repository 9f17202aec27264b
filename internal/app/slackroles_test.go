package app_test

import (
	"fmt"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/slackpeer"
)

// assigned sets up an office with a request on water assigned to Omar's post.
func assigned(t *testing.T, change ...func(*configLines)) (*slackOffice, *service, string) {
	t.Helper()
	o := newSlackOffice(t, change...)
	s := o.serve()
	o.deliver(request(1))
	s.settled(1)
	return o, s, reference(1)
}

func TestCommandsAreAnsweredToTheCallerAlone(t *testing.T) {
	t.Parallel()
	o, s, ref := assigned(t)
	before := len(o.peer.Messages(deskRoom))
	for _, tt := range []struct {
		by    string
		typed string
		want  []string
	}{
		{ana, "", []string{"What you can type"}},
		{ana, "help assign", []string{"Command: assign", "Examples"}},
		{ana, "HELP", []string{"What you can type"}},
		{ana, "list", []string{ref}},
		{ana, "list waiting", []string{"Nothing"}},
		{ana, "1", []string{ref, "assigned"}},
		{ana, "show tc-1", []string{ref, "assigned"}},
		{ana, "find moldova water", []string{ref}},
		{ana, "find popescu", []string{ref}},
		{ana, "find with ra-environment", []string{ref}},
		{ana, "find zanzibar", []string{"Nothing"}},
		{ana, "asign 1 to energy", []string{"There is no command", "assign"}},
		{ana, "decline 99 no", []string{"There is no request " + reference(99)}},
		{ana, "note 1 the mission called", []string{"Your note was added to " + ref}},
		{omar, "aide", []string{"Ce que vous pouvez saisir"}},
		{omar, "mes demandes", []string{ref}},
		{vera, "найти молдова", []string{ref}},
		{viktor, "show 1", []string{ref}},
		{viktor, "accept 1", []string{"Your role does not include this"}},
		{vera, "принять 1", []string{ref}},
		{nemo, "show 1", []string{"You have no role at this desk yet"}},
		{nemo, "help", []string{"You have no role at this desk yet"}},
	} {
		t.Run(tt.by+" "+tt.typed, func(t *testing.T) {
			seen := len(o.peer.Ephemerals(tt.by))
			o.as(tt.by).types(tt.typed)
			o.until("an answer to "+tt.typed, func() bool { return len(o.peer.Ephemerals(tt.by)) == seen+1 })
			if got := slackpeer.Picture(o.peer.Ephemerals(tt.by)[seen]); !shows(got, tt.want...) {
				t.Errorf("want %q, got\n%s", tt.want, got)
			}
		})
	}
	s.settled(1)
	if posts := o.peer.Messages(deskRoom)[before:]; len(posts) != 1 || !shows(slackpeer.Picture(posts[0]), "the mission called") {
		t.Errorf("%d messages came to the channel, want the note alone:\n%s", len(posts), o.peer.PictureChannel(deskRoom))
	}
	list := o.as(ana).told("Share", ref)
	o.as(ana).presses(list, "share", valueOf(t, list, "share"))
	o.until("the list in the channel", func() bool { return len(o.peer.Messages(deskRoom)) == before+2 })
	o.nothingRefused()
}

func TestHomeTabsByRole(t *testing.T) {
	t.Parallel()
	o, _, ref := assigned(t)
	for _, tt := range []struct {
		by        string
		want, not []string
	}{
		{adam, []string{"For the desk to decide: 0", "State of the office", "Mail is being sent."}, nil},
		{ana, []string{"For the desk to decide: 0", "Set aside lately"}, []string{"State of the office"}},
		{omar, []string{"À votre charge : 1", ref}, []string{"For the desk"}},
		{vera, nil, []string{ref}},
		{viktor, []string{"Received lately: 1", ref}, []string{"State of the office", "Set aside"}},
		{nemo, []string{"You have no role at this desk yet"}, []string{ref, "Moldova"}},
	} {
		t.Run(tt.by, func(t *testing.T) {
			picture := slackpeer.Picture(o.as(tt.by).home(tt.want...))
			for _, words := range tt.not {
				if shows(picture, words) {
					t.Errorf("%q is shown:\n%s", words, picture)
				}
			}
		})
	}
	o.nothingRefused()
}

// Somebody without a role presses buttons in the channel. Nothing may happen.
func TestAStrangerInSlackCanDoNothing(t *testing.T) {
	t.Parallel()
	o, s, ref := assigned(t)
	card := o.card(deskRoom, ref)
	stranger := o.as(nemo)
	for _, what := range []string{"letter", "evidence", "history", "correct", "close", "confidential"} {
		for _, c := range slackpeer.Controls(card) {
			if !strings.HasPrefix(c.Action, "more|") || !hasOption(c, what) {
				continue
			}
			if seen, err := stranger.Select(card, c.Action, what); err != nil || !seen.Acked {
				t.Fatalf("%s: %v", what, err)
			}
		}
	}
	stranger.presses(card, "hand_over")
	stranger.told("You have no role at this desk yet")
	if v, open := o.peer.Modal(nemo); open && !shows(slackpeer.Picture(v), "no role") {
		t.Errorf("a window opened:\n%s", slackpeer.Picture(v))
	}
	s.settled(1)
	if history := historyOf(t, s, ref); strings.Contains(history, "nemo") {
		t.Error(history)
	}
	o.nothingRefused()
}

func hasOption(c slackpeer.Control, value string) bool {
	for _, o := range c.Options {
		if o.Value == value {
			return true
		}
	}
	return false
}

func TestAConfidentialRecordShowsWhatTheChannelMaySee(t *testing.T) {
	t.Parallel()
	o, s, ref := assigned(t)
	o.as(ana).picks(o.card(deskRoom, ref), "mark")
	card := o.card(deskRoom, ref, "confidential", "Open")
	if picture := slackpeer.Picture(card); shows(picture, "Moldova") || shows(picture, "Water") || shows(picture, "Popescu") {
		t.Errorf("the channel sees\n%s", picture)
	}
	o.as(viktor).presses(card, "open")
	o.as(viktor).told("confidential: it is open to the desk")
	o.as(viktor).types("find moldova")
	o.as(viktor).told("Nothing")
	if picture := slackpeer.Picture(o.as(viktor).home("Received lately")); shows(picture, "Moldova") {
		t.Errorf("the viewer's home tab shows\n%s", picture)
	}
	o.as(ana).presses(card, "open")
	o.as(ana).window("Moldova")
	o.as(omar).presses(o.card(omar, ref, "Accept"), "open")
	o.as(omar).window("Moldova")
	history := historyOf(t, s, ref)
	for _, viewed := range []string{bot.WhatViewed + " by ana@unece.example", bot.WhatViewed + " by omar@unece.example"} {
		if !strings.Contains(history, viewed) {
			t.Errorf("no %q in %s", viewed, history)
		}
	}
	if strings.Contains(history, "viktor") {
		t.Errorf("somebody who saw nothing is said to have: %s", history)
	}
	o.nothingRefused()
}

// While sending is off the desk gets its cards, but no mails and no direct messages are sent.
func TestAPilotIsSilent(t *testing.T) {
	t.Parallel()
	o, s, ref := assigned(t, func(c *configLines) { c.send = "off" })
	card := o.card(deskRoom, ref, "assigned")
	desk := o.as(ana)
	desk.picks(card, "reply")
	form := desk.window("Reply to the sender")
	text := worded(form, "We shall come in June.")
	desk.sends(map[string]any{"text": text})
	desk.window("Sending is off", "We shall come in June.")
	desk.sends(nil)
	desk.closed()
	o.thread(card, "We shall come in June.")
	s.settled(1)
	o.card(deskRoom, ref, "assigned")
	if mails := o.sent(); len(mails) != 0 {
		t.Errorf("%d mails went out", len(mails))
	}
	if direct := o.peer.Messages(o.peer.Direct(omar)); len(direct) != 0 {
		t.Errorf("%d direct messages went out", len(direct))
	}
	withheld := map[bot.ActionKind]int{}
	for _, a := range actionsOf(t, s, ref) {
		if a.State == bot.ActionWithheld {
			withheld[a.Kind]++
		}
	}
	for _, kind := range []bot.ActionKind{bot.ActionAcknowledge, bot.ActionAnswer, bot.ActionCard} {
		if withheld[kind] == 0 {
			t.Errorf("no %s was kept as withheld: %v", kind, withheld)
		}
	}
	o.nothingRefused()
}

// Two people accept the same record. Only the first acceptance counts, and the other person is
// told who was faster.
func TestTwoPeopleAcceptAtOnce(t *testing.T) {
	t.Parallel()
	o, s, ref := assigned(t)
	card := o.card(omar, ref, "Accept")
	desk := o.card(deskRoom, ref)
	o.as(omar).presses(card, "accept")
	o.card(omar, ref, "acceptée")
	o.as(ana).types("accept 1")
	o.as(ana).told("Omar", "was faster")
	o.as(omar).presses(card, "accept") // the button of the earlier card
	s.settled(1)
	if n := strings.Count(historyOf(t, s, ref), string(intake.VerbAccept)+" by"); n != 1 {
		t.Errorf("accepted %d times: %s", n, historyOf(t, s, ref))
	}
	if posts := o.peer.Thread(deskRoom, desk.TS); len(posts) != 2 {
		t.Errorf("%d posts below the card, want that it was accepted:\n%s", len(posts)-1, fmt.Sprint(o.peer.PictureChannel(deskRoom)))
	}
	o.nothingRefused()
}
