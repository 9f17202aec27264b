package slackpeer

import (
	"encoding/json"
	"slices"
)

// A Control is something in a message or view that a person can use, for pages and
// prompts that show it.
type Control struct {
	Block   string // block id
	Action  string // action id
	Kind    string // such as button or static_select
	Label   string // what is written on or above it
	Value   string // of a button
	Options []Option
}

// An Option is a choice in a menu or among boxes.
type Option struct{ Label, Value string }

// Controls are the controls of a message or view, in order.
func Controls(of Place) (list []Control) {
	for _, e := range elements(of.contents()) {
		c := Control{Block: e.blockID, Action: e.actionID, Kind: e.kind, Label: e.label()}
		c.Value, _ = e.spec["value"].(string)
		for _, o := range e.options() {
			value, _ := field(o, "value").(string)
			c.Options = append(c.Options, Option{Label: words(field(o, "text")), Value: value})
		}
		list = append(list, c)
	}
	return list
}

// Submits reports whether the view can be submitted.
func (v View) Submits() bool { return v.spec["submit"] != nil }

// At is the view with one block alone, to act on an element whose action id
// others have too.
func (v View) At(block string) View {
	var blocks []json.RawMessage
	_ = json.Unmarshal(v.Blocks, &blocks) // they were checked when the view was opened
	blocks = slices.DeleteFunc(blocks, func(raw json.RawMessage) bool {
		var b struct {
			ID string `json:"block_id"`
		}
		return json.Unmarshal(raw, &b) != nil || b.ID != block
	})
	v.Blocks = encode(blocks)
	return v
}

// label is the text of a button, the label of an input, or the placeholder.
func (e element) label() string {
	for _, text := range []any{e.spec["text"], e.above, e.spec["placeholder"]} {
		if s := words(text); s != "" {
			return s
		}
	}
	return ""
}

// words are the words of a text object.
func words(text any) string {
	s, _ := field(text, "text").(string)
	return s
}
