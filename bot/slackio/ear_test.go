package slackio_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/slackpeer"
	"verbale/routing"
)

// question is a card with a button, a menu and a list.
var question = desk.Page{Title: "Kyrgyzstan", Blocks: []desk.Block{
	desk.Buttons{Buttons: []desk.Button{
		{Label: "Accept", Press: desk.Press{Name: desk.PressAccept, Reference: "TC-2026-00042", Revision: 3, Value: "a&b<c>|%"}},
	}},
	desk.Row{Title: "More", Menu: []desk.Button{{Label: "History", Press: desk.Press{Name: desk.PressHistory, Reference: "TC-2026-00042"}}}},
	desk.Choose{Press: desk.Press{Name: desk.PressAssign, Reference: "TC-2026-00042", Revision: 3}, Label: "Assign", Options: []desk.Option{{Value: "ra-<energy>", Label: "Energy"}}},
}}

func TestAPressComesBackAsItWasShown(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		var got []desk.Press
		h.desk.press = func(_ context.Context, by bot.Colleague, p desk.Press) (desk.Answer, error) {
			got = append(got, p)
			if by.ID != "alice@desk.example" || by.Name != "Alice Arnaud" || !by.Has(routing.RoleTriage) {
				t.Errorf("acted: %+v", by)
			}
			page := said("noted")
			return desk.Answer{Say: &page}, nil
		}
		card := h.shown(t, question)
		a := h.Person(alice)
		seen, err := a.Press(card, desk.PressAccept)
		acted(t, seen, err)
		h.until(t, "an answer to the press", func() bool { return len(h.Ephemerals(alice)) == 1 })
		seen, err = a.Select(card, "menu", "history|TC-2026-00042|0|")
		acted(t, seen, err)
		h.until(t, "an answer to the menu", func() bool { return len(h.Ephemerals(alice)) == 2 })
		seen, err = a.Select(card, "assign|TC-2026-00042|3|", "ra-%3Cenergy%3E")
		acted(t, seen, err)
		h.until(t, "an answer to the list", func() bool { return len(h.Ephemerals(alice)) == 3 })
		want := []desk.Press{
			{Name: desk.PressAccept, Reference: "TC-2026-00042", Revision: 3, Value: "a&b<c>|%"},
			{Name: desk.PressHistory, Reference: "TC-2026-00042"},
			{Name: desk.PressAssign, Reference: "TC-2026-00042", Revision: 3, Value: "ra-<energy>"},
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %+v", got)
		}
	})
}

// reply returns a form whose text depends on the chosen language.
func reply(text, language string) *desk.Form {
	return &desk.Form{
		Name: desk.FormReply, Press: desk.Press{Name: desk.PressReply, Reference: "TC-2026-00042"}, State: map[string]string{"purpose": "answer"},
		Title: "Reply", Submit: "Preview", Blocks: []desk.Block{
			desk.Input{ID: "language", Label: "Language", Kind: desk.InputChoice, Redraws: true, Initial: []string{language},
				Options: []desk.Option{{Value: "en", Label: "English"}, {Value: "fr", Label: "French"}}},
			desk.Input{ID: "text", Label: "Text", Kind: desk.InputText, Initial: []string{text}},
			desk.Input{ID: "cc", Label: "Copy", Kind: desk.InputSearchN, Optional: true},
			desk.Input{ID: "by", Label: "By", Kind: desk.InputDate, Optional: true},
		},
	}
}

