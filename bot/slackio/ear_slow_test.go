package slackio_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/slackpeer"
)

// A gate blocks the desk until it is closed.
type gate chan struct{}

func (g gate) pass(ctx context.Context) error {
	select {
	case <-g:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// modalShows waits until the modal of a person contains the words.
func (h *fixture) modalShows(t *testing.T, user, words string) slackpeer.View {
	t.Helper()
	var v slackpeer.View
	h.until(t, "a window that shows "+words, func() bool {
		var open bool
		v, open = h.Modal(user)
		return open && strings.Contains(slackpeer.Picture(v), words)
	})
	return v
}

func TestWhatIsSlowOpensAWindowThatIsFilledLater(t *testing.T) {
	page := said("all of it")
	for name, c := range map[string]struct {
		answer desk.Answer
		shows  string
	}{
		"form":    {desk.Answer{Form: reply("Dear Sir", "en")}, "Dear Sir"},
		"page":    {desk.Answer{Say: &page}, "all of it"},
		"nothing": {desk.Answer{}, "Done."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // the cases wait for time limits of Slack
			inBothModes(t, func(t *testing.T, h *fixture) {
				slow := make(gate)
				h.desk.press = func(ctx context.Context, _ bot.Colleague, _ desk.Press) (desk.Answer, error) {
					return c.answer, slow.pass(ctx)
				}
				seen, err := h.Person(alice).Press(h.shown(t, question), desk.PressAccept)
				acted(t, seen, err)
				h.modalShows(t, alice, "longer than usual")
				close(slow)
				h.modalShows(t, alice, c.shows)
			}, impatient)
		})
	}
}

func TestAWindowThatWasClosedMeanwhileLosesNoAnswer(t *testing.T) {
	h := open(t, slackpeer.Options{})
	impatient(h)
	h.overSocket(t)
	slow, page := make(gate), said("all of it")
	h.desk.command = func(ctx context.Context, _ bot.Colleague, _ string) (desk.Answer, error) {
		return desk.Answer{Say: &page}, slow.pass(ctx)
	}
	seen, err := h.Person(alice).Command(deskRoom, "/tc list")
	acted(t, seen, err)
	h.modalShows(t, alice, "longer than usual")
	if _, err := h.Person(alice).CloseModal(true); err != nil {
		t.Fatal(err)
	}
	close(slow)
	h.until(t, "the answer", func() bool { return len(h.Ephemerals(alice)) == 1 })
}

// A person whose action does not finish in time is told so.
func TestWhatTakesTooLongIsToldToWhoWaits(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.command = func(ctx context.Context, _ bot.Colleague, _ string) (desk.Answer, error) {
			return desk.Answer{}, make(gate).pass(ctx)
		}
		seen, err := h.Person(alice).Command(deskRoom, "/tc list")
		acted(t, seen, err)
		h.until(t, "word of the failure", func() bool { return len(h.Ephemerals(alice)) == 1 })
		if told := slackpeer.Picture(h.Ephemerals(alice)[0]); !strings.Contains(told, "try again later") {
			t.Errorf("told %s", told)
		}
	}, func(h *fixture) { h.limit = time.Second })
}

// filling opens the form and submits it while the desk is blocked.
func filling(t *testing.T, h *fixture, answer func() (desk.Answer, error)) gate {
	t.Helper()
	slow := make(gate)
	h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
		return desk.Answer{Form: reply("Dear Sir", "en")}, nil
	}
	h.desk.submit = func(ctx context.Context, _ desk.Form, _ desk.Values) (desk.Answer, error) {
		if err := slow.pass(ctx); err != nil {
			return desk.Answer{}, err
		}
		return answer()
	}
	seen, err := h.Person(alice).Command(deskRoom, "/tc reply 42")
	acted(t, seen, err)
	h.modalShows(t, alice, "Dear Sir")
	seen, err = h.Person(alice).Submit(map[string]any{"text": "My long answer", "by": "2026-12-05"})
	if acted(t, seen, err); seen.Action != "update" {
		t.Errorf("answered with %q", seen.Action)
	}
	h.modalShows(t, alice, "longer than usual")
	return slow
}

