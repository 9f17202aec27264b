package blockkit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of a message and a view as a whole.
const (
	maxText     = 40_000  // characters of a message's text: https://docs.slack.dev/changelog/2018-04-truncating-really-long-messages
	maxMarkdown = 12_000  // characters of all its markdown blocks together: .../block-kit/blocks/markdown-block
	maxBlocks   = 50      // of a message: .../block-kit/blocks
	maxView     = 250_000 // bytes of a view: .../methods/views.open, view_too_large
)

type object = map[string]any

// CheckMessage is what Slack would refuse in a message with these blocks (a JSON
// array, or nothing) and this text: what is wrong with each block, in their order,
// then what is wrong between them.
func CheckMessage(blocks json.RawMessage, text string) []Fault {
	c := &checker{code: CodeBlocks, surface: inMessage, page: "methods/chat.postMessage"}
	if utf8.RuneCountInString(text) > maxText {
		c.add(CodeTextLong, "/text", fmt.Sprintf("must be less than %d characters", maxText+1))
	}
	if nothing(blocks) {
		if text == "" {
			c.add(CodeNoText, "/text", "must provide text or blocks")
		}
		return c.faults
	}
	c.message(blocks, text)
	return c.faults
}

func (c *checker) message(raw json.RawMessage, text string) {
	v, err := decode(raw)
	all, ok := v.([]any)
	switch {
	case err != nil || !ok:
		c.add(CodeBlocksFormat, "/blocks", "must provide an array")
	case len(all) == 0 && text == "":
		c.add(CodeNoText, "/text", "must provide text or blocks")
	default:
		c.value("/blocks", list(0, maxBlocks, one(blocks)), v)
		c.across("/blocks", all)
		c.markdownTogether(all)
	}
}

// CheckView is what Slack would refuse in a view, a modal or a home tab.
func CheckView(view json.RawMessage) []Fault {
	c := &checker{code: CodeView, page: "methods/views.open"}
	if len(view) > maxView {
		c.add(CodeViewLarge, "/view", "must be less than 250kb")
	}
	v, err := decode(view)
	if err != nil {
		c.fault("/view", "must provide an object")
		return c.faults
	}
	o, _ := v.(object)
	t, _ := o["type"].(string)
	c.surface = views[t].on
	c.value("/view", one(views), v)
	all, _ := o["blocks"].([]any)
	c.across("/view/blocks", all)
	return c.faults
}

func nothing(raw json.RawMessage) bool {
	raw = bytes.TrimSpace(raw)
	return len(raw) == 0 || string(raw) == "null"
}

// decode reads one JSON value, with its numbers as they are written.
func decode(raw json.RawMessage) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err = d.Decode(&v); err != nil {
		return nil, fmt.Errorf("read JSON: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("read JSON: more after its end")
	}
	return v, nil
}

// A checker compares values with the tables and collects the faults.
type checker struct {
	code    string
	surface surface
	page    string // of what is being checked
	faults  []Fault
}

func (c *checker) add(code, at, message string) {
	c.faults = append(c.faults, Fault{Path: at, Code: code, Message: message, Page: reference + c.page})
}

func (c *checker) fault(at, format string, args ...any) {
	c.add(c.code, at, fmt.Sprintf(format, args...))
}

func (c *checker) value(at string, f field, v any) {
	switch f.kind {
	case aString:
		c.string(at, f, v)
	case aBool:
		if _, ok := v.(bool); !ok {
			c.fault(at, "must provide a boolean")
		}
	case anInteger:
		c.integer(at, f, v)
	case aNumber:
		if _, ok := v.(json.Number); !ok {
			c.fault(at, "must provide a number")
		}
	case aList:
		c.list(at, f, v)
	case anObject:
		c.object(at, f, v)
	}
}

