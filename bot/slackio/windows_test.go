package slackio_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/slackpeer"
)

// record returns the form of a record, with a button.
func record(text string) *desk.Form {
	return &desk.Form{
		Name: desk.FormRecord, Press: desk.Press{Name: desk.PressOpen, Reference: "TC-2026-00042"}, Title: "Record", Submit: "Close it",
		Blocks: []desk.Block{
			desk.Paragraph{Text: text},
			desk.Buttons{Buttons: []desk.Button{{Label: "Accept", Press: desk.Press{Name: desk.PressAccept}}}},
		},
	}
}

// opened opens a record in a modal for Alice.
func opened(t *testing.T, h *fixture) slackpeer.View {
	t.Helper()
	h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
		return desk.Answer{Form: record("assigned")}, nil
	}
	seen, err := h.Person(alice).Command(deskRoom, "/tc show 42")
	acted(t, seen, err)
	return h.modalShows(t, alice, "assigned")
}

func TestAWindowShowsWhatAPressInItChanged(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.press = func(_ context.Context, _ bot.Colleague, p desk.Press) (desk.Answer, error) {
			if p.Name == desk.PressOpen {
				return desk.Answer{Form: record("accepted")}, nil
			}
			return desk.Answer{Home: true}, nil
		}
		seen, err := h.Person(alice).Press(opened(t, h), desk.PressAccept)
		acted(t, seen, err)
		h.modalShows(t, alice, "accepted")
		if got := h.desk.asked(); len(distinct(got)) != 3 {
			t.Errorf("orders %q", got)
		}
	})
}

func TestAFormLiesOverTheOneFromWhichItCame(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) {
			over := record("the letter")
			over.Over = true
			return desk.Answer{Form: over}, nil
		}
		h.desk.submit = func(context.Context, desk.Form, desk.Values) (desk.Answer, error) { return desk.Answer{}, nil }
		below := opened(t, h)
		for i := range 3 { // Slack shows at most three modals
			top, _ := h.Modal(alice)
			seen, err := h.Person(alice).Press(top, desk.PressAccept)
			acted(t, seen, err)
			h.until(t, "the windows", func() bool { return len(h.Modals(alice)) == min(i+2, 3) })
		}
		h.modalShows(t, alice, "the letter")
		if h.Modals(alice)[0].ID != below.ID {
			t.Error("the first window is gone")
		}
		seen, err := h.Person(alice).Submit(nil)
		if acted(t, seen, err); len(h.Modals(alice)) != 0 {
			t.Errorf("%d windows are open after what was sent in last", len(h.Modals(alice)))
		}
	})
}

func TestAFailureLiesOverWhatWasFilledIn(t *testing.T) {
	h := open(t, slackpeer.Options{}).overSocket(t)
	h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) {
		return desk.Answer{}, &bot.Refusal{Phrase: "refused.meanwhile"}
	}
	seen, err := h.Person(alice).Press(opened(t, h), desk.PressAccept)
	acted(t, seen, err)
	h.modalShows(t, alice, "refused.meanwhile")
	if len(h.Modals(alice)) != 2 {
		t.Error("the window with what was filled in is gone")
	}
}

func TestAListIsTurnedInItsPlace(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		pages := []desk.Page{listed("first page"), listed("second page")}
		h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
			return desk.Answer{Say: &pages[0]}, nil
		}
		h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) {
			return desk.Answer{Say: &pages[1], Replace: true}, nil
		}
		seen, err := h.Person(alice).Command(deskRoom, "/tc list")
		acted(t, seen, err)
		h.until(t, "the list", func() bool { return len(h.Ephemerals(alice)) == 1 })
		seen, err = h.Person(alice).Press(h.Ephemerals(alice)[0], desk.PressList)
		acted(t, seen, err)
		h.until(t, "the next page", func() bool {
			return slices.ContainsFunc(h.Ephemerals(alice), func(m slackpeer.Message) bool { return strings.Contains(slackpeer.Picture(m), "second page") })
		})
		if n := len(h.Ephemerals(alice)); n != 1 {
			t.Errorf("%d messages", n)
		}
	})
}

func listed(text string) desk.Page {
	p := said(text)
	p.Blocks = append(p.Blocks, desk.Buttons{Buttons: []desk.Button{{Label: "Next", Press: desk.Press{Name: desk.PressList, Value: `{"w":"a&b"}`}}}})
	return p
}

// A card that everybody sees must not be replaced by an answer for one person.
func TestACardIsNeverReplacedByAnAnswer(t *testing.T) {
	h := open(t, slackpeer.Options{}).overSocket(t)
	page := said("for one alone")
	h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) {
		return desk.Answer{Say: &page, Replace: true}, nil
	}
	card := h.shown(t, question)
	seen, err := h.Person(alice).Press(card, desk.PressAccept)
	acted(t, seen, err)
	h.until(t, "the answer", func() bool { return len(h.Ephemerals(alice)) == 1 })
	if now, _ := h.Message(card.Channel, card.TS); strings.Contains(slackpeer.Picture(now), "for one alone") {
		t.Error("the card is gone")
	}
}

func TestAPressInTheHomeTabRedrawsIt(t *testing.T) {
	h := open(t, slackpeer.Options{}).overSocket(t)
	h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) { return desk.Answer{}, nil }
	h.desk.home = listed("my work")
	seen, err := h.Person(alice).OpenHome()
	acted(t, seen, err)
	h.until(t, "the home tab", func() bool { _, ok := h.Home(alice); return ok })
	home, _ := h.Home(alice)
	h.desk.home = said("nothing to do")
	seen, err = h.Person(alice).Press(home, desk.PressList)
	acted(t, seen, err)
	h.until(t, "the home tab anew", func() bool { v, _ := h.Home(alice); return strings.Contains(slackpeer.Picture(v), "nothing to do") })
}

// When options are chosen faster than the desk answers, the window ends up showing the last
// choice.
func TestTheLastChoiceHolds(t *testing.T) {
	h := open(t, slackpeer.Options{})
	impatient(h)
	h.overSocket(t)
	slow := make(gate)
	h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
		return desk.Answer{Form: reply("Text in en", "en")}, nil
	}
	changes := 0
	h.desk.change = func(ctx context.Context, _ desk.Form, v desk.Values) (desk.Answer, error) {
		if err := slow.pass(ctx); err != nil { // do not block a test that already failed
			return desk.Answer{}, err
		}
		changes++
		return desk.Answer{Form: reply("Text in "+v.First("language"), v.First("language"))}, nil
	}
	seen, err := h.Person(alice).Command(deskRoom, "/tc reply 42")
	acted(t, seen, err)
	form := h.modalShows(t, alice, "Text in en")
	for _, language := range []string{"fr", "en", "fr"} {
		seen, err = h.Person(alice).Select(form, "value", language)
		acted(t, seen, err)
	}
	close(slow)
	h.until(t, "three changes", func() bool { return len(h.Calls("views.update")) == 3 })
	h.modalShows(t, alice, "Text in fr")
	if changes != 3 {
		t.Errorf("%d changes", changes)
	}
}
