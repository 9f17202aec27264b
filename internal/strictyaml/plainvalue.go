package strictyaml

import (
	"encoding"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

// An intoMapping takes the values of a mapping into a struct or a map.
type intoMapping struct {
	v       reflect.Value
	fields  map[string][]int // of a struct: where the field of each key is
	seen    map[string]bool
	key     string
	element reflect.Value // of a map: the value that is read
}

func mappingInto(v reflect.Value) *intoMapping {
	readsItself(v)
	m := &intoMapping{v: v, seen: map[string]bool{}}
	switch v.Kind() {
	case reflect.Struct:
		m.fields = fieldsOf(v.Type())
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	default:
		mustBe(false)
	}
	return m
}

// value returns where the value of a key belongs.
func (m *intoMapping) value(key string) reflect.Value {
	mustBe(!m.seen[key])
	m.seen[key], m.key = true, key
	if m.fields == nil {
		m.element = reflect.New(m.v.Type().Elem()).Elem()
		return m.element
	}
	at, known := m.fields[key]
	mustBe(known)
	return m.v.FieldByIndex(at)
}

// put stores the value in a map.
func (m *intoMapping) put() {
	if m.fields != nil {
		return
	}
	key := reflect.New(m.v.Type().Key()).Elem()
	if key.Kind() == reflect.String {
		setText(key, m.key)
	} else {
		setUnquoted(key, m.key)
	}
	m.v.SetMapIndex(key, m.element)
}

// fieldsOf tells the fields of a struct by their keys, those of inlined structs
// among them.
func fieldsOf(t reflect.Type) map[string][]int {
	fields := map[string][]int{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := f.Tag.Lookup("yaml")
		key, options, _ := strings.Cut(tag, ",")
		switch {
		case !f.IsExported() && !ok:
		case options == "inline" && key == "" && f.Type.Kind() == reflect.Struct:
			for name, at := range fieldsOf(f.Type) {
				fields[name] = append([]int{i}, at...)
			}
		default:
			mustBe(f.IsExported() && key != "" && key != "-" && options == "")
			fields[key] = []int{i}
		}
	}
	return fields
}

// An intoList takes the items of a list into a slice.
type intoList struct{ v reflect.Value }

func listInto(v reflect.Value) intoList {
	readsItself(v)
	mustBe(v.Kind() == reflect.Slice)
	v.Set(reflect.MakeSlice(v.Type(), 0, 4))
	return intoList{v}
}

// next adds an item, which is still to be read.
func (l intoList) next() reflect.Value {
	n := l.v.Len()
	if n == l.v.Cap() {
		l.v.Grow(n + 1)
	}
	l.v.SetLen(n + 1)
	return l.v.Index(n)
}

// readsItself stops at values of types that know how they are read.
func readsItself(v reflect.Value) {
	switch v.Addr().Interface().(type) {
	case encoding.TextUnmarshaler, yaml.InterfaceUnmarshaler, yaml.BytesUnmarshaler, yaml.NodeUnmarshaler,
		yaml.InterfaceUnmarshalerContext, yaml.BytesUnmarshalerContext, yaml.NodeUnmarshalerContext:
		mustBe(false)
	}
}

// setText sets a value that was written in quotes.
func setText(v reflect.Value, text string) {
	readsItself(v)
	mustBe(v.Kind() == reflect.String)
	v.SetString(text)
}

// setUnquoted sets a value that was written without quotes.
func setUnquoted(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		mustBe(isText(text) || isWhole(text))
		setText(v, text)
	case reflect.Int:
		readsItself(v)
		mustBe(isWhole(strings.TrimPrefix(text, "-")))
		n, err := strconv.Atoi(text)
		mustBe(err == nil)
		v.SetInt(int64(n))
	case reflect.Float64:
		readsItself(v)
		v.SetFloat(decimal(text))
	case reflect.Bool:
		readsItself(v)
		mustBe(text == "true" || text == "false")
		v.SetBool(text == "true")
	default:
		mustBe(false)
	}
}

// decimal reads a decimal fraction or a whole number.
func decimal(text string) float64 {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	mustBe(isWhole(whole) && strings.Trim(fraction, "0123456789") == "" && !strings.HasSuffix(text, "."))
	f, err := strconv.ParseFloat(text, 64)
	mustBe(err == nil)
	return f
}
