package slackio

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// Limits of lists within blocks, in entries.
const (
	maxButtons = 25 // of an actions block
	maxMenu    = 5  // of an overflow menu
	maxOptions = 100
	maxChecks  = 10
)

// maxBlockBytes leaves room for the rest of a view, which Slack refuses as view_too_large from
// 250 kB on (docs.slack.dev/reference/methods/views.open).
const maxBlockBytes = 200_000

// A blockBuilder collects blocks. It keeps the first error.
type blockBuilder struct {
	Drawer
	window bool   // long texts continue in further blocks
	old    fields // of the form that this one replaces
	blocks []slack.Block
	err    error

	// line is the last actions block, if elements drawn next may be added to it: a select to
	// buttons, or buttons to a select.
	line     *slack.ActionBlock
	listLast bool
}

func (c *blockBuilder) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *blockBuilder) add(b ...slack.Block) { c.blocks, c.line = append(c.blocks, b...), nil }

// act draws buttons or, if list is set, a select.
func (c *blockBuilder) act(list bool, elements ...slack.BlockElement) {
	if last := c.line; last != nil && c.listLast != list && len(last.Elements.ElementSet)+len(elements) <= maxButtons {
		last.Elements.ElementSet = append(last.Elements.ElementSet, elements...)
		c.line = nil
		return
	}
	block := slack.NewActionBlock("", elements...)
	c.add(block)
	c.line, c.listLast = block, list
}

// within returns the blocks up to the given number and to the size of a view. If some are left
// out, a note says so.
func (c *blockBuilder) within(most int) []slack.Block {
	n := c.fitting()
	if n == len(c.blocks) && n <= most {
		return append([]slack.Block{}, c.blocks...)
	}
	note := blockBuilder{Drawer: c.Drawer}
	note.block(desk.Fine{Text: c.say("slack.left_out")})
	n = min(n, most-1)
	return append(c.blocks[:n:n], note.blocks...)
}

// fitting is how many of the blocks fit into a view by size.
func (c *blockBuilder) fitting() int {
	size := 0
	for i, b := range c.blocks {
		data, err := json.Marshal(b)
		c.fail(err)
		if size += len(data); size > maxBlockBytes {
			return i
		}
	}
	return len(c.blocks)
}

func (c *blockBuilder) page(p desk.Page) {
	if p.Title != "" {
		c.block(desk.Heading{Text: p.Title})
	}
	for _, b := range p.Blocks {
		c.block(b)
	}
}

// block draws one block of a page or form. Empty blocks are left out.
func (c *blockBuilder) block(b desk.Block) {
	switch b := b.(type) {
	case desk.Heading:
		c.add(slack.NewHeaderBlock(plain(b.Text, maxHeader)))
	case desk.Paragraph:
		c.paragraph(b)
	case desk.Quote:
		c.quote(b)
	case desk.Facts:
		c.facts(b)
	case desk.Row:
		c.row(b)
	case desk.Buttons:
		c.buttons(b.Buttons)
	case desk.Choose:
		c.choose(b)
	case desk.Fine:
		if strings.TrimSpace(b.Text) != "" {
			c.add(slack.NewContextBlock("", plain(b.Text, maxSection)))
		}
	case desk.Rule:
		c.add(slack.NewDividerBlock())
	case desk.Input:
		c.input(b)
	}
}

// pieces returns what fits of a text: in a modal all of it, split at line or word ends; else
// only its beginning.
func (c *blockBuilder) pieces(text string, most int) (pieces []string) {
	text = strings.TrimSpace(text)
	if !c.window {
		if text != "" {
			pieces = []string{cut(text, most)}
		}
		return pieces
	}
	for utf8.RuneCountInString(text) > most {
		head := string([]rune(text)[:most])
		end := strings.LastIndexAny(head, "\n")
		if end < len(head)/2 {
			end = strings.LastIndexAny(head, " \n")
		}
		if end <= 0 {
			end = len(head)
		}
		pieces = append(pieces, text[:end])
		text = strings.TrimSpace(text[end:])
	}
	if text != "" {
		pieces = append(pieces, text)
	}
	return pieces
}

func (c *blockBuilder) paragraph(p desk.Paragraph) {
	if p.Strong {
		for _, piece := range c.pieces(p.Text, maxRichText) {
			c.add(rich(slack.NewRichTextSection(bold(piece))))
		}
		return
	}
	// Escaping makes a text longer; what then exceeds the limit is cut.
	for _, piece := range c.pieces(p.Text, maxSection*9/10) {
		c.add(slack.NewSectionBlock(plain(piece, maxSection), nil, nil))
	}
}

// quote draws somebody else's words as rich text, in which Slack never interprets markup.
func (c *blockBuilder) quote(q desk.Quote) {
	for _, piece := range c.pieces(q.Text, maxRichText) {
		c.add(rich(&slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{literal(piece)}}))
	}
}

