package blockkit

import (
	"encoding/json"
	"strings"
)

// The types of a Text.
const (
	PlainText   = "plain_text"
	Mrkdwn      = "mrkdwn"
	Markdown    = "markdown" // the text of a markdown block
	MessageText = "text"     // a message's own text: mrkdwn whose names are not linked by themselves
)

// A Text is a text object, or another text that Slack formats.
type Text struct {
	Type     string `json:"type"`
	Text     string `json:"text"` // as sent, entities included
	Verbatim bool   `json:"verbatim"`
}

// UnmarshalJSON reads a text object, or a string in the place of one.
func (t *Text) UnmarshalJSON(raw []byte) error {
	type alone Text
	if json.Unmarshal(raw, &t.Text) == nil {
		return nil
	}
	return lenient(json.Unmarshal(raw, (*alone)(t)))
}

// A SpanKind says what a Span is.
type SpanKind uint8

// The kinds of spans. All but Words are live: they notify, link or are filled in by
// Slack.
const (
	Words     SpanKind = iota
	Link               // Target is the URL
	User               // Target is the id of a person
	Group              // Target is the id of a user group
	Channel            // Target is the id of a channel, or its name
	Broadcast          // Target is "here", "channel" or "everyone"
	Date               // Target is the time and its format, as written
	Command            // any other special command; Target is the command
)

// A Span is a stretch of text that is all of one kind and style.
type Span struct {
	Kind   SpanKind
	Text   string // what a person reads; of what is live, its label, or "" where it has none
	Target string
	Style  Style
	Raw    string // as sent; of words, the same as Text
}

// Live tells whether the span is more than words.
func (s Span) Live() bool { return s.Kind != Words }

// Spans divides the text as Slack does for display. See
// https://docs.slack.dev/messaging/formatting-message-text.
//
// Plain text is words alone. Elsewhere what stands in angle brackets is a mention, a
// command or a link, unless the brackets are escaped; and where the text is not
// verbatim, Slack links URLs, addresses and domains, and in text objects also names
// of channels and @here, @channel and @everyone. Which domains and names exist only
// Slack knows, so all that look like one count as linked.
func (t Text) Spans() []Span {
	if t.Type == PlainText {
		return []Span{words(unescape(t.Text), Style{})}
	}
	p := parser{auto: linked}
	switch {
	case t.Verbatim:
		p.auto = nil
	case t.Type == MessageText:
		p.auto = linkedURL
	}
	if t.Type == Markdown {
		p.markdown(t.Text)
	} else {
		p.mrkdwn(t.Text, Style{})
	}
	return p.spans
}

func words(text string, style Style) Span {
	return Span{Kind: Words, Text: text, Raw: text, Style: style}
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// unescape resolves the three entities that Slack knows.
func unescape(s string) string { return entities.Replace(s) }
