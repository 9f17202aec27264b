package strictyaml

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// Unmarshal reads a file that comes with the program, or one that takes its place,
// into the value that into points to. It is yaml.Unmarshal in strict mode, and its
// errors are those; files written plainly, as ours are, are read many times faster.
//
// Plain are mappings, lists and single values on one line each, quoted or not,
// lists and mappings in brackets also over several lines, and comments. Whatever
// else a file holds, and whatever is wrong with it, is left to the parser of all of
// YAML: the fast way has no verdicts of its own.
func Unmarshal(data []byte, into any) error {
	if readPlain(string(data), into) {
		return nil
	}
	return yaml.UnmarshalWithOptions(data, into, yaml.Strict())
}

// readPlain reads a plain file into a value that is still zero. Where it returns
// false, nothing was changed.
func readPlain(text string, into any) (ok bool) {
	target := reflect.ValueOf(into)
	if target.Kind() != reflect.Pointer || target.IsNil() || !target.Elem().IsZero() || !utf8.ValidString(text) || strings.ContainsAny(text, "\t\r") {
		return false
	}
	defer func() {
		stopped := recover()
		if _, known := stopped.(notPlain); stopped != nil && !known {
			panic(stopped)
		}
	}()
	p := plainReader{rest: text}
	p.nextLine()
	fresh := reflect.New(target.Type().Elem()).Elem()
	p.mapping(fresh, p.indent)
	mustBe(p.ended)
	target.Elem().Set(fresh)
	return true
}

// notPlain is what stops the reading of a file that is not plain.
type notPlain struct{}

func mustBe(plain bool) {
	if !plain {
		panic(notPlain{})
	}
}

// A plainReader reads a plain file from beginning to end. line is what is left of
// the line that is read; it never begins with a space.
type plainReader struct {
	rest   string // the lines after it
	line   string
	indent int // of what is left of the line
	block  int // how far the mapping is indented whose values are read
	ended  bool
}

// nextLine goes on to the next line that says something.
func (p *plainReader) nextLine() {
	for p.rest != "" {
		line, rest, _ := strings.Cut(p.rest, "\n")
		p.rest = rest
		p.line = strings.TrimLeft(line, " ")
		if p.indent = len(line) - len(p.line); p.line != "" && p.line[0] != '#' {
			return
		}
	}
	p.line, p.indent, p.ended = "", 0, true
}

// take drops the first n bytes of the line and the spaces after them.
func (p *plainReader) take(n int) {
	mustBe(!strings.HasPrefix(p.line[n:], "#"))
	after := strings.TrimLeft(p.line[n:], " ")
	p.indent += len(p.line) - len(after)
	p.line = after
}

// endLine goes on to the next line; nothing but a comment is left of this one.
func (p *plainReader) endLine() {
	mustBe(p.line == "" || p.line[0] == '#')
	p.nextLine()
}

// mapping reads the lines of a mapping, all of which are indented alike.
func (p *plainReader) mapping(v reflect.Value, indent int) {
	mustBe(!p.ended)
	m := mappingInto(v)
	for !p.ended && p.indent == indent {
		value := m.value(p.key())
		p.block = indent
		p.entry(value, indent)
		m.put()
	}
	mustBe(p.ended || p.indent < indent)
}

// entry reads what stands after a key: a value on its line, or lines indented
// further; the items of a list need not be.
func (p *plainReader) entry(v reflect.Value, indent int) {
	if p.line != "" && p.line[0] != '#' {
		p.inline(v)
		p.endLine()
		return
	}
	p.nextLine()
	switch {
	case startsItem(p.line) && p.indent >= indent:
		p.items(v, p.indent)
	case p.indent <= indent:
		mustBe(false)
	case p.line[0] == '[' || p.line[0] == '{':
		p.inline(v)
		p.endLine()
	default:
		p.mapping(v, p.indent)
	}
}

func startsItem(line string) bool { return strings.HasPrefix(line, "- ") }

// items reads a list, an item a line or a mapping each.
func (p *plainReader) items(v reflect.Value, indent int) {
	list := listInto(v)
	for !p.ended && p.indent == indent && startsItem(p.line) {
		p.take(len("-"))
		item := list.next()
		if p.beginsMapping() {
			p.mapping(item, p.indent)
			continue
		}
		p.block = indent
		p.inline(item)
		p.endLine()
	}
	mustBe(p.ended || p.indent <= indent)
}

// beginsMapping reports whether a key begins the rest of the line.
func (p *plainReader) beginsMapping() bool {
	if p.line == "" || strings.IndexByte(`[{"'`, p.line[0]) >= 0 {
		return false
	}
	return strings.Contains(p.line, ": ") || strings.HasSuffix(p.line, ":")
}

// inline reads a value of one line, or one in brackets.
func (p *plainReader) inline(v reflect.Value) {
	mustBe(p.line != "")
	switch p.line[0] {
	case '[':
		p.flowList(v)
	case '{':
		p.flowMapping(v)
	case '"', '\'':
		setText(v, p.quoted())
	default:
		setUnquoted(v, p.unquoted(""))
	}
}

// flow reads a value within brackets.
func (p *plainReader) flow(v reflect.Value) {
	mustBe(p.line != "")
	if strings.IndexByte(`[{"'`, p.line[0]) >= 0 {
		p.inline(v)
		return
	}
	setUnquoted(v, p.unquoted(flowEnds))
}

func (p *plainReader) flowList(v reflect.Value) {
	list := listInto(v)
	p.take(1)
	for p.within(']') {
		p.flow(list.next())
		p.comma(']')
	}
}

func (p *plainReader) flowMapping(v reflect.Value) {
	m := mappingInto(v)
	p.take(1)
	for p.within('}') {
		p.flow(m.value(p.key()))
		m.put()
		p.comma('}')
	}
}

// within reports whether more stands before the bracket that closes, over which
// it moves.
func (p *plainReader) within(closing byte) bool {
	p.skipLines()
	if p.line[0] == closing {
		p.take(1)
		return false
	}
	return true
}

// comma moves over the comma between two values in brackets.
func (p *plainReader) comma(closing byte) {
	p.skipLines()
	if p.line[0] == ',' {
		p.take(1)
		return
	}
	mustBe(p.line[0] == closing)
}

// skipLines goes on to the next line where nothing but a comment is left of this
// one, as may be within brackets.
func (p *plainReader) skipLines() {
	if p.line == "" || p.line[0] == '#' {
		p.nextLine()
		closes := strings.HasPrefix(p.line, "]") || strings.HasPrefix(p.line, "}")
		mustBe(p.indent > p.block || closes && p.indent == p.block)
	}
}
