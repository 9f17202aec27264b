package blockkit

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"unicode/utf8"
)

// across checks what concerns several blocks: identifiers that must differ, and the
// focus, which one element alone may have.
func (c *checker) across(at string, all []any) {
	c.page = "block-kit/blocks"
	ids := once{c: c, name: "block_id"}
	var focused string
	for i, each := range all {
		b, _ := each.(object)
		ids.see(item(at, i), b)
		actions := once{c: c, name: "action_id"}
		for _, e := range elementsOf(item(at, i), b) {
			actions.see(e.at, e.object)
			if e.object["focus_on_load"] != true {
				continue
			}
			if focused != "" {
				c.fault(below(e.at, "focus_on_load"), "only one element can have `focus_on_load` set to true")
			}
			focused = e.at
		}
	}
}

// once finds values of a field that were seen before.
type once struct {
	c    *checker
	name string
	seen map[string]bool
}

func (u *once) see(at string, o object) {
	id, ok := o[u.name].(string)
	if !ok {
		return
	}
	if u.seen[id] {
		u.c.fault(below(at, u.name), "`%s` %q already exists", u.name, id)
	}
	if u.seen == nil {
		u.seen = map[string]bool{}
	}
	u.seen[id] = true
}

type placed struct {
	at     string
	object object
}

// elementsOf are the elements of a block, wherever they stand in it.
func elementsOf(at string, b object) (found []placed) {
	for _, name := range []string{"accessory", "element"} {
		if e, ok := b[name].(object); ok {
			found = append(found, placed{below(at, name), e})
		}
	}
	all, _ := b["elements"].([]any)
	for i, each := range all {
		if e, ok := each.(object); ok {
			found = append(found, placed{item(below(at, "elements"), i), e})
		}
	}
	return found
}

// markdownTogether checks the length of all markdown blocks of a message.
func (c *checker) markdownTogether(all []any) {
	total := 0
	for _, each := range all {
		if b, _ := each.(object); b["type"] == "markdown" {
			s, _ := b["text"].(string)
			total += utf8.RuneCountInString(s)
		}
	}
	if total > maxMarkdown {
		c.add(CodeBlocksLong, "/blocks", fmt.Sprintf("markdown blocks must be less than %d characters together", maxMarkdown+1))
	}
}

// submitWithInputs: a modal with inputs has a button that submits them.
func submitWithInputs(c *checker, at string, o object) {
	if _, has := o["submit"]; has {
		return
	}
	all, _ := o["blocks"].([]any)
	for _, each := range all {
		if b, _ := each.(object); b["type"] == "input" {
			c.fault(at, "missing required field: submit")
			return
		}
	}
}

// noDispatchOfFiles: the block of a file input sends no actions.
func noDispatchOfFiles(c *checker, at string, o object) {
	e, _ := o["element"].(object)
	if o["dispatch_action"] == true && e["type"] == "file_input" {
		c.fault(below(at, "element/type"), "unsupported type: file_input")
	}
}

// options are the options of an element, those of its groups too.
func options(o object) (all []placed) {
	add := func(at string, v any) {
		list, _ := v.([]any)
		for i, each := range list {
			if option, ok := each.(object); ok {
				all = append(all, placed{item(below(at, "options"), i), option})
			}
		}
	}
	add("", o["options"])
	groups, _ := o["option_groups"].([]any)
	for i, each := range groups {
		group, _ := each.(object)
		add(item("/option_groups", i), group["options"])
	}
	return all
}

// valuesDiffer: the value of an option tells it from the others.
func valuesDiffer(c *checker, at string, o object) {
	values := once{c: c, name: "value"}
	for _, option := range options(o) {
		values.see(at+option.at, option.object)
	}
}

// initialAmongOptions: what is chosen at first is exactly one of the options.
func initialAmongOptions(c *checker, at string, o object) {
	check := func(at string, initial any) {
		for _, option := range options(o) {
			if reflect.DeepEqual(initial, any(option.object)) {
				return
			}
		}
		c.fault(at, "must match one of the options")
	}
	if initial, has := o["initial_option"]; has {
		check(below(at, "initial_option"), initial)
	}
	initial, _ := o["initial_options"].([]any)
	for i, each := range initial {
		check(item(below(at, "initial_options"), i), each)
	}
}

// initialWithinMost: no more is chosen at first than may be chosen.
func initialWithinMost(c *checker, at string, o object) {
	most, has := integerOf(o, "max_selected_items")
	if !has {
		return
	}
	for _, name := range []string{"initial_options", "initial_users", "initial_conversations", "initial_channels"} {
		if initial, _ := o[name].([]any); int64(len(initial)) > most {
			c.fault(below(at, name), "no more than %d items allowed", most)
		}
	}
}

func integerOf(o object, name string) (int64, bool) {
	number, _ := o[name].(json.Number)
	n, err := number.Int64()
	return n, err == nil
}

// initialWithinLengths: what is typed at first is as long as what may be typed.
func initialWithinLengths(c *checker, at string, o object) {
	least, hasLeast := integerOf(o, "min_length")
	most, hasMost := integerOf(o, "max_length")
	if hasLeast && hasMost && least > most {
		c.fault(below(at, "min_length"), "must be less than or equal to %d", most)
	}
	initial, ok := o["initial_value"].(string)
	length := int64(utf8.RuneCountInString(initial))
	if ok && hasMost && length > most {
		c.fault(below(at, "initial_value"), "must be less than %d characters", most+1)
	}
	if ok && hasLeast && length < least {
		c.fault(below(at, "initial_value"), "must be more than %d characters", least-1)
	}
}

// initialWithinValues: the number at first is one that may be given.
func initialWithinValues(c *checker, at string, o object) {
	least, most, initial := rational(o, "min_value"), rational(o, "max_value"), rational(o, "initial_value")
	if least != nil && most != nil && least.Cmp(most) > 0 {
		c.fault(below(at, "min_value"), "must be less than or equal to %s", o["max_value"])
	}
	if initial == nil {
		return
	}
	if least != nil && initial.Cmp(least) < 0 {
		c.fault(below(at, "initial_value"), "must be greater than or equal to %s", o["min_value"])
	}
	if most != nil && initial.Cmp(most) > 0 {
		c.fault(below(at, "initial_value"), "must be less than or equal to %s", o["max_value"])
	}
	if written, _ := o["initial_value"].(string); o["is_decimal_allowed"] == false && strings.Contains(written, ".") {
		c.fault(below(at, "initial_value"), "must be an integer")
	}
}

// rational is the number in a field, or nil where there is none.
func rational(o object, name string) *big.Rat {
	s, _ := o[name].(string)
	if decimal(s) != "" {
		return nil
	}
	r, _ := new(big.Rat).SetString(s)
	return r
}
