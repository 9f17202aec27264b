package slackpeer_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"verbale/internal/slackpeer"
)

// triggers runs an app that collects trigger IDs, and returns a function that gets the next one.
func triggers(t *testing.T, peer *slackpeer.Peer) func() string {
	var last string
	runApp(t, peer, map[string]func(socketmode.Event) any{
		"shortcut": func(e socketmode.Event) any { last = interaction(e).TriggerID; return nil },
	})
	return func() string {
		if seen, err := peer.Person(alice).Shortcut("new"); err != nil || !seen.Acked {
			t.Fatalf("the shortcut gave %+v, %v", seen, err)
		}
		return last
	}
}

func TestViewsAreRefused(t *testing.T) {
	clock := newClock()
	peer := start(t, slackpeer.Options{Now: clock.Now})
	api, next := client(peer), triggers(t, peer)
	open := func(trigger string, v slack.ModalViewRequest) error {
		_, err := api.OpenView(trigger, v)
		return err
	}
	push := func(trigger string) error { _, err := api.PushView(trigger, form()); return err }
	late := next()
	clock.advance(3*time.Second + time.Millisecond)
	used := next()
	home := form()
	home.Type = slack.VTHomeTab
	long := form()
	long.Title = plainText("A title of more than 24 characters")
	big := form()
	big.Blocks.BlockSet = slices.Repeat([]slack.Block{slack.NewSectionBlock(plainText(strings.Repeat("x", 2900)), nil, nil)}, 100)
	tests := []struct {
		what string
		do   func() error
		want string
	}{
		{"pushing on nothing", func() error { return push(next()) }, "not_found"},
		{"opening", func() error { return open(used, form()) }, ""},
		{"opening with the same trigger", func() error { return open(used, form()) }, "exchanged_trigger_id"},
		{"opening too late", func() error { return open(late, form()) }, "expired_trigger_id"},
		{"opening with a made-up trigger", func() error { return open("1.2.3", form()) }, "invalid_trigger_id"},
		{"a home tab as a modal", func() error { return open(next(), home) }, "invalid_arguments"},
		{"a title that is too long", func() error { return open(next(), long) }, "invalid_arguments"},
		{"a view that is too large", func() error { return open(next(), big) }, "view_too_large"},
		{"pushing a second", func() error { return push(next()) }, ""},
		{"pushing a third", func() error { return push(next()) }, ""},
		{"pushing a fourth", func() error { return push(next()) }, "push_limit_reached"},
		{"updating nothing", func() error { _, err := api.UpdateView(form(), "", "", "V0000NONE"); return err }, "not_found"},
		{"publishing for a stranger", func() error { _, err := api.PublishView("U0000NONE", homeTab("x"), ""); return err }, "user_not_found"},
	}
	for _, test := range tests {
		if got := code(test.do()); got != test.want {
			t.Errorf("%s: %q, want %q", test.what, got, test.want)
		}
	}
	if stack := peer.Modals(alice); len(stack) != 3 || stack[2].RootID != stack[0].ID || stack[2].PreviousID != stack[1].ID {
		t.Errorf("the stack is %+v", stack)
	}
}

func homeTab(words string) slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewSectionBlock(plainText(words), nil, nil),
	}}}
}

