package slackio

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Limits of texts, in characters, from Slack's reference of each block and
// object (docs.slack.dev/reference/block-kit).
const (
	maxHeader      = 150
	maxSection     = 3000
	maxRichText    = 3000 // not documented; what a section takes
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

// joiner is U+2060, which shows as nothing and parts what Slack reads as one.
const joiner = "\u2060"

// shortcode is what Slack shows as an emoji, in plain texts too.
var shortcode = regexp.MustCompile(`:([a-z0-9_'+-]+):`)

// linkable are the signs at which Slack knows an address or a mention that it
// links by itself.
var linkable = regexp.MustCompile(`://|[\pL\pN]\.[\pL\pN]|[\pL\pN_.+-]@|@[\pL\pN]|#[\pL]|mailto:`)

// harmless shows what would act on the words around it instead of being read:
// control characters, and those that reverse or hide text (Unicode, Bidirectional
// Algorithm, section 2; the tags of U+E0000). Lines may end in any way.
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

// cut shortens to a number of characters, as Slack counts them.
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)
	return strings.TrimRightFunc(string(runes[:most-1]), unicode.IsSpace) + ellipsis
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escaped writes words for a place where Slack resolves entities, cut so that
// what is sent keeps the limit.
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

// words are harmless words without emoji codes, "–" where there are none.
func words(s string) string {
	s = shortcode.ReplaceAllString(strings.TrimSpace(harmless(s)), ":"+joiner+"$1:")
	if s == "" {
		return "–"
	}
	return s
}

// plain is a text object that Slack reads as words alone. Flags show as Slack
// draws them.
func plain(s string, most int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, escaped(words(s), most), true, false)
}

// notice is the text of a message that has blocks: notifications show it. Slack
// would link addresses and mentions in it, so they are parted.
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

// readable turns what Slack sends of a message into the words that were typed:
// links and mentions as they are read, entities resolved
// (docs.slack.dev/messaging/formatting-message-text).
func readable(s string) string {
	s = control.ReplaceAllStringFunc(s, func(m string) string {
		part := control.FindStringSubmatch(m)
		target, label := part[1], part[2]
		switch {
		case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"), strings.HasPrefix(target, "!"):
			return target[:1] + strings.TrimLeft(firstOf(label, target[1:]), "@#")
		case label == "":
			return target
		case strings.HasSuffix(target, label): // linked by Slack itself, which puts a scheme before it
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
