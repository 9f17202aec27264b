package slackio

import (
	"github.com/slack-go/slack"

	"verbale/bot/desk"
	"verbale/internal/phrases"
)

// Limits of a message and a view, in blocks
// (docs.slack.dev/reference/block-kit/blocks).
const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
)

// A Drawer draws pages and forms as Block Kit in one language. Texts longer than Slack allows
// are cut; if blocks are left out, a note says so. Only data that cannot be cut causes an
// error, ErrTooLarge, which is a bug of the desk.
type Drawer struct {
	Phrases  *phrases.Catalogue // nil for the default
	Language string             // ISO 639-1
}

// A Message is a page drawn as a message; Text is what notifications show of it.
type Message struct {
	Text   string
	Blocks []slack.Block
}

// options are the message in the form of the client library. Parsing, linking and unfurling
// are disabled.
func (m Message) options() []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionParse(false), slack.MsgOptionLinkNames(false), slack.MsgOptionDisableMarkdown(),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
}

// Message draws a page as a message.
func (d Drawer) Message(p desk.Page) (Message, error) {
	c := blockBuilder{Drawer: d}
	c.page(p)
	return Message{Text: notice(firstOf(p.Notice, p.Title, firstWords(p.Blocks))), Blocks: c.within(maxMessageBlocks)}, c.err
}

// Home draws a page as a home tab.
func (d Drawer) Home(p desk.Page) (slack.HomeTabViewRequest, error) {
	c := blockBuilder{Drawer: d, window: true}
	c.page(p)
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: c.within(maxViewBlocks)}}, c.err
}

// Window draws a form as a modal.
func (d Drawer) Window(f desk.Form) (slack.ModalViewRequest, error) { return d.windowOver(f, nil) }

// windowOver draws a form that replaces another one, whose fields were filled in as given.
func (d Drawer) windowOver(f desk.Form, old fields) (slack.ModalViewRequest, error) {
	c := blockBuilder{Drawer: d, window: true, old: old}
	for _, b := range f.Blocks {
		c.block(b)
	}
	state, err := packForm(f)
	c.fail(err)
	view := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: f.Name, PrivateMetadata: state, Title: plain(f.Title, maxWindowTitle),
		Close:  plain(firstOf(f.Close, d.say("slack.close")), maxWindowTitle),
		Blocks: slack.Blocks{BlockSet: c.within(maxViewBlocks)},
	}
	if f.Submit != "" {
		view.Submit = plain(f.Submit, maxWindowTitle)
	}
	return view, c.err
}

// PageWindow draws a page as a modal without inputs.
func (d Drawer) PageWindow(p desk.Page) (slack.ModalViewRequest, error) {
	title := firstOf(p.Title, d.say("slack.answer"))
	blocks := p.Blocks
	if len([]rune(title)) > maxWindowTitle {
		blocks = append([]desk.Block{desk.Heading{Text: title}}, blocks...)
	}
	return d.Window(desk.Form{Title: title, Blocks: blocks})
}

// waiting is the modal shown while the desk is working.
func (d Drawer) waiting() slack.ModalViewRequest {
	view, _ := d.PageWindow(desk.Page{ // nothing in it can be too large
		Title:  d.say("slack.moment"),
		Blocks: []desk.Block{desk.Paragraph{Text: d.say("slack.working")}},
	})
	return view
}

// done is the page that replaces waiting if there is no other answer to show.
func (d Drawer) done() desk.Page {
	return desk.Page{Blocks: []desk.Block{desk.Paragraph{Text: d.say("slack.done")}}}
}

func (d Drawer) say(key string) string {
	catalogue := d.Phrases
	if catalogue == nil {
		catalogue = phrases.Default()
	}
	return catalogue.Text(d.Language, key, nil)
}

// firstWords is the first text of a page without a title.
func firstWords(blocks []desk.Block) string {
	for _, b := range blocks {
		switch b := b.(type) {
		case desk.Heading:
			return b.Text
		case desk.Paragraph:
			return b.Text
		case desk.Row:
			return b.Title
		}
	}
	return ""
}