func TestAStaleHashIsRefused(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api, next := client(peer), triggers(t, peer)
	opened, err := api.OpenView(next(), form())
	if err != nil {
		t.Fatal(err)
	}
	updated, err := api.UpdateView(form(), "", opened.Hash, opened.ID)
	if err != nil || updated.Hash == opened.Hash {
		t.Fatalf("updating gave hash %q after %q, %v", updated.Hash, opened.Hash, err)
	}
	if _, err := api.UpdateView(form(), "", opened.Hash, opened.ID); code(err) != "hash_conflict" {
		t.Errorf("with the old hash: %v", err)
	}
	publish := func(words, hash string) (*slack.ViewResponse, error) {
		return api.PublishView(alice, homeTab(words), hash)
	}
	first, err := publish("one", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish("two", first.Hash); err != nil {
		t.Errorf("publishing again: %v", err)
	}
	if _, err := publish("three", first.Hash); code(err) != "hash_conflict" {
		t.Errorf("publishing with the old hash: %v", err)
	}
	home, ok := peer.Home(alice)
	if !ok || home.ID != first.ID || !strings.Contains(slackpeer.Picture(home), "two") {
		t.Errorf("the home tab is %s", slackpeer.Picture(home))
	}
}

func TestWhatWasFilledInOutlivesAnUpdate(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	var typed string
	var a *app
	a = runApp(t, peer, map[string]func(socketmode.Event) any{
		"shortcut": func(e socketmode.Event) any {
			if _, err := a.OpenView(interaction(e).TriggerID, form()); err != nil {
				t.Error(err)
			}
			return nil
		},
		"block_actions": func(e socketmode.Event) any {
			typed = interaction(e).View.State.Values["query"]["typed"].Value
			next := form()
			next.Blocks.BlockSet = next.Blocks.BlockSet[:2]
			if _, err := a.UpdateView(next, "", interaction(e).View.Hash, interaction(e).View.ID); err != nil {
				t.Error(err)
			}
			return nil
		},
	})
	person := peer.Person(alice)
	seen, err := person.Shortcut("new")
	if err != nil || seen.Modal == nil {
		t.Fatalf("the shortcut gave %+v, %v", seen, err)
	}
	if _, err := person.Select(*seen.Modal, "text", "a reason"); err != nil {
		t.Fatal(err)
	}
	seen, err = person.Select(*seen.Modal, "typed", "forest")
	if err != nil || typed != "forest" {
		t.Fatalf("typing reached the app as %q, %v", typed, err)
	}
	values := seen.Modal.Values()
	if values["reason"]["text"]["value"] != "a reason" || values["query"] != nil {
		t.Errorf("after the update the modal holds %v", values)
	}
	if len(peer.Deliveries()) != 2 {
		t.Error("an input without dispatch_action told the app")
	}
}

// draft returns a modal with a text to edit.
func draft(block, words string) slack.ModalViewRequest {
	input := slack.NewPlainTextInputBlockElement(nil, "draft")
	input.InitialValue = words
	v := form()
	v.Blocks.BlockSet = []slack.Block{slack.NewInputBlock(block, plainText("Draft"), nil, input)}
	return v
}

func TestANewInitialValueShowsOnlyUnderANewID(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api, next := client(peer), triggers(t, peer)
	opened, err := api.OpenView(next(), draft("english", "Dear Sir"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ block, want string }{{"english", "Dear Sir"}, {"french", "Monsieur"}} {
		if _, err := api.UpdateView(draft(test.block, "Monsieur"), "", "", opened.ID); err != nil {
			t.Fatal(err)
		}
		modal, _ := peer.Modal(alice)
		if got := modal.Values()[test.block]["draft"]["value"]; got != test.want {
			t.Errorf("in block %s stands %q, want %q", test.block, got, test.want)
		}
	}
}

func TestAnExternalIDNamesOneView(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api, next := client(peer), triggers(t, peer)
	named := form()
	named.ExternalID = "letter"
	if _, err := api.OpenView(next(), named); err != nil {
		t.Fatal(err)
	}
	if _, err := api.PushView(next(), named); code(err) != "duplicate_external_id" {
		t.Errorf("another with the same id: %v", err)
	}
	if _, err := api.UpdateView(named, "letter", "", ""); err != nil {
		t.Errorf("updating by the id: %v", err)
	}
}

func TestSubmissionsAreAnsweredWithViews(t *testing.T) {
	t.Parallel()
	second := form()
	second.CallbackID = "second"
	bad := form()
	bad.Title = plainText("A title of more than 24 characters")
	tests := []struct {
		answer any
		stack  []string // callback IDs afterwards
		notice string
	}{
		{nil, nil, ""},
		{slack.NewClearViewSubmissionResponse(), nil, ""},
		{slack.NewUpdateViewSubmissionResponse(&second), []string{"second"}, ""},
		{slack.NewPushViewSubmissionResponse(&second), []string{"correct", "second"}, ""},
		{slack.NewErrorsViewSubmissionResponse(map[string]string{"where": "No"}), []string{"correct"}, ""},
		{slack.NewErrorsViewSubmissionResponse(map[string]string{"nowhere": "No"}), []string{"correct"}, "We had some trouble connecting. Try again?"},
		{slack.NewPushViewSubmissionResponse(&bad), []string{"correct"}, "We had some trouble connecting. Try again?"},
		{map[string]string{"response_action": "dance"}, []string{"correct"}, "We had some trouble connecting. Try again?"},
		{silence, []string{"correct"}, "Verbale did not respond"},
	}
	for _, test := range tests {
		peer := start(t, soon)
		var a *app
		a = runApp(t, peer, map[string]func(socketmode.Event) any{
			"shortcut":        func(e socketmode.Event) any { _, _ = a.OpenView(interaction(e).TriggerID, form()); return nil },
			"view_submission": func(socketmode.Event) any { return test.answer },
		})
		if _, err := peer.Person(alice).Shortcut("new"); err != nil {
			t.Fatal(err)
		}
		if test.answer == silence {
			peer.WaitForAcks(missed)
		}
		seen, err := peer.Person(alice).Submit(map[string]any{"reason": "because"})
		if err != nil || seen.Notice != test.notice {
			t.Errorf("after %+v: %+v, %v", test.answer, seen, err)
		}
		var stack []string
		for _, v := range peer.Modals(alice) {
			stack = append(stack, v.CallbackID)
		}
		if strings.Join(stack, " ") != strings.Join(test.stack, " ") {
			t.Errorf("after %+v: open are %q, want %q", test.answer, stack, test.stack)
		}
	}
}

func TestClosingIsToldWhereAsked(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api, next := client(peer), triggers(t, peer)
	quiet := form()
	quiet.NotifyOnClose = false
	for _, v := range []slack.ModalViewRequest{form(), quiet} {
		if _, err := api.OpenView(next(), v); err != nil {
			t.Fatal(err)
		}
		if seen, err := peer.Person(alice).CloseModal(false); err != nil || seen.Modal != nil {
			t.Fatalf("closing gave %+v, %v", seen, err)
		}
	}
	told := 0
	for _, d := range peer.Deliveries() {
		if strings.Contains(string(d.Payload), `"type":"view_closed"`) {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the app heard of %d closings", told)
	}
}
