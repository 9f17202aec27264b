package slackpeer_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"verbale/internal/slackpeer"
)

// routing returns a message with a menu and a button, like that for choosing a division.
func routing() slack.MsgOption {
	option := slack.NewOptionBlockObject("trade", plainText("Trade"), nil)
	search := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plainText("Find"), "find")
	return blocksOf(
		slack.NewActionBlock("route",
			slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("Division"), "division", option),
			slack.NewButtonBlockElement("apply", "", plainText("Apply"))),
		slack.NewActionBlock("search", search))
}

func TestAChoiceInAMessageGoesWithTheButton(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	var chosen []string
	a := runApp(t, peer, map[string]func(socketmode.Event) any{
		"block_actions": func(e socketmode.Event) any {
			state := interaction(e).BlockActionState.Values["route"]["division"]
			chosen = append(chosen, interaction(e).User.ID+" "+state.SelectedOption.Value)
			return nil
		},
	})
	_, ts, err := a.PostMessage(desk, routing())
	if err != nil {
		t.Fatal(err)
	}
	m, _ := peer.Message(desk, ts)
	if _, err := peer.Person(alice).Select(m, "division", "trade"); err != nil {
		t.Fatal(err)
	}
	for _, user := range []string{alice, boris} {
		if _, err := peer.Person(user).Press(m, "apply"); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(chosen, ", "); got != alice+" trade, "+alice+" trade, "+boris+" " {
		t.Errorf("the app saw %q", got)
	}
}

func TestTheAppOffersOptions(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	var picked string
	a := runApp(t, peer, map[string]func(socketmode.Event) any{
		"block_suggestion": func(e socketmode.Event) any {
			return slack.OptionsResponse{Options: []*slack.OptionBlockObject{
				slack.NewOptionBlockObject("ra-"+interaction(e).Value, plainText("Adviser"), nil),
			}}
		},
		"block_actions": func(e socketmode.Event) any {
			picked = interaction(e).ActionCallback.BlockActions[0].SelectedOption.Value
			return nil
		},
	})
	_, ts, err := a.PostMessage(desk, routing())
	if err != nil {
		t.Fatal(err)
	}
	m, _ := peer.Message(desk, ts)
	person := peer.Person(alice)
	if _, err := person.Select(m, "find", "ra-trade"); err == nil {
		t.Error("an option was chosen that nobody offered")
	}
	seen, err := person.Suggest(m, "find", "trade")
	if err != nil || len(seen.Options) != 1 || seen.Options[0] != (slackpeer.Option{Label: "Adviser", Value: "ra-trade"}) {
		t.Fatalf("searching gave %+v, %v", seen, err)
	}
	if _, err := person.Select(m, "find", "ra-trade"); err != nil || picked != "ra-trade" {
		t.Errorf("the app saw %q, %v", picked, err)
	}
}

func TestAButtonThatWasRedrawnCanStillBePressed(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	var shown string
	a := runApp(t, peer, map[string]func(socketmode.Event) any{
		"block_actions":  func(e socketmode.Event) any { shown = interaction(e).Message.Text; return nil },
		"message_action": func(e socketmode.Event) any { shown = "shortcut on " + interaction(e).Message.Text; return nil },
	})
	_, ts, err := a.PostMessage(desk, text("before"), blocksOf(card("TC-2026-00001")...))
	if err != nil {
		t.Fatal(err)
	}
	before, _ := peer.Message(desk, ts)
	if _, _, _, err := a.UpdateMessage(desk, ts, text("after")); err != nil {
		t.Fatal(err)
	}
	if _, err := peer.Person(boris).Press(before, "accept"); err != nil || shown != "after" {
		t.Errorf("the app was shown %q, %v", shown, err)
	}
	if _, err := peer.Person(boris).MessageShortcut("log", before); err != nil || shown != "shortcut on after" {
		t.Errorf("the app was shown %q, %v", shown, err)
	}
}

func TestPeopleCannotDoWhatTheyCannotSee(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api, next := client(peer), triggers(t, peer)
	_, ts, err := api.PostMessage(desk, routing())
	if err != nil {
		t.Fatal(err)
	}
	m, _ := peer.Message(desk, ts)
	person, stranger := peer.Person(alice), peer.Person("U0000NONE")
	if _, err := api.OpenView(next(), form()); err != nil {
		t.Fatal(err)
	}
	modal, _ := peer.Modal(alice)
	deliveries := len(peer.Deliveries())
	errorOf := func(_ slackpeer.Seen, err error) error { return err }
	for what, err := range map[string]error{
		"no such button":             errorOf(person.Press(m, "dance")),
		"a menu is no button":        errorOf(person.Press(m, "division")),
		"a button is no menu":        errorOf(person.Select(m, "apply", "trade")),
		"a button without the value": errorOf(person.Press(m, "apply", "other")),
		"no such option":             errorOf(person.Select(m, "division", "forests")),
		"two of one":                 errorOf(person.Select(m, "division", "trade", "trade")),
		"another's modal":            errorOf(peer.Person(boris).Select(modal, "text", "hello")),
		"no modal":                   errorOf(peer.Person(boris).Submit(nil)),
		"closing no modal":           errorOf(peer.Person(boris).CloseModal(false)),
		"a field that is not there":  errorOf(person.Submit(map[string]any{"none": "x"})),
		"a field of another form":    errorOf(person.Submit(map[string]any{"reason": 7})),
		"a hidden channel":           errorOf(person.Post(room, "hello")),
		"a channel from outside":     errorOf(peer.Person(boris).Post(aside, "hello")),
		"an archived channel":        errorOf(person.Post(attic, "hello")),
		"no command":                 errorOf(person.Command(desk, "tc list")),
		"a stranger":                 errorOf(stranger.Command(desk, "/tc list")),
		"a stranger's words":         errorOf(stranger.Post(desk, "hello")),
		"a reaction to nothing":      errorOf(person.React(slackpeer.Message{Channel: desk, TS: "1"}, "eyes")),
		"a shortcut on nothing":      errorOf(person.MessageShortcut("log", slackpeer.Message{Channel: desk, TS: "1"})),
	} {
		if err == nil {
			t.Errorf("%s: it was done", what)
		}
	}
	if got := len(peer.Deliveries()); got != deliveries {
		t.Errorf("the app heard of %d of it", got-deliveries)
	}
}

func TestControlsAndPicturesShowWhatPeopleSee(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api := client(peer)
	_, ts, err := api.PostMessage(desk, text("a card"), routing())
	if err != nil {
		t.Fatal(err)
	}
	if err := post(api, desk, text("a note"), slack.MsgOptionTS(ts)); err != nil {
		t.Fatal(err)
	}
	m, _ := peer.Message(desk, ts)
	controls := slackpeer.Controls(m)
	if len(controls) != 3 || controls[0].Label != "Division" || controls[0].Options[0].Label != "Trade" || controls[1].Label != "Apply" {
		t.Errorf("the controls are %+v", controls)
	}
	picture := peer.PictureChannel(desk)
	if !strings.Contains(picture, "Apply") || !strings.Contains(picture, "\n    Verbale:\n    a note") {
		t.Errorf("the channel looks like\n%s", picture)
	}
}

func TestWhatASelectHeldAtFirstCanBeKept(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	a := runApp(t, peer, nil)
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plainText("Adviser"), "find")
	menu.InitialOption = slack.NewOptionBlockObject("ra-trade", plainText("Trade"), nil)
	_, ts, err := a.PostMessage(desk, slack.MsgOptionText("Who?", false), slack.MsgOptionBlocks(slack.NewActionBlock("", menu)))
	if err != nil {
		t.Fatal(err)
	}
	m, _ := peer.Message(desk, ts)
	if _, err := peer.Person(alice).Select(m, "find", "ra-trade"); err != nil {
		t.Error(err)
	}
	if _, err := peer.Person(alice).Select(m, "find", "ra-statistics"); err == nil {
		t.Error("an option was chosen that nobody offered")
	}
}
