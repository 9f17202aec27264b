package slackio

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Limits of texts, in characters, from Slack's reference of each block and object
// (docs.slack.dev/reference/block-kit).
const (
	maxHeader      = 150
	maxSection     = 3000
	maxRichText    = 3000 // not documented; the limit of a section
	maxButton      = 75
	maxOption      = 75
	maxOptionValue = 150
	maxLabel       = 2000
	maxTyped       = 3000
	maxWindowTitle = 24
	maxConfirm     = 300
	maxYesNo       = 30
	maxNotice      = 300 // of a message's text, which notifications show
	maxError       = 1000
)

const ellipsis = "…"

// joiner is U+2060 (word joiner): it is invisible and keeps Slack from recognising the
// characters around it as a link or emoji.
const joiner = "\u2060"

// shortcode matches what Slack shows as an emoji, even in plain text.
var shortcode = regexp.MustCompile(`:([a-z0-9_'+-]+):`)

// linkable matches the characters by which Slack recognises and links URLs, addresses and
// mentions.
var linkable = regexp.MustCompile(`://|[\pL\pN]\.[\pL\pN]|[\pL\pN_.+-]@|@[\pL\pN]|#[\pL]|(?i:mailto):`)

// harmless makes characters visible that would affect the display of the text around them:
// control characters, and those that reorder or hide text (Unicode Bidirectional Algorithm,
// section 2; the tags from U+E0000). It accepts all kinds of line ends.
func harmless(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s)
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || r == '\t' || !acts(r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "[U+%04X]", r)
	}
	return b.String()
}

func acts(r rune) bool {
	switch {
	case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	case r == 0x200B, r == 0xFEFF, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// cut shortens a text to a number of characters, as Slack counts them.
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)
	return strings.TrimRightFunc(string(runes[:most-1]), unicode.IsSpace) + ellipsis
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escaped escapes a text for a place where Slack resolves entities, cut so that the escaped
// text keeps the limit.
func escaped(s string, most int) string {
	whole := escaper.Replace(s)
	if utf8.RuneCountInString(whole) <= most {
		return whole
	}
	var b strings.Builder
	length := 0
	for _, r := range s {
		part := escaper.Replace(string(r))
		if length += utf8.RuneCountInString(part); length >= most {
			break
		}
		b.WriteString(part)
	}
	return strings.TrimRightFunc(b.String(), unicode.IsSpace) + ellipsis
}

// words is a text made harmless and without emoji codes; "–" if it is empty.
func words(s string) string {
	s = shortcode.ReplaceAllString(strings.TrimSpace(harmless(s)), ":"+joiner+"$1:")
	if s == "" {
		return "–"
	}
	return s
}

// plain is a plain_text object. Its emoji flag is set, so that flags are drawn by Slack.
func plain(s string, most int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, escaped(words(s), most), true, false)
}

// notice is the text of a message that has blocks, shown in notifications. Slack would link
// addresses and mentions in it, so they are broken up.
func notice(s string) string {
	line := strings.Join(strings.Fields(words(s)), " ")
	for linkable.MatchString(line) {
		line = linkable.ReplaceAllStringFunc(line, func(m string) string {
			_, first := utf8.DecodeRuneInString(m)
			return m[:first] + joiner + m[first:]
		})
	}
	return escaped(line, maxNotice)
}

var (
	entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
	control  = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)
)

// readable turns message text from Slack into what was typed: links and mentions as they are
// displayed, entities resolved (docs.slack.dev/messaging/formatting-message-text).
func readable(s string) string {
	s = control.ReplaceAllStringFunc(s, func(m string) string {
		part := control.FindStringSubmatch(m)
		target, label := part[1], part[2]
		switch {
		case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"), strings.HasPrefix(target, "!"):
			return target[:1] + strings.TrimLeft(firstOf(label, target[1:]), "@#")
		case label == "":
			return target
		case strings.HasSuffix(target, label): // auto-linked by Slack, which prepends a scheme
			return label
		}
		return label + " (" + target + ")"
	})
	return entities.Replace(s)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