func TestAFormIsFilledInRedrawnCorrectedAndSent(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
			return desk.Answer{Form: reply("Dear Sir", "en")}, nil
		}
		h.desk.change = func(_ context.Context, f desk.Form, v desk.Values) (desk.Answer, error) {
			if f.State["purpose"] != "answer" || v.First("language") != "fr" || v.First("text") != "Dear Sir" {
				t.Errorf("changed: %+v, %+v", f, v)
			}
			return desk.Answer{Form: reply("Monsieur", "fr")}, nil
		}
		h.desk.options = func(_ context.Context, input, typed string) ([]desk.Option, error) {
			return []desk.Option{{Value: input + ":" + typed, Label: "found"}}, nil
		}
		var sent []desk.Values
		h.desk.submit = func(_ context.Context, f desk.Form, v desk.Values) (desk.Answer, error) {
			sent = append(sent, v)
			if len(sent) == 1 {
				return desk.Answer{Errors: map[string]string{"by": "This day is over."}}, nil
			}
			return desk.Answer{}, nil
		}
		a := h.Person(alice)
		seen, err := a.Command(deskRoom, "/tc reply 42")
		acted(t, seen, err)
		h.until(t, "the form", func() bool { _, open := h.Modal(alice); return open })
		first, _ := h.Modal(alice)
		seen, err = a.Select(first, "value", "fr")
		acted(t, seen, err)
		h.until(t, "the form in French", func() bool { v, _ := h.Modal(alice); return strings.Contains(slackpeer.Picture(v), "Monsieur") })

		french, _ := h.Modal(alice)
		suggestion, err := a.Suggest(atBlock(t, french, "cc"), "value", "ali")
		if acted(t, suggestion, err); len(suggestion.Options) != 1 || suggestion.Options[0].Value != "cc:ali" {
			t.Errorf("offered %q", suggestion.Options)
		}
		seen, err = a.Submit(map[string]any{"by": "2026-01-05", "cc": []string{"cc:ali"}})
		if acted(t, seen, err); seen.Errors["by"] == "" {
			t.Errorf("errors: %v", seen.Errors)
		}
		seen, err = a.Submit(map[string]any{"by": "2026-12-05"})
		if acted(t, seen, err); seen.Modal != nil {
			t.Error("the form is still open")
		}
		want := desk.Values{"language": {"fr"}, "text": {"Monsieur"}, "cc": {"cc:ali"}, "by": {"2026-12-05"}}
		if got := sent[1]; !equalValues(got, want) {
			t.Errorf("sent %v", got)
		}
	})
}

// atBlock narrows a view to one block, so that its only element is used.
func atBlock(t *testing.T, v slackpeer.View, id string) slackpeer.View {
	t.Helper()
	for _, b := range blocksOf(t, v.Blocks) {
		if strings.HasPrefix(b.ID, id) {
			v.Blocks = encoded(t, []any{b.Raw})
			return v
		}
	}
	t.Fatalf("no block %s", id)
	return v
}

func equalValues(a, b desk.Values) bool {
	if len(a) != len(b) {
		return false
	}
	for id := range a {
		if !slices.Equal(a[id], b[id]) {
			return false
		}
	}
	return true
}

func TestShortcutsQuoteTheMessage(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		var quoted *desk.Quoted
		h.desk.shortcut = func(name string, m *desk.Quoted) (desk.Answer, error) {
			quoted = m
			return desk.Answer{Form: &desk.Form{Name: name, Title: name, Submit: "Keep", Blocks: []desk.Block{
				desk.Input{ID: "text", Label: "Text", Kind: desk.InputText}}}}, nil
		}
		posted, err := h.Person(boris).Post(deskRoom, "call with <https://energy.example|the ministry> &amp; UNDP")
		if err != nil {
			t.Fatal(err)
		}
		seen, err := h.Person(alice).MessageShortcut("log", posted.Posted)
		acted(t, seen, err)
		h.until(t, "the form", func() bool { _, open := h.Modal(alice); return open })
		if quoted.Text != "call with the ministry (https://energy.example) & UNDP" || quoted.Author != "Boris Brandt" || quoted.Link == "" {
			t.Errorf("quoted %+v", quoted)
		}
		seen, err = h.Person(boris).Shortcut("new")
		acted(t, seen, err)
		h.until(t, "the other form", func() bool { _, open := h.Modal(boris); return open })
		if quoted != nil {
			t.Errorf("quoted %+v", quoted)
		}
	})
}

func TestTheHomeTabIsDrawnWhenItIsOpened(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		seen, err := h.Person(alice).OpenHome()
		acted(t, seen, err)
		h.until(t, "the home tab", func() bool {
			v, ok := h.Home(alice)
			return ok && strings.Contains(slackpeer.Picture(v), "home of Alice Arnaud")
		})
	})
}

