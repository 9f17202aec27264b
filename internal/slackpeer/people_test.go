package slackpeer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"verbale/internal/slackpeer"
)

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// card returns a message with two buttons.
func card(ref string) []slack.Block {
	accept := slack.NewButtonBlockElement("accept", ref, plainText("Accept"))
	return []slack.Block{
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "*"+ref+"*", false, false), nil, nil),
		slack.NewActionBlock("", accept, slack.NewButtonBlockElement("decline", ref, plainText("Decline"))),
	}
}

// form returns a modal with a required field, a menu with an initial option, and a field with
// dispatch_action.
func form() slack.ModalViewRequest {
	option := func(v string) *slack.OptionBlockObject {
		return slack.NewOptionBlockObject(v, plainText(strings.ToUpper(v)), nil)
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("Division"), "division", option("trade"), option("forests"))
	menu.InitialOption = option("trade")
	query := slack.NewInputBlock("query", plainText("Search"), nil, slack.NewPlainTextInputBlockElement(nil, "typed"))
	query.DispatchAction, query.Optional = true, true
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "correct", PrivateMetadata: "TC-2026-00001", NotifyOnClose: true,
		Title: plainText("Correct"), Submit: plainText("Save"), Close: plainText("Cancel"),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("reason", plainText("Reason"), nil, slack.NewPlainTextInputBlockElement(nil, "text")),
			slack.NewInputBlock("where", plainText("Division"), nil, menu),
			query,
		}},
	}
}

func TestAButtonOpensAModalThatIsCorrectedAndSubmitted(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	var submitted map[string]map[string]slack.BlockAction
	var a *app
	a = runApp(t, peer, map[string]func(socketmode.Event) any{
		"block_actions": func(e socketmode.Event) any {
			if action := interaction(e).ActionCallback.BlockActions[0]; action.ActionID == "accept" && action.Value == "TC-2026-00001" {
				if _, err := a.OpenView(interaction(e).TriggerID, form()); err != nil {
					t.Error(err)
				}
			}
			return nil
		},
		"view_submission": func(e socketmode.Event) any {
			submitted = interaction(e).View.State.Values
			if submitted["reason"]["text"].Value == "short" {
				return slack.NewErrorsViewSubmissionResponse(map[string]string{"reason": "Say more"})
			}
			return nil
		},
	})
	_, ts, err := a.PostMessage(desk, slack.MsgOptionBlocks(card("TC-2026-00001")...), slack.MsgOptionText("TC-2026-00001", false))
	if err != nil {
		t.Fatal(err)
	}
	message, _ := peer.Message(desk, ts)
	person := peer.Person(alice)

	seen, err := person.Press(message, "accept")
	if err != nil || !seen.Acked || seen.Modal == nil || seen.Modal.CallbackID != "correct" {
		t.Fatalf("pressing gave %+v, %v", seen, err)
	}
	if _, err := person.Submit(nil); err == nil {
		t.Error("a field that must be filled in was left empty, and no one minded")
	}
	seen, err = person.Submit(map[string]any{"reason": "short", "where": "forests"})
	if err != nil || seen.Action != "errors" || seen.Errors["reason"] != "Say more" || seen.Modal == nil {
		t.Fatalf("submitting gave %+v, %v", seen, err)
	}
	seen, err = person.Submit(map[string]any{"reason": "because of forests"})
	if err != nil || seen.Notice != "" || seen.Modal != nil {
		t.Fatalf("submitting again gave %+v, %v", seen, err)
	}
	if got := submitted["where"]["division"].SelectedOption.Value; got != "forests" {
		t.Errorf("the division submitted is %q", got)
	}
	if got := submitted["query"]["typed"]; got.Type != "plain_text_input" || got.Value != "" {
		t.Errorf("an empty field was submitted as %+v", got)
	}
}

// BenchmarkAnActIsAcknowledged measures the time that the peer itself needs for an interaction.
func BenchmarkAnActIsAcknowledged(b *testing.B) {
	peer := start(b, slackpeer.Options{})
	runApp(b, peer, nil)
	person := peer.Person(alice)
	for b.Loop() {
		if seen, err := person.Command(desk, "/tc help"); err != nil || !seen.Acked {
			b.Fatalf("the command gave %+v, %v", seen, err)
		}
	}
}

func TestACommandIsAnswered(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	runApp(t, peer, map[string]func(socketmode.Event) any{
		"/tc": func(e socketmode.Event) any {
			if command := e.Data.(slack.SlashCommand); command.Text != "list mine" || command.ChannelID != desk || command.UserID != alice {
				t.Errorf("the command came as %+v", command)
			}
			return map[string]any{"text": "Nothing is open"}
		},
	})
	seen, err := peer.Person(alice).Command(desk, "/tc list mine")
	if err != nil || len(seen.Messages) != 1 || seen.Messages[0].Text != "Nothing is open" {
		t.Fatalf("the command gave %+v, %v", seen, err)
	}
	if got := peer.Ephemerals(boris); len(got) != 0 {
		t.Errorf("another person saw %+v", got)
	}
}

func TestTheAppHearsWhatPeopleSay(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	a := runApp(t, peer, nil)
	person := peer.Person(alice)
	seen, err := person.Post(desk, "good morning <@"+slackpeer.BotUser+">")
	if err != nil || !seen.Acked {
		t.Fatalf("posting gave %+v, %v", seen, err)
	}
	if _, err := person.Reply(seen.Posted, "and to you"); err != nil {
		t.Fatal(err)
	}
	if _, err := person.Post(aside, "not for the app"); err != nil {
		t.Fatal(err)
	}
	if _, err := person.React(seen.Posted, "eyes"); err != nil {
		t.Fatal(err)
	}
	if _, err := person.OpenHome(); err != nil {
		t.Fatal(err)
	}
	want := []string{"message", "app_mention", "message", "reaction_added", "app_home_opened"}
	if got := a.received(); !slices.Equal(got, want) {
		t.Errorf("the app heard %v, want %v", got, want)
	}
}
