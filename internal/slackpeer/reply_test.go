package slackpeer_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"verbale/internal/slackpeer"
)

// replyURL has alice type a command and returns its response_url.
func replyURL(t *testing.T, peer *slackpeer.Peer) string {
	var address string
	runApp(t, peer, map[string]func(socketmode.Event) any{
		"/tc": func(e socketmode.Event) any { address = e.Data.(slack.SlashCommand).ResponseURL; return nil },
	})
	if _, err := peer.Person(alice).Command(desk, "/tc list"); err != nil {
		t.Fatal(err)
	}
	return address
}

func reply(api *slack.Client, address, words, kind string) error {
	_, _, err := api.PostMessage("", slack.MsgOptionText(words, false), slack.MsgOptionResponseURL(address, kind))
	return err
}

// gone reports whether an error is a 404 response.
func gone(err error) bool {
	var status slack.StatusCodeError
	return errors.As(err, &status) && status.Code == http.StatusNotFound
}

func TestAResponseURLIsGoodFiveTimes(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api, address := client(peer), replyURL(t, peer)
	for n := range 5 {
		kind := slack.ResponseTypeEphemeral
		if n == 4 {
			kind = slack.ResponseTypeInChannel
		}
		if err := reply(api, address, "answer", kind); err != nil {
			t.Fatal(err)
		}
	}
	if got := peer.Ephemerals(alice); len(got) != 4 || got[0].Channel != desk {
		t.Errorf("alice saw %+v", got)
	}
	if got := peer.Messages(desk); len(got) != 1 || got[0].User != slackpeer.BotUser {
		t.Errorf("the channel saw %+v", got)
	}
	if err := reply(api, address, "answer", slack.ResponseTypeEphemeral); !gone(err) {
		t.Errorf("the sixth time: %v", err)
	}
	if calls := peer.Calls("response_url"); calls[5].Error != "used_url" {
		t.Errorf("the sixth was refused with %q", calls[5].Error)
	}
}

func TestAResponseURLIsGoodForHalfAnHour(t *testing.T) {
	clock := newClock()
	peer := start(t, slackpeer.Options{Now: clock.Now})
	api, address := client(peer), replyURL(t, peer)
	clock.advance(30 * time.Minute)
	if err := reply(api, address, "answer", slack.ResponseTypeEphemeral); err != nil {
		t.Errorf("after half an hour: %v", err)
	}
	clock.advance(time.Second)
	if err := reply(api, address, "answer", slack.ResponseTypeEphemeral); !gone(err) {
		t.Errorf("a second later: %v", err)
	}
	if calls := peer.Calls("response_url"); calls[1].Error != "expired_url" {
		t.Errorf("it was refused with %q", calls[1].Error)
	}
}

func TestAnOriginalIsReplacedOrDeleted(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	var a *app
	do := slack.MsgOptionReplaceOriginal
	a = runApp(t, peer, map[string]func(socketmode.Event) any{
		"block_actions": func(e socketmode.Event) any {
			if _, _, err := a.PostMessage("", slack.MsgOptionText("done", false), do(interaction(e).ResponseURL)); err != nil {
				t.Error(err)
			}
			return nil
		},
	})
	if _, err := a.PostEphemeral(desk, alice, slack.MsgOptionBlocks(card("TC-2026-00001")...)); err != nil {
		t.Fatal(err)
	}
	whisper := peer.Ephemerals(alice)[0]
	if _, err := peer.Person(boris).Press(whisper, "accept"); err == nil {
		t.Error("another person pressed a button only alice sees")
	}
	if _, err := peer.Person(alice).Press(whisper, "accept"); err != nil {
		t.Fatal(err)
	}
	if got := peer.Ephemerals(alice); len(got) != 1 || got[0].Text != "done" || got[0].Blocks != nil {
		t.Errorf("after replacing alice sees %+v", got)
	}
	do = slack.MsgOptionDeleteOriginal
	if _, err := peer.Person(alice).Press(whisper, "decline"); err != nil {
		t.Fatal(err)
	}
	if got := peer.Ephemerals(alice); len(got) != 0 {
		t.Errorf("after deleting alice sees %+v", got)
	}
	if got := string(peer.Deliveries()[0].Payload); strings.Contains(got, `"message":`) {
		t.Error("an ephemeral message was sent along")
	}
}