// An order redraws the home tab of the person who gave it, if they have opened it.
func TestAnOrderRedrawsTheHomeTabThatIsOpen(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) { return desk.Answer{Home: true}, nil }
		published := func() int { return len(h.Calls("views.publish")) }
		seen, err := h.Person(boris).Command(deskRoom, "/tc accept 41")
		acted(t, seen, err)
		seen, err = h.Person(alice).OpenHome()
		acted(t, seen, err)
		h.until(t, "the home tab", func() bool { return published() == 1 })
		seen, err = h.Person(alice).Command(deskRoom, "/tc accept 42")
		acted(t, seen, err)
		h.until(t, "the home tab anew", func() bool { return published() == 2 })
		if _, drawn := h.Home(boris); drawn {
			t.Error("a home tab was drawn that nobody looks at")
		}
	})
}

func TestWordsToTheAppAreAnsweredWithHelpAlone(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.command = func(_ context.Context, _ bot.Colleague, text string) (desk.Answer, error) {
			page := said("help for " + text)
			return desk.Answer{Say: &page}, nil
		}
		direct := h.Direct(alice)
		for i, say := range []func() (slackpeer.Seen, error){
			func() (slackpeer.Seen, error) {
				return h.Person(alice).Post(deskRoom, "<@"+slackpeer.BotUser+"> close 42")
			},
			func() (slackpeer.Seen, error) { return h.Person(alice).Post(direct, "close 42") },
		} {
			seen, err := say()
			acted(t, seen, err)
			h.until(t, "help", func() bool { return len(h.Ephemerals(alice)) == i+1 })
		}
		if _, err := h.Person(alice).Post(deskRoom, "close 42"); err != nil {
			t.Fatal(err)
		}
		if got := h.Ephemerals(alice); len(got) != 2 || !strings.Contains(slackpeer.Picture(got[1]), "help for help") {
			t.Errorf("answered %d times", len(got))
		}
	})
}

func TestAnswersAreSharedWhereOneAskedForThat(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
			page := said("3 open requests")
			return desk.Answer{Say: &page, Shared: true}, nil
		}
		seen, err := h.Person(alice).Command(deskRoom, "/tc list share")
		acted(t, seen, err)
		h.until(t, "the list in the channel", func() bool { return len(h.Messages(deskRoom)) == 1 })
	})
}

func TestARefusalIsExplainedToThePersonAlone(t *testing.T) {
	inBothModes(t, func(t *testing.T, h *fixture) {
		h.desk.press = func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) {
			return desk.Answer{}, &bot.Refusal{Phrase: "refused.role"}
		}
		h.desk.submit = func(context.Context, desk.Form, desk.Values) (desk.Answer, error) {
			return desk.Answer{}, errors.New("store is down")
		}
		card := h.shown(t, question)
		seen, err := h.Person(boris).Press(card, desk.PressAccept)
		acted(t, seen, err)
		h.until(t, "the refusal", func() bool { return len(h.Ephemerals(boris)) == 1 })
		if got := slackpeer.Picture(h.Ephemerals(boris)[0]); !strings.Contains(got, "explained: refused.role") {
			t.Error(got)
		}
		h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
			return desk.Answer{Form: reply("Dear Sir", "en")}, nil
		}
		seen, err = h.Person(boris).Command(deskRoom, "/tc reply 42")
		acted(t, seen, err)
		h.until(t, "the form", func() bool { _, open := h.Modal(boris); return open })
		seen, err = h.Person(boris).Submit(map[string]any{"text": "My long answer"})
		if acted(t, seen, err); !strings.Contains(seen.Errors["language"], "try again later") || seen.Modal == nil {
			t.Errorf("the form shows %v", seen.Errors)
		}
	})
}

func TestWhoIsNobodyOfTheHouseSeesNothing(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.overSocket(t)
	card := h.shown(t, question)
	seen, err := h.Person(stranger).Press(card, desk.PressAccept)
	acted(t, seen, err)
	h.until(t, "the refusal", func() bool { return len(h.Ephemerals(stranger)) == 1 })
	if len(h.desk.asked()) != 0 {
		t.Error("the desk was asked")
	}
	seen, err = h.Person(stranger).OpenHome()
	acted(t, seen, err)
	h.until(t, "the home tab", func() bool {
		v, ok := h.Home(stranger)
		return ok && strings.Contains(slackpeer.Picture(v), "refused.stranger")
	})
}
