package strictyaml

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// Unmarshal reads a file that comes with the program, or one that replaces it, into the
// value that into points to. It does what yaml.Unmarshal does in strict mode, with the
// same errors, but reads plain files many times faster.
//
// A file is plain if it consists of mappings, lists, single values on one line each
// (quoted or not), lists and mappings in brackets, also over several lines, and comments.
// A file with anything else, or with any mistake, is left to the YAML library: the fast
// reader reports no errors of its own.
func Unmarshal(data []byte, into any) error {
	if readPlain(string(data), into) {
		return nil
	}
	return yaml.UnmarshalWithOptions(data, into, yaml.Strict())
}

// readPlain reads a plain file into a zero value. If it returns false, nothing was
// changed.
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

// notPlain is the panic by which the reader gives up a file that is not plain.
type notPlain struct{}

// mustBe gives up unless a condition of plain files holds.
func mustBe(plain bool) {
	if !plain {
		panic(notPlain{})
	}
}

// A plainReader reads a plain file from beginning to end.
type plainReader struct {
	line   string // the rest of the line that is being read, without leading spaces
	indent int    // column of line
	rest   string // all further lines
	block  int    // indentation of the mapping whose values are being read
	ended  bool   // there is nothing more to read
}

// nextLine goes on to the next line that is not empty or a comment.
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

// endLine goes on to the next line. Nothing but a comment may be left of this one.
func (p *plainReader) endLine() {
	mustBe(p.line == "" || p.line[0] == '#')
	p.nextLine()
}

// mapping reads the lines of a mapping, which all have the same indentation.
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

// entry reads the value of a key: on the same line, or on further lines. These must be
// indented more than the key, except the items of a list.
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

// within reports whether more values follow before the closing bracket. If not, it moves
// past the bracket.
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

// skipLines goes on to the next line if nothing but a comment is left of this one. Within
// brackets, values may stand on several lines.
func (p *plainReader) skipLines() {
	if p.line == "" || p.line[0] == '#' {
		p.nextLine()
		closes := strings.HasPrefix(p.line, "]") || strings.HasPrefix(p.line, "}")
		mustBe(p.indent > p.block || closes && p.indent == p.block)
	}
}
