package slackio_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/slackpeer"
)

func TestWhatIsDeliveredTwiceIsDoneOnce(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		page := said("noted")
		h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) {
			return desk.Answer{Say: &page}, nil
		}
		h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) { return desk.Answer{Say: &page}, nil }
		card := h.shown(t, question)
		h.Duplicate(2)
		seen, err := h.Person(alice).Press(card, desk.PressAccept)
		acted(t, seen, err)
		seen, err = h.Person(alice).Command(deskRoom, "/tc accept 42")
		acted(t, seen, err)
		if err := h.Settle(within(t)); err != nil {
			t.Fatal(err)
		}
		h.until(t, "both answers", func() bool { return len(h.Ephemerals(alice)) == 2 })
		if got := h.desk.asked(); len(got) != 2 {
			t.Errorf("the desk was asked %q", got)
		}
	})
}

func TestADoubleClickIsOneClick(t *testing.T) {
	h := open(t, slackpeer.Options{}).overSocket(t)
	page := said("noted")
	h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) {
		return desk.Answer{Say: &page}, nil
	}
	card := h.shown(t, question)
	for range 2 {
		seen, err := h.Person(alice).Press(card, desk.PressAccept)
		acted(t, seen, err)
	}
	seen, err := h.Person(boris).Press(card, desk.PressAccept)
	acted(t, seen, err)
	h.until(t, "both are answered", func() bool { return len(h.Ephemerals(alice)) == 1 && len(h.Ephemerals(boris)) == 1 })
	if got := h.desk.asked(); len(got) != 2 {
		t.Errorf("the desk was asked %q", got)
	}
}

// Slack may deliver the same click to two processes. Both give the order the same ID, by which
// the service recognizes the duplicate.
func TestTwoProcessesGiveAnOrderTheSameName(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.lines = 1
	h.overSocket(t).overSocket(t)
	h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) { return desk.Answer{}, nil }
	card := h.shown(t, question)
	for i := range 8 {
		h.Duplicate(1)
		user := fmt.Sprintf("U%08d", i) // one click each, so that none is a double click
		h.AddUser(slackpeer.User{ID: user, Name: user})
		h.AddChannel(slackpeer.Channel{ID: deskRoom, Name: "tc-desk", Members: []string{slackpeer.BotUser, user}})
		seen, err := h.Person(user).Press(card, desk.PressAccept)
		acted(t, seen, err)
	}
	h.until(t, "both processes asked", func() bool {
		return len(h.desk.asked()) > 8 && len(distinct(h.desk.asked())) >= 8
	})
	if got := distinct(h.desk.asked()); len(got) != 8 {
		t.Errorf("%d names for 8 orders", len(got))
	}
}

func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Connections are replaced and break while people work. Each action must be performed exactly
// once.
func TestLinesThatAreRenewedLoseNothing(t *testing.T) {
	h := open(t, slackpeer.Options{}).overSocket(t)
	page := said("noted")
	h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) { return desk.Answer{Say: &page}, nil }
	for i := range 12 {
		switch i % 4 {
		case 1:
			h.Disconnect("refresh_requested")
		case 3:
			h.Disconnect("warning")
		}
		seen, err := h.Person(alice).Command(deskRoom, fmt.Sprintf("/tc show %d", i))
		acted(t, seen, err)
	}
	h.until(t, "all are answered", func() bool { return len(h.Ephemerals(alice)) == 12 })
	if got := h.desk.asked(); len(got) != 12 || len(distinct(got)) != 12 {
		t.Errorf("the desk was asked %d times", len(got))
	}
}

func TestALineThatBreaksLosesNoEvent(t *testing.T) {
	h := open(t, slackpeer.Options{RetryPauses: []time.Duration{0, 50 * time.Millisecond, 200 * time.Millisecond}}).overSocket(t)
	h.DropConnections()
	if _, err := h.Person(alice).OpenHome(); err != nil {
		t.Fatal(err)
	}
	h.until(t, "the home tab", func() bool { _, ok := h.Home(alice); return ok })
}

