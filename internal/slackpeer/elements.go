package slackpeer

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// An element is something in blocks that a person can press or fill in.
type element struct {
	blockID, actionID, kind string
	spec                    map[string]any // as the app sent it
	input                   bool           // it stands in an input block
	optional, dispatches    bool           // of its input block
	above                   any            // the label of its input block
}

// A holder says where the state of a kind of element is kept, as in the payloads of
// docs.slack.dev/reference/interaction-payloads/block_actions-payload.
type holder struct {
	key, initial string // of the state, and of the first value in the element
	many         bool   // a list
	options      bool   // objects, not plain values
	number       bool
}

var holders = map[string]holder{
	"plain_text_input":           {key: "value", initial: "initial_value"},
	"email_text_input":           {key: "value", initial: "initial_value"},
	"url_text_input":             {key: "value", initial: "initial_value"},
	"number_input":               {key: "value", initial: "initial_value"},
	"static_select":              {key: "selected_option", initial: "initial_option", options: true},
	"external_select":            {key: "selected_option", initial: "initial_option", options: true},
	"radio_buttons":              {key: "selected_option", initial: "initial_option", options: true},
	"overflow":                   {key: "selected_option", options: true},
	"checkboxes":                 {key: "selected_options", initial: "initial_options", options: true, many: true},
	"multi_static_select":        {key: "selected_options", initial: "initial_options", options: true, many: true},
	"multi_external_select":      {key: "selected_options", initial: "initial_options", options: true, many: true},
	"users_select":               {key: "selected_user", initial: "initial_user"},
	"multi_users_select":         {key: "selected_users", initial: "initial_users", many: true},
	"channels_select":            {key: "selected_channel", initial: "initial_channel"},
	"multi_channels_select":      {key: "selected_channels", initial: "initial_channels", many: true},
	"conversations_select":       {key: "selected_conversation", initial: "initial_conversation"},
	"multi_conversations_select": {key: "selected_conversations", initial: "initial_conversations", many: true},
	"datepicker":                 {key: "selected_date", initial: "initial_date"},
	"timepicker":                 {key: "selected_time", initial: "initial_time"},
	"datetimepicker":             {key: "selected_date_time", initial: "initial_date_time", number: true},
}

// keeps says whether an element has a state that is sent with every action and
// submission. Buttons have none, nor have overflow menus.
func (e element) keeps() bool { return holders[e.kind].initial != "" }

// first is the state before anyone touched the element: its initial value, or null,
// or an empty list.
func (e element) first() map[string]any {
	h := holders[e.kind]
	value := e.spec[h.initial]
	if value == nil && h.many {
		value = []any{}
	}
	return map[string]any{"type": e.kind, h.key: value}
}

