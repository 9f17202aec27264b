package strictyaml

import (
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// A hinter is an error of an UnmarshalText that also knows what to write
// instead.
type hinter interface {
	error
	Hint() string
}

// Decode reads data into the struct that into points to, and returns the Document with
// the problems found. Everything that could be read is set even if there are problems, so
// that further checks can add theirs. file is the name to show; it is not opened.
func Decode(file string, data []byte, into any) *Document {
	doc := &Document{file: file, places: map[Path]place{Root: {1, 1}}}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		doc.add(firstInvalid(data), "this is not UTF-8", "save the file as UTF-8")
		return doc
	}
	parsed, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		doc.syntax(err)
		return doc
	}
	doc.value(body(doc, parsed), reflect.ValueOf(into).Elem(), Root)
	return doc
}

// firstInvalid is the place of the first bytes that are not UTF-8.
func firstInvalid(data []byte) place {
	at := place{1, 1}
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if at.column++; r == '\n' {
			at = place{at.line + 1, 1}
		}
		data = data[size:]
	}
	return at
}

// syntax adds the problem of a file that is not YAML.
func (d *Document) syntax(err error) {
	at, message := place{1, 1}, err.Error()
	var located yaml.Error
	if errors.As(err, &located) {
		message = located.GetMessage()
		if t := located.GetToken(); t != nil {
			at = placeOf(t)
		}
	}
	d.add(at, "this is not YAML: "+message, "check indentation, quotes and brackets here and in the line above")
}

// body is the content of the only document, or an empty mapping if there is none.
func body(d *Document, f *ast.File) ast.Node {
	empty := ast.Mapping(token.New("", "", &token.Position{Line: 1, Column: 1}), false)
	var found ast.Node = empty
	for _, document := range f.Docs {
		switch document.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode:
			continue
		}
		if found != ast.Node(empty) {
			d.add(start(document.Body), "a second document begins here", "keep one document per file")
			break
		}
		found = document.Body
	}
	return found
}

// value reads node into v by the kind of v.
func (d *Document) value(node ast.Node, v reflect.Value, path Path) {
	switch n := node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		d.add(start(node), "anchors, aliases and tags are not supported here", "write the value itself")
		return
	case *ast.NullNode:
		d.add(start(n), fmt.Sprintf("%s has no value", name(path)), "add a value or remove the line")
		return
	}
	if text, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok && !writtenOut(node, v) {
		d.text(node, text, path)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(node, v.Elem(), path)
	case reflect.Struct:
		d.structure(node, v, path)
	case reflect.Map:
		d.dictionary(node, v, path)
	case reflect.Slice:
		d.sequence(node, v, path)
	default:
		d.scalar(node, v, path)
	}
}

// writtenOut reports whether a map that may be a text is written as a mapping.
func writtenOut(node ast.Node, v reflect.Value) bool {
	_, mapping := mappingValues(node)
	return mapping && v.Kind() == reflect.Map
}

func (d *Document) sequence(node ast.Node, v reflect.Value, path Path) {
	seq, ok := node.(*ast.SequenceNode)
	if !ok {
		d.add(start(node), fmt.Sprintf("%s must be a list", name(path)), "write [a, b] or one “- item” per line")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
	for i, item := range seq.Values {
		at := path.Item(i)
		d.places[at] = start(item)
		d.value(item, v.Index(i), at)
	}
}

func (d *Document) text(node ast.Node, into encoding.TextUnmarshaler, path Path) {
	s, ok := scalarText(node)
	if !ok {
		d.add(start(node), fmt.Sprintf("%s must be a single value", name(path)), "")
		return
	}
	if err := into.UnmarshalText([]byte(s)); err != nil {
		hint := ""
		if h, ok := errors.AsType[hinter](err); ok {
			hint = h.Hint()
		}
		d.add(start(node), fmt.Sprintf("%s: %s", name(path), err), hint)
	}
}

func (d *Document) scalar(node ast.Node, v reflect.Value, path Path) {
	s, ok := scalarText(node)
	if ok {
		ok = setScalar(v, s, node)
	}
	if !ok {
		d.add(start(node), fmt.Sprintf("%s must be %s", name(path), kindInWords(v.Kind())), "")
	}
}

func setScalar(v reflect.Value, s string, node ast.Node) bool {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Bool:
		b, ok := node.(*ast.BoolNode)
		if !ok {
			return false
		}
		v.SetBool(b.Value)
	case reflect.Int:
		i, err := strconv.Atoi(s)
		if err != nil {
			return false
		}
		v.SetInt(int64(i))
	case reflect.Float64:
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return false
		}
		v.SetFloat(f)
	default:
		panic("strictyaml: cannot decode into " + v.Type().String())
	}
	return true
}

func kindInWords(k reflect.Kind) string {
	return map[reflect.Kind]string{
		reflect.String: "a string", reflect.Bool: "true or false", reflect.Int: "a whole number", reflect.Float64: "a number",
	}[k]
}

// scalarText is what was written for a single value, without its quotes.
func scalarText(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}
