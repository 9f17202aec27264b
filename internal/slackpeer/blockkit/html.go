package blockkit

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

//go:embed html
var htmlFiles embed.FS

// HTML draws messages and views as HTML for a page. It is made by [NewHTML] and may
// be used by several goroutines at once.
//
// All words are escaped. There are no scripts, no styles and no pictures from
// elsewhere in what it draws, links lead to http, https and mailto addresses alone,
// and every control is one that a keyboard and a screen reader can use. A script
// finds the controls by their data attributes: data-act is press (a button), choose
// (an entry of a menu, within the details of the menu) or hold (a field); data-control
// on the control or around it is the action id, data-value what is sent, data-block
// around it the block id. A dialog of class bk-question after a control asks before
// it acts, with buttons whose data-answer is yes or no. A field that stands within
// data-dispatch is told to the app when it changes.
type HTML struct {
	names     Names
	templates *template.Template
}

// Names are what the page knows and the blocks do not say. Each may be nil.
type Names struct {
	// Of is what people see of a mention; "" where it is not known.
	Of func(kind SpanKind, target string) string
	// Everyone are the users, channels or conversations that a menu of those
	// offers: kind is the type of the element.
	Everyone func(kind string) []Option
	// Emoji is the picture of a shortcode such as "wave"; "" where there is none.
	Emoji func(shortcode string) string
}

// NewHTML makes an HTML that fills in names. It fails only where its own templates
// are broken.
func NewHTML(names Names) (*HTML, error) {
	h := &HTML{names: names}
	var err error
	h.templates, err = template.New("").Funcs(h.functions()).ParseFS(htmlFiles, "html/*.gohtml")
	if err != nil {
		return nil, fmt.Errorf("read the templates of blocks: %w", err)
	}
	return h, nil
}

// Message draws a message. Its place tells it from all others on the page.
func (h *HTML) Message(m Message, place string) (template.HTML, error) {
	groupTicks(m.Blocks, place)
	return h.draw("message", m)
}

// Blocks draws the blocks of a view, without its title and buttons.
func (h *HTML) Blocks(v View, place string) (template.HTML, error) {
	groupTicks(v.Blocks, place)
	return h.draw("blocks", v.Blocks)
}

func (h *HTML) draw(name string, data any) (template.HTML, error) {
	var out bytes.Buffer
	if err := h.templates.ExecuteTemplate(&out, name, data); err != nil {
		return "", fmt.Errorf("draw blocks: %w", err)
	}
	return template.HTML(out.String()), nil
}

// groupTicks names the groups of boxes and radio buttons: in HTML those of one name
// belong together wherever they stand.
func groupTicks(all []Block, place string) {
	for i := range all {
		b := &all[i]
		for j := range b.Elements {
			b.Elements[j].group = fmt.Sprintf("%s/%d/%d", place, i, j)
		}
		for _, e := range []*Element{b.Element, b.Accessory} {
			if e != nil {
				e.group = fmt.Sprintf("%s/%d", place, i)
			}
		}
	}
}

func (h *HTML) functions() template.FuncMap {
	return template.FuncMap{
		"emoji": h.emoji, "reads": h.reads, "opens": leadsTo, "lines": quotedLines, "rich": func(e Element) []Span { return richSpans(e.Elements) },
		"indent":  func(e Element) int { return max(0, min(e.Indent, 8)) },
		"grouped": func(e *Element) bool { return e != nil && (e.Type == "radio_buttons" || e.Type == "checkboxes") },
		"typed":   func(e *Element) string { return fieldTypes[e.Type] },
		"group":   func(e *Element) string { return e.group },
		"starts":  (*Element).starts,
		"several": func(e *Element) bool { return strings.HasPrefix(e.Type, "multi_") },
		"external": func(e *Element) bool {
			return strings.HasSuffix(e.Type, "external_select")
		},
		"searched": func(e *Element) bool { return strings.HasSuffix(e.Type, "_select") },
		"chosen":   func(e *Element) []Option { return h.named(e, e.initials()) },
		"offered":  h.offered,
		"held":     (*Element).held,
	}
}