// chosen is the state after a person chose values: texts typed, or values of
// options. It fails where a person could not do that.
func (e element) chosen(values []string, offered map[string]any) (map[string]any, error) {
	h, ok := holders[e.kind]
	if !ok {
		return nil, fmt.Errorf("%s is a %s: nothing can be chosen there", e.actionID, e.kind)
	}
	if len(values) > 1 && !h.many {
		return nil, fmt.Errorf("%s takes one value, not %q", e.actionID, values)
	}
	list := []any{}
	for _, v := range values {
		value, err := e.value(h, v, offered)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	state := map[string]any{"type": e.kind, h.key: nil}
	switch {
	case h.many:
		state[h.key] = list
	case len(list) == 1:
		state[h.key] = list[0]
	}
	return state, e.fits(state[h.key])
}

// value is one value as the state holds it.
func (e element) value(h holder, v string, offered map[string]any) (any, error) {
	switch {
	case h.options:
		if option := e.option(v); option != nil {
			return option, nil
		}
		if option := offered[v]; option != nil {
			return option, nil
		}
		return nil, fmt.Errorf("%s offers no %q", e.actionID, v)
	case h.number:
		return strconv.ParseInt(v, 10, 64)
	case v == "" && !h.many:
		return nil, nil // an emptied field
	}
	return v, nil
}

// option finds an option of the element by its value, also among those that it held
// at first: of an external select, those were never offered.
func (e element) option(value string) any {
	held, _ := e.spec["initial_options"].([]any)
	for _, o := range slices.Concat(e.options(), held, []any{e.spec["initial_option"]}) {
		if field(o, "value") == value {
			return o
		}
	}
	return nil
}

func (e element) options() []any { return optionsOf(e.spec) }

// optionsOf are all options in a menu, or in what the app offers for one, in groups
// too.
func optionsOf(menu map[string]any) []any {
	all, _ := menu["options"].([]any)
	all = slices.Clone(all)
	groups, _ := menu["option_groups"].([]any)
	for _, g := range groups {
		list, _ := field(g, "options").([]any)
		all = append(all, list...)
	}
	return all
}

// fits checks the lengths that the client holds people to
// (docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element).
func (e element) fits(value any) error {
	text, ok := value.(string)
	if !ok {
		return nil
	}
	n := float64(utf8.RuneCountInString(text))
	if least, ok := e.spec["min_length"].(float64); ok && n < least {
		return fmt.Errorf("%s wants %v characters at least", e.actionID, least)
	}
	if most, ok := e.spec["max_length"].(float64); ok && n > most {
		return fmt.Errorf("%s takes %v characters at most", e.actionID, most)
	}
	return nil
}

// empty says whether a state holds nothing.
func (e element) empty(state map[string]any) bool {
	switch v := state[holders[e.kind].key].(type) {
	case nil:
		return true
	case []any:
		return len(v) == 0
	}
	return false
}

// elements are all elements of blocks, in order.
func elements(blocks json.RawMessage) (list []element) {
	for _, b := range decodeBlocks(blocks) {
		list = append(list, elementsOf(b)...)
	}
	return list
}

// elementsOf are the elements of one block: of an actions block, the accessory of a
// section, the one of an input.
func elementsOf(block map[string]any) (list []element) {
	id, _ := block["block_id"].(string)
	specs, _ := block["elements"].([]any)
	if block["type"] != "actions" && block["type"] != "context_actions" {
		specs = nil
	}
	specs = append(slices.Clone(specs), block["accessory"], block["element"])
	for _, s := range specs {
		spec, _ := s.(map[string]any)
		kind, _ := spec["type"].(string)
		action, _ := spec["action_id"].(string)
		if action == "" {
			continue
		}
		e := element{blockID: id, actionID: action, kind: kind, spec: spec, input: block["type"] == "input", above: block["label"]}
		e.optional, _ = block["optional"].(bool)
		e.dispatches, _ = block["dispatch_action"].(bool)
		list = append(list, e)
	}
	return list
}

// stateValues are the values of all elements that keep one, by block and action:
// those a person gave, else the initial ones.
func stateValues(blocks json.RawMessage, given state) state {
	values := state{}
	for _, e := range elements(blocks) {
		if !e.keeps() {
			continue
		}
		value := given[e.blockID][e.actionID]
		if value == nil || value["type"] != e.kind {
			value = e.first()
		}
		values.put(e, value)
	}
	return values
}

// A state holds what people filled in, by block and action.
type state map[string]map[string]map[string]any

func (s state) put(e element, value map[string]any) {
	if s[e.blockID] == nil {
		s[e.blockID] = map[string]map[string]any{}
	}
	s[e.blockID][e.actionID] = value
}

// with is a copy of a state in which an element has a value, if it keeps one.
func (s state) with(e element, value map[string]any) state {
	next := s.clone()
	if e.keeps() {
		next.put(e, value)
	}
	return next
}

// clone copies a state; the values themselves are never changed.
func (s state) clone() state {
	next := state{}
	for block, actions := range s {
		next[block] = map[string]map[string]any{}
		for action, value := range actions {
			next[block][action] = value
		}
	}
	return next
}

func decodeBlocks(blocks json.RawMessage) (list []map[string]any) {
	_ = json.Unmarshal(blocks, &list) // checked when they came in
	return list
}

func field(object any, name string) any {
	fields, _ := object.(map[string]any)
	return fields[name]
}

// fillIDs gives ids to the blocks and elements that the app left without, as Slack
// does (docs.slack.dev/reference/block-kit/blocks).
func (p *Peer) fillIDs(blocks json.RawMessage) json.RawMessage {
	list := decodeBlocks(blocks)
	for _, b := range list {
		p.fillID(b, "block_id", "b")
		inner, _ := b["elements"].([]any)
		if b["type"] != "actions" && b["type"] != "context_actions" {
			inner = nil
		}
		for _, e := range append(slices.Clone(inner), b["accessory"], b["element"]) {
			spec, _ := e.(map[string]any)
			if kind, _ := spec["type"].(string); kind == "button" || holders[kind].key != "" {
				p.fillID(spec, "action_id", "a")
			}
		}
	}
	return encode(list)
}

func (p *Peer) fillID(object map[string]any, name, kind string) {
	if id, _ := object[name].(string); id == "" {
		object[name] = p.newID(kind)
	}
}