func (c *checker) string(at string, f field, v any) {
	s, ok := v.(string)
	if !ok {
		c.fault(at, "must provide a string")
		return
	}
	length := utf8.RuneCountInString(s)
	switch {
	case length < f.min:
		c.fault(at, "must be more than %d characters", f.min-1)
	case f.max > 0 && length > f.max:
		c.fault(at, "must be less than %d characters", f.max+1)
	case len(f.values) > 0 && !slices.Contains(f.values, s):
		c.fault(at, "must be one of: %s", strings.Join(f.values, ", "))
	case f.form != nil && f.form(s) != "":
		c.fault(at, "%s", f.form(s))
	}
}

func (c *checker) integer(at string, f field, v any) {
	number, ok := v.(json.Number)
	n, err := number.Int64()
	switch {
	case !ok || err != nil:
		c.fault(at, "must provide an integer")
	case n < int64(f.min):
		c.fault(at, "must be greater than or equal to %d", f.min)
	case f.max > 0 && n > int64(f.max):
		c.fault(at, "must be less than or equal to %d", f.max)
	}
}

func (c *checker) list(at string, f field, v any) {
	all, ok := v.([]any)
	switch {
	case !ok:
		c.fault(at, "must provide an array")
	case len(all) < f.min:
		c.fault(at, "no fewer than %d items allowed", f.min)
	case f.max > 0 && len(all) > f.max:
		c.fault(at, "no more than %d items allowed", f.max)
	}
	for i, each := range all {
		c.value(item(at, i), *f.items, each)
	}
}

func (c *checker) object(at string, f field, v any) {
	o, ok := v.(object)
	if !ok {
		c.fault(at, "must provide an object")
		return
	}
	s, ok := c.schemaOf(at, f.of, o)
	if !ok {
		return
	}
	defer func(page string) { c.page = page }(c.page)
	c.page = s.page
	c.missing(at, s, o)
	c.fields(at, f, s, o)
	for _, rule := range s.rules {
		rule(c, at, o)
	}
}

// fields checks the fields that an object has.
func (c *checker) fields(at string, f field, s schema, o object) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if name == "type" && !f.of.untyped() {
			continue
		}
		rule, known := s.field(name)
		if !known {
			c.fault(at, "invalid additional property: %s", name)
			continue
		}
		if name == "text" && f.max > 0 {
			rule.max = f.max
		}
		c.value(below(at, name), rule, o[name])
	}
}

func (f family) untyped() bool {
	_, ok := f[""]
	return ok
}

// schemaOf finds what an object should be, from its type.
func (c *checker) schemaOf(at string, of family, o object) (schema, bool) {
	if of.untyped() {
		return of[""], true
	}
	v, ok := o["type"]
	if !ok {
		c.fault(at, "missing required field: type")
		return schema{}, false
	}
	name, ok := v.(string)
	if !ok {
		c.fault(below(at, "type"), "must provide a string")
		return schema{}, false
	}
	s, ok := of[name]
	if !ok || s.on != 0 && s.on&c.surface == 0 {
		c.fault(below(at, "type"), "unsupported type: %s", name)
		return schema{}, false
	}
	return s, true
}

// missing looks for the fields that an object must have.
func (c *checker) missing(at string, s schema, o object) {
	for _, own := range s.all() {
		for _, name := range slices.Sorted(maps.Keys(own)) {
			if _, has := o[name]; own[name].needed && !has {
				c.fault(at, "missing required field: %s", name)
			}
		}
	}
	if len(s.anyOf) > 0 && count(o, s.anyOf) == 0 {
		c.fault(at, "must define either `%s`", strings.Join(s.anyOf, "` or `"))
	}
	if len(s.oneOf) > 0 && count(o, s.oneOf) != 1 {
		c.fault(at, "must define only one of `%s`", strings.Join(s.oneOf, "` or `"))
	}
}

func count(o object, names []string) (n int) {
	for _, name := range names {
		if _, has := o[name]; has {
			n++
		}
	}
	return n
}