func TestAPanicEndsOneActAlone(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) {
			panic("minister@energy.example")
		}
		h.desk.submit = func(context.Context, desk.Form, desk.Values) (desk.Answer, error) { panic("in the form") }
		h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
			return desk.Answer{Form: reply("Dear Sir", "en")}, nil
		}
		seen, err := h.Person(alice).Press(h.shown(t, question), desk.PressAccept)
		acted(t, seen, err)
		h.until(t, "words about it", func() bool { return len(h.Ephemerals(alice)) == 1 })
		seen, err = h.Person(alice).Command(deskRoom, "/tc reply 42")
		acted(t, seen, err)
		h.modalShows(t, alice, "Dear Sir")
		seen, err = h.Person(alice).Submit(nil)
		if acted(t, seen, err); seen.Errors["language"] == "" {
			t.Errorf("errors %v", seen.Errors)
		}
		if log := h.log.String(); strings.Contains(log, "minister@") || !strings.Contains(log, "panicked") {
			t.Errorf("log:\n%s", log)
		}
	})
}

// If the response URL fails, the answer is sent to the channel. If a window cannot be opened,
// the person is told so.
func TestAnAnswerFindsAnotherWay(t *testing.T) {
	h := open(t, slackpeer.Options{}).overSocket(t)
	page := said("noted")
	h.desk.command = func(_ context.Context, _ bot.Colleague, text string) (desk.Answer, error) {
		if text == "reply" {
			return desk.Answer{Form: reply("Dear Sir", "en")}, nil
		}
		return desk.Answer{Say: &page}, nil
	}
	h.Fail("response_url", 1, slackpeer.Fault{Status: 404})
	seen, err := h.Person(alice).Command(deskRoom, "/tc list")
	acted(t, seen, err)
	h.until(t, "the answer in the channel", func() bool { return len(h.Ephemerals(alice)) == 1 })
	h.Fail("views.open", 1, slackpeer.Fault{Code: "expired_trigger_id"})
	seen, err = h.Person(alice).Command(deskRoom, "/tc reply")
	acted(t, seen, err)
	h.until(t, "words about the window", func() bool { return len(h.Ephemerals(alice)) == 2 })
	if got := slackpeer.Picture(h.Ephemerals(alice)[1]); !strings.Contains(got, "try again later") {
		t.Error(got)
	}
}

// The actions of one person in one place are performed in order. Other people do not wait for
// them.
func TestActsOfOnePersonAreDoneInOrder(t *testing.T) {
	h := open(t, slackpeer.Options{})
	impatient(h)
	h.overSocket(t)
	slow := make(gate)
	var mu sync.Mutex
	var done []string
	h.desk.command = func(ctx context.Context, by bot.Colleague, text string) (desk.Answer, error) {
		if text == "first" {
			if err := slow.pass(ctx); err != nil {
				return desk.Answer{}, err
			}
		}
		mu.Lock()
		defer mu.Unlock()
		done = append(done, by.Name+" "+text)
		page := said(text)
		return desk.Answer{Say: &page}, nil
	}
	for _, text := range []string{"first", "second", "third"} {
		seen, err := h.Person(alice).Command(deskRoom, "/tc "+text)
		acted(t, seen, err)
	}
	seen, err := h.Person(boris).Command(deskRoom, "/tc now")
	acted(t, seen, err)
	served := func(acts int) func() bool {
		return func() bool { mu.Lock(); defer mu.Unlock(); return len(done) == acts }
	}
	h.until(t, "Boris is served", served(1))
	close(slow)
	h.until(t, "Alice is served", served(4))
	if want := []string{"Boris Brandt now", "Alice Arnaud first", "Alice Arnaud second", "Alice Arnaud third"}; !slices.Equal(done, want) {
		t.Errorf("done %q", done)
	}
}
