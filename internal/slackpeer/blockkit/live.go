package blockkit

import (
	"encoding/json"
	"maps"
	"slices"
)

// LiveParts are the parts of a message that are more than words, as they were sent:
// mentions, special commands, dates, links in brackets, and what Slack links by
// itself; then the addresses that buttons, options and videos open. The message's
// text comes first. What cannot be read has none.
//
// A test of escaping asks that a stranger's text adds nothing to them.
func LiveParts(blocks json.RawMessage, text string) []string {
	live := livePartsOf(Text{Type: MessageText, Text: text})
	if v, err := decode(blocks); err == nil {
		live = append(live, liveIn(v)...)
	}
	return live
}

// LivePartsOfView are the live parts of a view, as of a message.
func LivePartsOfView(view json.RawMessage) []string {
	v, err := decode(view)
	if err != nil {
		return nil
	}
	return liveIn(v)
}

func livePartsOf(t Text) (live []string) {
	for _, span := range t.Spans() {
		if span.Live() {
			live = append(live, span.Raw)
		}
	}
	return live
}

// liveIn looks everywhere in a value, known blocks or not.
func liveIn(v any) (live []string) {
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			live = append(live, liveIn(each)...)
		}
	case object:
		live = liveObject(v)
	}
	return live
}

func liveObject(o object) (live []string) {
	kind, _ := o["type"].(string)
	if s, ok := o["text"].(string); ok && (kind == Mrkdwn || kind == Markdown) {
		live = append(live, livePartsOf(Text{Type: kind, Text: s, Verbatim: o["verbatim"] == true})...)
	}
	live = append(live, liveInRichText(kind, o)...)
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if name == "slack_file" {
			continue
		}
		if url, ok := o[name].(string); ok && slices.Contains(opening, name) {
			live = append(live, url)
		}
		live = append(live, liveIn(o[name])...)
	}
	return live
}

// opening are the fields whose address a click opens.
var opening = []string{"title_url", "url", "video_url"}

// liveInRichText is the mention that an object of rich text is, in the notation of
// mrkdwn.
func liveInRichText(kind string, o object) []string {
	notation := map[string][2]string{
		"user":      {"user_id", "@"},
		"usergroup": {"usergroup_id", "!subteam^"},
		"channel":   {"channel_id", "#"},
		"broadcast": {"range", "!"},
		"team":      {"team_id", "!team^"},
	}[kind]
	if id, ok := o[notation[0]].(string); ok {
		return []string{"<" + notation[1] + id + ">"}
	}
	return nil
}
