package blockkit

import (
	"fmt"
	"strings"
)

// richText draws the parts of a rich_text block.
func (p *picture) richText(parts []Element) {
	for _, part := range parts {
		switch part.Type {
		case "rich_text_list":
			p.richList(part)
		case "rich_text_quote":
			p.wrapped("> ", shown(richSpans(part.Elements)))
		case "rich_text_preformatted":
			p.wrapped("` ", shown(richSpans(part.Elements)))
		default:
			p.wrapped("", shown(richSpans(part.Elements)))
		}
	}
}

func (p *picture) richList(list Element) {
	const most = 8 // levels that Slack knows
	indent := strings.Repeat("  ", max(0, min(list.Indent, most)))
	for i, entry := range list.Elements {
		sign := "• "
		if list.Style.Name == "ordered" {
			sign = fmt.Sprintf("%d. ", i+1)
		}
		p.wrapped(indent, sign+shown(richSpans(entry.Elements)))
	}
}

// richSpans are the spans of a line of rich text.
func richSpans(all []Element) (spans []Span) {
	for _, e := range all {
		spans = append(spans, e.span())
	}
	return spans
}

func (e Element) span() Span {
	written := ""
	if e.Text != nil {
		written = e.Text.Text
	}
	s := Span{Kind: Words, Text: written, Style: e.Style}
	switch e.Type {
	case "link":
		s.Kind, s.Target = Link, e.URL
	case "user":
		s.Kind, s.Target = User, e.UserID
	case "usergroup":
		s.Kind, s.Target = Group, e.GroupID
	case "channel":
		s.Kind, s.Target = Channel, e.ChannelID
	case "broadcast":
		s.Kind, s.Target = Broadcast, e.Range
	case "team":
		s.Kind, s.Target = Command, e.TeamID
	case "date":
		s.Kind, s.Text = Date, e.Fallback
	case "emoji":
		s.Text = ":" + e.Name + ":"
	case "color":
		s.Text = e.Value
	}
	return s
}