// facts draws one line for each fact, as many to a block as fit.
func (c *blockBuilder) facts(f desk.Facts) {
	var line []slack.RichTextSectionElement
	length := 0
	flush := func() {
		if len(line) > 0 {
			c.add(rich(slack.NewRichTextSection(line...)))
		}
		line, length = nil, 0
	}
	for _, fact := range f.Facts {
		label, value := cut(fact.Label, maxHeader), cut(fact.Value, maxRichText/2)
		if length += utf8.RuneCountInString(label + value); length > maxRichText {
			flush()
		}
		if len(line) > 0 {
			line = append(line, slack.NewRichTextSectionTextElement("\n", nil))
		}
		line = append(line, bold(label), slack.NewRichTextSectionTextElement("  ", nil), literal(value))
	}
	flush()
}

func (c *blockBuilder) row(r desk.Row) {
	switch {
	case r.Button != nil:
		c.rowBeside(r, slack.NewAccessory(c.button(*r.Button, "")))
	case len(r.Menu) > 0 && len(r.Menu) <= maxMenu:
		c.rowBeside(r, slack.NewAccessory(c.menu(r.Menu)))
	default:
		title := bold(cut(r.Title, maxHeader))
		parts := []slack.RichTextSectionElement{title}
		if r.Detail != "" {
			parts = append(parts, literal("\n"+cut(r.Detail, maxRichText-maxHeader)))
		}
		c.add(rich(slack.NewRichTextSection(parts...)))
		c.buttons(r.Menu) // too many for a menu
	}
}

func (c *blockBuilder) rowBeside(r desk.Row, beside *slack.Accessory) {
	c.add(slack.NewSectionBlock(plain(strings.TrimSpace(r.Title+"\n"+r.Detail), maxSection), nil, beside))
}

func (c *blockBuilder) buttons(all []desk.Button) {
	for len(all) > 0 {
		n := min(len(all), maxButtons)
		var elements []slack.BlockElement
		seen := map[string]int{}
		for _, b := range all[:n] {
			again := ""
			if seen[b.Press.Name]++; seen[b.Press.Name] > 1 {
				again = "." + strconv.Itoa(seen[b.Press.Name])
			}
			elements = append(elements, c.button(b, again))
		}
		c.act(false, elements...)
		all = all[n:]
	}
}

// button draws a button. Its action ID is the name of its press; again is a suffix that makes
// it unique among buttons of the same name in its block.
func (c *blockBuilder) button(b desk.Button, again string) *slack.ButtonBlockElement {
	value, err := packPress(b.Press, maxValue)
	c.fail(err)
	out := slack.NewButtonBlockElement(b.Press.Name+again, value, plain(b.Label, maxButton))
	if b.Style != desk.StylePlain {
		out.WithStyle(slack.Style(b.Style))
	}
	if b.Confirm != "" {
		out.Confirm = slack.NewConfirmationBlockObject(plain(cut(b.Label, maxButton), 100), plain(b.Confirm, maxConfirm),
			plain(c.say("slack.yes"), maxYesNo), plain(c.say("slack.no"), maxYesNo))
	}
	return out
}

// menu draws buttons as an overflow menu; each option carries its press.
func (c *blockBuilder) menu(all []desk.Button) *slack.OverflowBlockElement {
	var options []*slack.OptionBlockObject
	for _, b := range all {
		value, err := packPress(b.Press, maxOptionValue)
		c.fail(err)
		options = append(options, slack.NewOptionBlockObject(value, plain(b.Label, maxOption), nil))
	}
	return slack.NewOverflowBlockElement(menuAction, options...)
}

// menuAction is the action ID of overflow menus, whose options carry complete presses.
const menuAction = "menu"

// choose draws a select; its press, without the chosen value, is carried by the action ID.
func (c *blockBuilder) choose(ch desk.Choose) {
	ch.Press.Value = ""
	action, err := packPress(ch.Press, maxActionID)
	c.fail(err)
	if len(ch.Options) == 0 {
		return
	}
	list := c.options(ch.Options, maxOptions)
	out := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(ch.Label, maxHeader), action)
	out.Options, out.OptionGroups = list.all, list.groups
	c.act(true, out)
}

func rich(e slack.RichTextElement) slack.Block { return slack.NewRichTextBlock("", e) }

func bold(s string) *slack.RichTextSectionTextElement {
	return slack.NewRichTextSectionTextElement(words(s), &slack.RichTextSectionTextStyle{Bold: true})
}

// literal keeps leading and trailing space, which separates texts.
func literal(s string) *slack.RichTextSectionTextElement {
	if strings.TrimSpace(s) == "" {
		s = "–"
	}
	return slack.NewRichTextSectionTextElement(harmless(s), nil)
}
