package slackio_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
	"verbale/bot/slackio"
	"verbale/internal/golden"
	"verbale/internal/slackpeer/blockkit"
)

var english = slackio.Drawer{Language: "en"}

// page returns a page with every kind of block. All texts are words.
func page(words string) desk.Page {
	press := desk.Press{Name: "accept", Reference: "TC-2026-00042", Revision: 7, Value: words}
	button := desk.Button{Label: words, Press: press, Style: desk.StylePrimary, Confirm: words}
	return desk.Page{Title: words, Blocks: []desk.Block{
		desk.Heading{Text: words},
		desk.Paragraph{Text: words},
		desk.Paragraph{Text: words, Strong: true},
		desk.Quote{Text: words},
		desk.Facts{Facts: []desk.Fact{{Label: words, Value: words}, {Label: "Owner", Value: words}}},
		desk.Row{Title: words, Detail: words},
		desk.Row{Title: words, Detail: words, Button: &button},
		desk.Row{Title: words, Detail: words, Menu: []desk.Button{{Label: words, Press: desk.Press{Name: "open", Value: "1"}}}},
		desk.Buttons{Buttons: []desk.Button{button, button}},
		desk.Choose{Press: desk.Press{Name: "more"}, Label: words, Options: options(words)},
		desk.Rule{},
		desk.Fine{Text: words},
	}}
}

func options(words string) []desk.Option {
	return []desk.Option{{Value: "a", Label: words, Group: words}, {Value: "b", Label: words}, {Value: "b", Label: "twice"}}
}

func form(words string) desk.Form {
	f := desk.Form{Name: "reply", Title: words, Submit: "Send " + words, Close: words, Blocks: page(words).Blocks}
	for i, kind := range []desk.InputKind{
		desk.InputLine, desk.InputText, desk.InputDate, desk.InputChoice, desk.InputChoices, desk.InputSearch, desk.InputSearchN, desk.InputChecks,
	} {
		f.Blocks = append(f.Blocks, desk.Input{
			ID: fmt.Sprint(kind), Label: words, Hint: words, Kind: kind, Options: options(words),
			Initial: map[bool][]string{true: {words}, false: {"a"}}[i < 3], Redraws: true,
		})
	}
	return f
}

// acceptable checks a message against the rules of Slack, and returns the parts of it that Slack
// would interpret.
func acceptable(t *testing.T, m slackio.Message) []string {
	t.Helper()
	blocks := encoded(t, m.Blocks)
	for _, fault := range blockkit.CheckMessage(blocks, m.Text) {
		t.Errorf("Slack refuses the message: %s", fault)
	}
	return blockkit.LiveParts(blocks, m.Text)
}

func acceptableView(t *testing.T, view any) []string {
	t.Helper()
	raw := encoded(t, view)
	for _, fault := range blockkit.CheckView(raw) {
		t.Errorf("Slack refuses the view: %s", fault)
	}
	return blockkit.LivePartsOfView(raw)
}

