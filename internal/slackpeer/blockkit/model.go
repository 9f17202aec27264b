package blockkit

import (
	"encoding/json"
	"errors"
)

// A Message is what a person sees of a message.
type Message struct {
	Text   Text // shown alone where there are no blocks, in notifications where there are
	Blocks []Block
}

// A View is a modal or a home tab.
type View struct {
	Type   string  `json:"type"` // "modal" or "home"
	Title  *Text   `json:"title"`
	Submit *Text   `json:"submit"`
	Close  *Text   `json:"close"`
	Blocks []Block `json:"blocks"`
}

// A Block is any block; which of its fields say something depends on its type.
type Block struct {
	Type       string    `json:"type"`
	ID         string    `json:"block_id"`
	Text       *Text     `json:"text"`   // section, header, markdown
	Fields     []Text    `json:"fields"` // section
	Accessory  *Element  `json:"accessory"`
	Elements   []Element `json:"elements"` // actions, context, rich_text
	Label      *Text     `json:"label"`    // input
	Hint       *Text     `json:"hint"`
	Element    *Element  `json:"element"`
	Optional   bool      `json:"optional"`
	Dispatch   bool      `json:"dispatch_action"` // input: the app hears of what is chosen
	Title      *Text     `json:"title"`           // image, video
	AltText    string    `json:"alt_text"`
	ImageURL   string    `json:"image_url"`
	VideoURL   string    `json:"video_url"`
	ExternalID string    `json:"external_id"` // file
	Rows       [][]Block `json:"rows"`        // table: cells are rich_text blocks, or raw_text
}

// An Element is any part of a block, text objects of a context block and parts of
// rich text included.
type Element struct {
	Type        string    `json:"type"`
	ID          string    `json:"action_id"`
	Text        *Text     `json:"text"`
	Verbatim    bool      `json:"verbatim"`
	URL         string    `json:"url"`
	Value       string    `json:"value"`
	Style       Style     `json:"style"`
	Confirm     *Confirm  `json:"confirm"`
	Placeholder *Text     `json:"placeholder"`
	Multiline   bool      `json:"multiline"`
	AltText     string    `json:"alt_text"`
	ImageURL    string    `json:"image_url"`
	Elements    []Element `json:"elements"` // rich text

	Positive *Element `json:"positive_button"`
	Negative *Element `json:"negative_button"`

	Options []Option `json:"options"`
	Groups  []struct {
		Label   *Text    `json:"label"`
		Options []Option `json:"options"`
	} `json:"option_groups"`
	InitialOption  *Option  `json:"initial_option"`
	InitialOptions []Option `json:"initial_options"`

	InitialValue         Initial     `json:"initial_value"`
	InitialDate          string      `json:"initial_date"`
	InitialTime          string      `json:"initial_time"`
	InitialDateTime      json.Number `json:"initial_date_time"`
	InitialUser          string      `json:"initial_user"`
	InitialUsers         []string    `json:"initial_users"`
	InitialChannel       string      `json:"initial_channel"`
	InitialChannels      []string    `json:"initial_channels"`
	InitialConversation  string      `json:"initial_conversation"`
	InitialConversations []string    `json:"initial_conversations"`

	UserID    string `json:"user_id"` // rich text
	GroupID   string `json:"usergroup_id"`
	ChannelID string `json:"channel_id"`
	TeamID    string `json:"team_id"`
	Range     string `json:"range"`
	Name      string `json:"name"`
	Fallback  string `json:"fallback"`
	Indent    int    `json:"indent"`

	group string // of boxes or radio buttons, on a page
}

// An Option is one choice of a menu, radio buttons or checkboxes.
type Option struct {
	Text        *Text  `json:"text"`
	Value       string `json:"value"`
	Description *Text  `json:"description"`
	URL         string `json:"url"`
}

// A Confirm is the question put before an action is sent.
type Confirm struct {
	Title   *Text `json:"title"`
	Text    *Text `json:"text"`
	Confirm *Text `json:"confirm"`
	Deny    *Text `json:"deny"`
	Style   Style `json:"style"`
}

// ParseMessage reads the blocks of a message, a JSON array or nothing. It reads as
// much as it can; the error says what it could not.
func ParseMessage(blocks json.RawMessage, text string) (Message, error) {
	m := Message{Text: Text{Type: MessageText, Text: text}}
	if nothing(blocks) {
		return m, nil
	}
	return m, lenient(json.Unmarshal(blocks, &m.Blocks))
}

// ParseView reads a view. It reads as much as it can; the error says what it could
// not.
func ParseView(view json.RawMessage) (v View, err error) {
	return v, lenient(json.Unmarshal(view, &v))
}

// lenient passes over values of the wrong type: the decoder has left them out and
// has read the rest.
func lenient(err error) error {
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		return nil
	}
	return err
}

// UnmarshalJSON reads an element. Where the element is itself a text object, as in a
// context block, Text is that object.
func (e *Element) UnmarshalJSON(raw []byte) error {
	type alone Element
	if err := lenient(json.Unmarshal(raw, (*alone)(e))); err != nil {
		return err
	}
	if e.Text != nil && (e.Type == PlainText || e.Type == Mrkdwn) {
		e.Text.Type, e.Text.Verbatim = e.Type, e.Verbatim
	}
	return nil
}

// UnmarshalJSON reads a block, or a cell of a table. Where the text is no object, the
// block says what it is.
func (b *Block) UnmarshalJSON(raw []byte) error {
	type alone Block
	if err := lenient(json.Unmarshal(raw, (*alone)(b))); err != nil {
		return err
	}
	if b.Text == nil {
		return nil
	}
	switch b.Type {
	case "markdown":
		b.Text.Type = Markdown
	case "raw_text", "raw_number":
		b.Text.Type = PlainText
	}
	return nil
}

// A Style is the style of a button or of a list in rich text, which has a name, or
// the formatting of text.
type Style struct {
	Name                       string `json:"-"` // "primary", "danger"; "bullet", "ordered"
	Bold, Italic, Strike, Code bool
}

// UnmarshalJSON reads the name of a style, or the object that stands for it in rich
// text.
func (s *Style) UnmarshalJSON(raw []byte) error {
	type alone Style
	if json.Unmarshal(raw, &s.Name) == nil {
		return nil
	}
	return lenient(json.Unmarshal(raw, (*alone)(s)))
}

// An Initial is what an input holds at first.
type Initial struct {
	Text string
	Rich *Block // of a rich text input
}

// UnmarshalJSON reads a string or a rich_text block.
func (i *Initial) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &i.Text) == nil {
		return nil
	}
	return lenient(json.Unmarshal(raw, &i.Rich))
}