func TestASlowSubmissionIsAnsweredInItsWindow(t *testing.T) {
	page := said("sent at 10:00")
	for name, c := range map[string]struct {
		answer desk.Answer
		err    error
		shows  []string
	}{
		"nothing more":        {desk.Answer{}, nil, []string{"Done."}},
		"a page":              {desk.Answer{Say: &page}, nil, []string{"sent at 10:00"}},
		"the next window":     {desk.Answer{Form: reply("Next", "en")}, nil, []string{"Next"}},
		"the same, corrected": {desk.Answer{Errors: map[string]string{"by": "This day is over."}}, nil, []string{"This day is over.", "My long answer", "2026-12-05"}},
		"the same, refused":   {desk.Answer{}, &bot.Refusal{Phrase: "refused.meanwhile"}, []string{"refused.meanwhile", "My long answer"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // the cases wait for time limits of Slack
			inBothModes(t, func(t *testing.T, h *fixture) {
				slow := filling(t, h, func() (desk.Answer, error) { return c.answer, c.err })
				close(slow)
				for _, words := range c.shows {
					h.modalShows(t, alice, words)
				}
			}, impatient)
		})
	}
}

// Slack ignores an acknowledgement that is too large, without an error. A large window is
// therefore sent after the acknowledgement.
func TestAWindowTooLargeForAnAcknowledgementComesAfterIt(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
			return desk.Answer{Form: reply("Dear Sir", "en")}, nil
		}
		h.desk.submit = func(context.Context, desk.Form, desk.Values) (desk.Answer, error) {
			page := desk.Page{Title: "Letter", Blocks: []desk.Block{desk.Quote{Text: strings.Repeat("The Ministry asks. ", 3000)}}}
			return desk.Answer{Say: &page}, nil
		}
		seen, err := h.Person(alice).Command(deskRoom, "/tc reply 42")
		acted(t, seen, err)
		h.modalShows(t, alice, "Dear Sir")
		seen, err = h.Person(alice).Submit(nil)
		acted(t, seen, err)
		h.modalShows(t, alice, "The Ministry asks.")
	})
}

func TestASlowSearchOffersNothing(t *testing.T) {
	h := open(t, slackpeer.Options{})
	impatient(h)
	h.overSocket(t)
	h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
		return desk.Answer{Form: reply("Dear Sir", "en")}, nil
	}
	h.desk.options = func(ctx context.Context, _, _ string) ([]desk.Option, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	seen, err := h.Person(alice).Command(deskRoom, "/tc reply 42")
	acted(t, seen, err)
	form := h.modalShows(t, alice, "Dear Sir")
	seen, err = h.Person(alice).Suggest(atBlock(t, form, "cc"), "value", "ali")
	if acted(t, seen, err); len(seen.Options) != 0 {
		t.Errorf("offered %v", seen.Options)
	}
}

func TestManyOptionsFitIntoAnAcknowledgement(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.overSocket(t)
	h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
		return desk.Answer{Form: reply("Dear Sir", "en")}, nil
	}
	h.desk.options = func(context.Context, string, string) (all []desk.Option, err error) {
		for i := range 500 {
			all = append(all, desk.Option{Value: strings.Repeat("v", 140) + string(rune('a'+i%26)) + string(rune('a'+i/26)), Label: strings.Repeat("ж", 100)})
		}
		return all, nil
	}
	seen, err := h.Person(alice).Command(deskRoom, "/tc reply 42")
	acted(t, seen, err)
	form := h.modalShows(t, alice, "Dear Sir")
	seen, err = h.Person(alice).Suggest(atBlock(t, form, "cc"), "value", "v")
	if acted(t, seen, err); len(seen.Options) < 20 {
		t.Errorf("offered %d", len(seen.Options))
	}
}