func encoded(t *testing.T, v any) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func message(t *testing.T, p desk.Page) slackio.Message {
	t.Helper()
	m, err := english.Message(p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func window(t *testing.T, f desk.Form) slack.ModalViewRequest {
	t.Helper()
	v, err := english.Window(f)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEveryBlockIsDrawnAsSlackTakesIt(t *testing.T) {
	p, f := page("Energy efficiency in buildings"), form("Energy efficiency")
	m := message(t, p)
	acceptable(t, m)
	golden.Compare(t, "testdata/message.txt", blockkit.PictureMessage(encoded(t, m.Blocks), m.Text))
	view := window(t, f)
	acceptableView(t, view)
	golden.Compare(t, "testdata/window.txt", blockkit.PictureView(encoded(t, view)))
	home, err := english.Home(p)
	if err != nil {
		t.Fatal(err)
	}
	acceptableView(t, home)
}

// strangers are texts from outside that try to be more than plain text.
var strangers = map[string]string{
	"a call to the channel":    "<!channel> <!here> <!everyone> @here @channel @everyone <!subteam^S0123>",
	"a mention":                "<@U0123ABC> and <#C0123|general> #general",
	"a link in disguise":       "<https://evil.example/login|unece.org> [unece.org](https://evil.example) https://evil.example www.evil.example",
	"a mail address":           "write to minister@energy.example or mailto:x@y.example",
	"a scheme in any case":     "or mAilto:x",
	"formatting":               "*bold* _italic_ ~struck~ `code` ```pre``` > quote\n• list",
	"a date":                   "<!date^1392734382^{date}|February>",
	"emoji":                    ":rotating_light: :white_check_mark:",
	"right to left":            "invoice\u202Exslx.exe\u2066hidden\u2069",
	"entities":                 "&lt;!channel&gt; &amp;lt;!channel&amp;gt;",
	"control characters":       "a\x00b\x1bc\u200bd\ufeff\U000E0041",
	"a forged button":          `{"type":"button","action_id":"accept","value":"x"}`,
	"nothing":                  "   \n ",
	"broken text":              "a\xff\xfeb",
	"long words":               strings.Repeat("слово&<> ", 7000),
	"one word of great length": strings.Repeat("ж", 50_000),
}

func TestWhatComesFromOutsideStaysText(t *testing.T) {
	for name, words := range strangers {
		t.Run(name, func(t *testing.T) {
			p, f := page(words), form(words)
			withoutLongPress(p.Blocks)
			withoutLongPress(f.Blocks)
			live := acceptable(t, message(t, p))
			live = append(live, acceptableView(t, window(t, f))...)
			if len(live) > 0 {
				t.Errorf("live: %q", live)
			}
		})
	}
}

// withoutLongPress removes the words from the values of buttons, since those are never
// shortened.
func withoutLongPress(blocks []desk.Block) {
	for i, b := range blocks {
		switch b := b.(type) {
		case desk.Row:
			if b.Button != nil {
				short := *b.Button
				short.Press.Value = ""
				b.Button = &short
				blocks[i] = b
			}
		case desk.Buttons:
			for j := range b.Buttons {
				b.Buttons[j].Press.Value = ""
			}
		}
	}
}

func FuzzWordsAreNeverLive(f *testing.F) {
	for _, words := range strangers {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		p, w := page(words), form(words)
		withoutLongPress(p.Blocks)
		withoutLongPress(w.Blocks)
		if live := append(acceptable(t, message(t, p)), acceptableView(t, window(t, w))...); len(live) > 0 {
			t.Errorf("live: %q", live)
		}
	})
}

func TestWhatDoesNotFitIsLeftOutWithANote(t *testing.T) {
	var p desk.Page
	for range 300 {
		p.Blocks = append(p.Blocks, desk.Paragraph{Text: "one of many"})
	}
	m := message(t, p)
	acceptable(t, m)
	home, err := english.Home(p)
	if err != nil {
		t.Fatal(err)
	}
	acceptableView(t, home)
	for name, blocks := range map[string][]slack.Block{"message": m.Blocks, "home tab": home.Blocks.BlockSet} {
		if last := string(encoded(t, blocks[len(blocks)-1])); !strings.Contains(last, "left out") {
			t.Errorf("%s ends with %s", name, last)
		}
	}
}

func TestALetterIsWholeInAWindow(t *testing.T) {
	letter := strings.Repeat("The Ministry asks for advice. ", 2000)
	view := window(t, desk.Form{Name: "letter", Title: "Letter", Blocks: []desk.Block{desk.Quote{Text: letter}}})
	acceptableView(t, view)
	var whole []string
	for _, b := range view.Blocks.BlockSet {
		quote := b.(*slack.RichTextBlock).Elements[0].(*slack.RichTextQuote)
		whole = append(whole, quote.Elements[0].(*slack.RichTextSectionTextElement).Text)
	}
	if strings.Join(whole, " ") != strings.TrimSpace(letter) {
		t.Errorf("%d pieces do not make the letter", len(whole))
	}
}

func TestWhatCannotBeCutIsRefused(t *testing.T) {
	long := strings.Repeat("x", 4000)
	for name, draw := range map[string]func() error{
		"a press": func() error {
			_, err := english.Message(desk.Page{Blocks: []desk.Block{desk.Buttons{Buttons: []desk.Button{{Press: desk.Press{Value: long}}}}}})
			return err
		},
		"an entry of a menu": func() error {
			row := desk.Row{Title: "r", Menu: []desk.Button{{Label: "l", Press: desk.Press{Value: long[:150]}}}}
			_, err := english.Message(desk.Page{Blocks: []desk.Block{row}})
			return err
		},
		"the state of a form": func() error {
			_, err := english.Window(desk.Form{Title: "t", State: map[string]string{"draft": long}})
			return err
		},
		"an option": func() error {
			_, err := english.Window(desk.Form{Title: "t", Submit: "s", Blocks: []desk.Block{
				desk.Input{ID: "i", Label: "l", Kind: desk.InputChoice, Options: []desk.Option{{Value: long, Label: "o"}}}}})
			return err
		},
	} {
		if err := draw(); !errors.Is(err, slackio.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