// leadsTo is the address that a span leads to, "" of what leads nowhere a page may.
func leadsTo(s Span) string {
	target := s.Target
	switch {
	case s.Kind != Link:
		return ""
	case strings.HasPrefix(target, "http://"), strings.HasPrefix(target, "https://"), strings.HasPrefix(target, "mailto:"):
		return target
	case strings.Contains(target, ":"):
		return ""
	case strings.Contains(target, "@"):
		return "mailto:" + target
	}
	return "http://" + target
}

// signOf is what stands before the name in a mention.
var signOf = map[SpanKind]string{User: "@", Group: "@", Broadcast: "@", Channel: "#"}

// reads is what a person reads of a live span.
func (h *HTML) reads(s Span) string {
	name := s.Text
	if h.names.Of != nil && signOf[s.Kind] != "" {
		if known := h.names.Of(s.Kind, s.Target); known != "" {
			name = known
		}
	}
	if name == "" {
		name = s.Target
	}
	return signOf[s.Kind] + strings.TrimPrefix(name, signOf[s.Kind])
}

// A run is some lines of a text that are all quoted, or all not.
type run struct {
	Quoted bool
	Spans  []Span
}

// quotedLines divides a text into what it quotes, lines that begin with ">" in
// mrkdwn, and what it does not (docs.slack.dev/messaging/formatting-message-text).
func quotedLines(t Text) (runs []run) {
	if t.Type == PlainText || !strings.Contains(t.Text, "&gt;") && !strings.Contains(t.Text, ">") {
		return []run{{Spans: t.Spans()}}
	}
	var lines []string
	quoted := false
	flush := func() {
		if len(lines) > 0 {
			part := Text{Type: t.Type, Verbatim: t.Verbatim, Text: strings.Join(lines, "\n")}
			runs, lines = append(runs, run{quoted, part.Spans()}), nil
		}
	}
	for line := range strings.SplitSeq(t.Text, "\n") {
		words, is := quotedLine(line)
		if is != quoted {
			flush()
		}
		quoted, lines = is, append(lines, words)
	}
	flush()
	return runs
}

func quotedLine(line string) (words string, is bool) {
	for _, sign := range []string{"&gt;", ">"} {
		if rest, ok := strings.CutPrefix(line, sign); ok {
			return strings.TrimPrefix(rest, " "), true
		}
	}
	return line, false
}

// emoji shows shortcodes as what they stand for.
func (h *HTML) emoji(s string) string {
	if h.names.Emoji == nil || strings.Count(s, ":") < 2 {
		return s
	}
	return shortcodes.ReplaceAllStringFunc(s, func(code string) string {
		if picture := h.names.Emoji(strings.Trim(code, ":")); picture != "" {
			return picture
		}
		return code
	})
}

// A heldOption is an option and whether the element holds it at first.
type heldOption struct {
	Option
	Chosen bool
}

func (e *Element) held(o Option) heldOption {
	return heldOption{o, slices.ContainsFunc(e.initialOptions(), func(i Option) bool { return i.Value == o.Value })}
}

// initials is what a menu to search in holds at first: options, or ids as such.
func (e *Element) initials() []Option {
	all := slices.Clone(e.initialOptions())
	one := []string{e.InitialUser, e.InitialChannel, e.InitialConversation}
	for _, id := range slices.Concat(one, e.InitialUsers, e.InitialChannels, e.InitialConversations) {
		if id != "" {
			all = append(all, Option{Value: id, Text: &Text{Type: PlainText, Text: id}})
		}
	}
	return all
}

// offered are the options of a menu to search in that are known beforehand.
func (h *HTML) offered(e *Element) []Option {
	all := slices.Clone(e.Options)
	for _, group := range e.Groups {
		all = append(all, group.Options...)
	}
	if len(all) == 0 && h.names.Everyone != nil && !strings.HasSuffix(e.Type, "external_select") {
		return h.names.Everyone(e.Type)
	}
	return all
}

// named gives ids the names under which they are offered.
func (h *HTML) named(e *Element, chosen []Option) []Option {
	offered := h.offered(e)
	for i, o := range chosen {
		if at := slices.IndexFunc(offered, func(each Option) bool { return each.Value == o.Value }); at >= 0 {
			chosen[i] = offered[at]
		}
	}
	return chosen
}
