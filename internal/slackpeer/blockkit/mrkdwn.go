package blockkit

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A parser collects the spans of a text.
type parser struct {
	auto  *regexp.Regexp // what Slack links by itself; nil is nothing
	spans []Span
}

var (
	control = regexp.MustCompile(`^<([^<>\n]+)>`)
	// whole URLs, addresses of mail, and domains with or without a path
	linkedURL = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://[^\s<>]+` +
		`|\bmailto:[^\s<>]+` +
		`|[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,24}\b` +
		`|\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+)\b(?:[:/?#][^\s<>]*)?`)
	linked = regexp.MustCompile(linkedURL.String() + `|\B@(?:here|channel|everyone)\b|\B#[a-z][\w-]*`)
	// a link of Markdown
	inBrackets = regexp.MustCompile(`!?\[([^\[\]\n]*)\]\(([^()\s]+)[^()\n]*\)`)
)

// markdown reads the text of a markdown block: links in brackets, and what Slack
// reads everywhere.
func (p *parser) markdown(s string) {
	for {
		at := inBrackets.FindStringSubmatchIndex(s)
		if at == nil {
			p.mrkdwn(s, Style{})
			return
		}
		p.mrkdwn(s[:at[0]], Style{})
		p.spans = append(p.spans, Span{Kind: Link, Text: s[at[2]:at[3]], Target: s[at[4]:at[5]], Raw: s[at[0]:at[1]]})
		s = s[at[1]:]
	}
}

// mrkdwn reads a text of this style up to its end.
func (p *parser) mrkdwn(s string, style Style) {
	start, marks := 0, newMarks(style)
	flush := func(end, next int) {
		p.words(s[start:end], style)
		start = next
	}
	for i := 0; i < len(s); {
		if span, ok := controlAt(s[i:]); ok {
			flush(i, i+len(span.Raw))
			span.Style = style
			p.spans = append(p.spans, span)
			i = start
		} else if m, end := marks.enclosed(s, i); end > 0 {
			flush(i, end)
			p.mrkdwn(s[i+len(m.sign):end-len(m.sign)], m.on(style))
			i = end
		} else {
			i++
		}
	}
	flush(len(s), len(s))
}

// words adds words, and what Slack links among them.
func (p *parser) words(raw string, style Style) {
	s := unescape(raw)
	for p.auto != nil {
		at := p.auto.FindStringIndex(s)
		if at == nil {
			break
		}
		found := strings.TrimRight(s[at[0]:at[1]], `.,;:!?'")]}*_~`+"`")
		end := at[0] + len(found)
		p.plain(s[:at[0]], style)
		p.spans = append(p.spans, byItself(found, style))
		s = s[end:]
	}
	p.plain(s, style)
}

func (p *parser) plain(s string, style Style) {
	if s != "" {
		p.spans = append(p.spans, words(s, style))
	}
}

// byItself is the span of what Slack links without being told.
func byItself(found string, style Style) Span {
	span := Span{Kind: Link, Target: found, Raw: found, Style: style}
	switch found[0] {
	case '@':
		span.Kind, span.Target = Broadcast, found[1:]
	case '#':
		span.Kind, span.Target = Channel, found[1:]
	}
	return span
}

// controlAt reads what stands in angle brackets at the beginning of s. Brackets
// around anything else are words.
func controlAt(s string) (Span, bool) {
	if s[0] != '<' {
		return Span{}, false
	}
	m := control.FindStringSubmatch(s)
	if m == nil {
		return Span{}, false
	}
	body, label, _ := strings.Cut(m[1], "|")
	span := Span{Raw: m[0], Text: unescape(label)}
	switch {
	case len(body) > 1 && body[0] == '@':
		span.Kind, span.Target = User, body[1:]
	case len(body) > 1 && body[0] == '#':
		span.Kind, span.Target = Channel, body[1:]
	case len(body) > 1 && body[0] == '!':
		span.Kind, span.Target = command(body[1:])
	case linksTo(body):
		span.Kind, span.Target = Link, unescape(body)
	default:
		return Span{}, false
	}
	return span, true
}

func command(body string) (SpanKind, string) {
	name, rest, _ := strings.Cut(body, "^")
	switch name {
	case "here", "channel", "everyone":
		return Broadcast, name
	case "subteam":
		return Group, rest
	case "date":
		return Date, rest
	}
	return Command, body
}

var scheme = regexp.MustCompile(`(?i)^[a-z][a-z0-9+.-]*:\S`)

// linksTo tells whether Slack would link to this.
func linksTo(body string) bool {
	at := linkedURL.FindStringIndex(body)
	return scheme.MatchString(body) || at != nil && at[0] == 0
}

// A mark is the sign that begins and ends a style.
type mark struct {
	sign string
	on   func(Style) Style
	set  func(Style) bool
}

// allMarks are the signs of mrkdwn, those that begin like another first.
var allMarks = []mark{
	{"```", func(s Style) Style { s.Code = true; return s }, func(s Style) bool { return s.Code }},
	{"`", func(s Style) Style { s.Code = true; return s }, func(s Style) bool { return s.Code }},
	{"*", func(s Style) Style { s.Bold = true; return s }, func(s Style) bool { return s.Bold }},
	{"_", func(s Style) Style { s.Italic = true; return s }, func(s Style) bool { return s.Italic }},
	{"~", func(s Style) Style { s.Strike = true; return s }, func(s Style) bool { return s.Strike }},
}

// marks are the signs that may begin within a style, and up to where each was found
// to have no end, so that no text is searched again and again.
type marks struct {
	style   Style
	endless map[string]int
}

func newMarks(style Style) *marks { return &marks{style: style, endless: map[string]int{}} }

// enclosed finds the mark that begins at i and where what it encloses ends, the
// closing sign included; 0 is nowhere.
func (m *marks) enclosed(s string, i int) (mark, int) {
	if m.style.Code || !strings.ContainsRune("`*_~", rune(s[i])) {
		return mark{}, 0
	}
	for _, each := range allMarks {
		if each.set(m.style) || !strings.HasPrefix(s[i:], each.sign) || i < m.endless[each.sign] || !opens(s, i, each.sign) {
			continue
		}
		end, searched := closing(s, i+len(each.sign), each.sign)
		if end > 0 {
			return each, end
		}
		m.endless[each.sign] = searched
	}
	return mark{}, 0
}

// opens tells whether a sign at i begins a style: no word before it, no space after.
func opens(s string, i int, sign string) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, size := utf8.DecodeRuneInString(s[i+len(sign):])
	return !inWord(before) && size > 0 && (sign == "```" || !unicode.IsSpace(after) && string(after) != sign)
}

// closing finds the end of a style that began before i, and up to where it looked.
// All but a block of code end within their line.
func closing(s string, i int, sign string) (end, searched int) {
	for j := i; j < len(s); {
		if s[j] == '\n' && sign != "```" {
			return 0, j
		}
		if span, ok := controlAt(s[j:]); ok {
			j += len(span.Raw)
			continue
		}
		if j > i && strings.HasPrefix(s[j:], sign) && closes(s, j, sign) {
			return j + len(sign), j
		}
		j++
	}
	return 0, len(s)
}

func closes(s string, j int, sign string) bool {
	if sign == "```" {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:j])
	after, _ := utf8.DecodeRuneInString(s[j+len(sign):])
	return !unicode.IsSpace(before) && !inWord(after)
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
