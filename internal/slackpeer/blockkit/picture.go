package blockkit

import (
	"encoding/json"
	"strings"
)

const columns = 78 // of a picture

// PictureMessage draws a message as plain text, at most 78 columns wide, for people
// who review a golden file. What is live stands out: mentions and commands after
// ⚑LIVE, the address of a link in ⟨⟩; so do characters that hide, as ⟦U+202E⟧. Buttons
// and menus stand in lines that begin with ▸ or ↳, which no text can. Bold, italics,
// strikes and code are drawn with their signs, as one types them.
//
// The message's text follows its blocks as the notification that it is then.
func PictureMessage(blocks json.RawMessage, text string) string {
	m, err := ParseMessage(blocks, text)
	p := picture{columns: columns}
	p.unreadable(err)
	p.blocks(m.Blocks)
	switch {
	case len(m.Blocks) == 0:
		p.wrapped("", shown(m.Text.Spans()))
	case text != "":
		p.wrapped("░ ", "notification: "+shown(m.Text.Spans()))
	}
	return p.String()
}

// PictureView draws a modal or a home tab as plain text, as [PictureMessage] does.
func PictureView(view json.RawMessage) string {
	v, err := ParseView(view)
	inside := picture{columns: columns - 2}
	inside.unreadable(err)
	inside.blocks(v.Blocks)

	p := picture{columns: columns}
	p.line(p.ruled("┌─ " + v.heading() + " "))
	for _, line := range inside.lines {
		p.line("│ " + line)
	}
	p.line(p.ruled("└─" + v.footing()))
	return p.String()
}

func (v View) heading() string {
	if v.Title == nil {
		return visible(v.Type)
	}
	return visible(v.Type) + ": " + oneLine(v.Title)
}

// footing are the buttons of a modal, in Slack's order.
func (v View) footing() (s string) {
	if v.Close != nil {
		s += " [ " + oneLine(v.Close) + " ]"
	}
	if v.Submit != nil {
		s += " [ " + oneLine(v.Submit) + " | primary ]"
	}
	if s != "" {
		s += " "
	}
	return s
}

// A picture is being drawn, line by line.
type picture struct {
	columns int
	lines   []string
}

// String is the picture; no line of it ends with spaces.
func (p *picture) String() string {
	var b strings.Builder
	for _, line := range p.lines {
		b.WriteString(strings.TrimRight(line, " "))
		b.WriteByte('\n')
	}
	return b.String()
}

func (p *picture) line(s string) { p.lines = append(p.lines, s) }

// wrapped adds a text of any length; each of its lines begins with the prefix.
func (p *picture) wrapped(prefix, s string) {
	for _, line := range wrap(s, p.columns-width(prefix)) {
		p.line(prefix + line)
	}
}

// flowing adds parts one after the other, each whole where it fits a line.
func (p *picture) flowing(prefix string, parts []string) {
	const between = "  "
	line := ""
	for _, part := range parts {
		if line != "" && width(prefix+line+between+part) <= p.columns {
			line += between + part
			continue
		}
		if line != "" {
			p.wrapped(prefix, line)
		}
		line = part
	}
	if line != "" {
		p.wrapped(prefix, line)
	}
}

// ruled draws a line from the end of s to the edge.
func (p *picture) ruled(s string) string {
	return s + strings.Repeat("─", max(0, p.columns-width(s)))
}

func (p *picture) unreadable(err error) {
	if err != nil {
		p.wrapped("", "⁇ unreadable: "+visible(err.Error()))
	}
}

// shown is the text of spans as a person sees it.
func shown(spans []Span) string {
	var b strings.Builder
	var style Style
	for _, span := range append(spans, Span{}) {
		b.WriteString(closingSigns(style, span.Style))
		b.WriteString(openingSigns(style, span.Style))
		b.WriteString(span.shown())
		style = span.Style
	}
	return b.String()
}

func closingSigns(from, to Style) (s string) {
	for _, m := range signs {
		if m.set(from) && !m.set(to) {
			s = m.sign + s
		}
	}
	return s
}

func openingSigns(from, to Style) (s string) {
	for _, m := range signs {
		if m.set(to) && !m.set(from) {
			s += m.sign
		}
	}
	return s
}

var signs = allMarks[1:] // a block of code is drawn as code

func (s Span) shown() string {
	text, target := visible(s.Text), visible(s.Target)
	switch s.Kind {
	case Link:
		if text == "" || text == target {
			return "⟨" + target + "⟩"
		}
		return text + " ⟨" + target + "⟩"
	case Date:
		return text + " ⟨date⟩"
	case User, Group, Broadcast:
		return live("@"+target, text)
	case Channel:
		return live("#"+target, text)
	case Command:
		return live("!"+target, text)
	}
	return text
}

func live(what, label string) string {
	if label != "" {
		what += " (" + label + ")"
	}
	return "⚑LIVE " + what
}

// textOf is what a person sees of a text, "" of none.
func textOf(t *Text) string {
	if t == nil {
		return ""
	}
	return shown(t.Spans())
}

// oneLine is a text that Slack shows on one line, such as a label.
func oneLine(t *Text) string { return strings.ReplaceAll(textOf(t), "\n", "⏎") }
