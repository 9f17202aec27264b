package strictyaml

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// A field is the struct field of a key.
type field struct {
	index    int
	required bool
	refused  bool
}

// fields returns the fields of a struct by key.
func fields(t reflect.Type) map[string]field {
	out := make(map[string]field, t.NumField())
	for i := range t.NumField() {
		key, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if key != "" && key != "-" {
			out[key] = field{index: i, required: option == "required", refused: option == "refused"}
		}
	}
	return out
}

// offered lists the keys that may be suggested.
func offered(known map[string]field) (keys []string) {
	for key, f := range known {
		if !f.refused {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func (d *Document) structure(node ast.Node, v reflect.Value, path Path) {
	known := fields(v.Type())
	given, ok := d.pairs(node, path)
	if !ok {
		return
	}
	for _, pair := range given {
		f, ok := known[pair.key]
		if !ok {
			d.add(pair.at, fmt.Sprintf("key %q is not known here", pair.key), DidYouMean(pair.key, offered(known)))
			continue
		}
		d.value(pair.value, v.Field(f.index), path.Key(pair.key))
	}
	for _, key := range slices.Sorted(maps.Keys(known)) {
		if known[key].required && !d.Has(path.Key(key)) {
			d.Report(path, fmt.Sprintf("key %q is missing", key), fmt.Sprintf("add “%s: …”", key))
		}
	}
}

func (d *Document) dictionary(node ast.Node, v reflect.Value, path Path) {
	given, ok := d.pairs(node, path)
	if !ok {
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(given)))
	for _, pair := range given {
		item := reflect.New(v.Type().Elem()).Elem()
		d.value(pair.value, item, path.Key(pair.key))
		v.SetMapIndex(reflect.ValueOf(pair.key).Convert(v.Type().Key()), item)
	}
}

// A pair is one line of a mapping, its key as written.
type pair struct {
	key   string
	at    place
	value ast.Node
}

// pairs lists the keys of a mapping, each once, and notes where they stand.
func (d *Document) pairs(node ast.Node, path Path) ([]pair, bool) {
	values, ok := mappingValues(node)
	if !ok {
		what := name(path)
		if path == Root {
			what = "the file"
		}
		d.add(start(node), fmt.Sprintf("%s must be a mapping", what), "write “key: value” lines")
		return nil, false
	}
	var out []pair
	seen := make(map[string]bool, len(values))
	for _, mv := range values {
		p := pair{at: placeOf(mv.Key.GetToken()), value: mv.Value}
		if p.key, ok = scalarText(mv.Key); !ok {
			d.add(p.at, "this key is not a plain word", "write a plain word, a colon and the value")
			continue
		}
		if seen[p.key] {
			d.add(p.at, fmt.Sprintf("key %q is given twice", p.key), "keep one of the two")
			continue
		}
		seen[p.key] = true
		d.places[path.Key(p.key)] = p.place()
		out = append(out, p)
	}
	return out, true
}

// place is the place to report for the value: that of the value itself if it is a single
// one, that of the key if it is a mapping or a list.
func (p pair) place() place {
	if _, single := scalarText(p.value); single {
		return start(p.value)
	}
	return p.at
}

func mappingValues(node ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// start is where a node begins; a block mapping begins with its first key.
func start(node ast.Node) place {
	if m, ok := node.(*ast.MappingNode); ok && m.IsFlowStyle {
		return placeOf(m.GetToken())
	}
	if values, ok := mappingValues(node); ok && len(values) > 0 {
		return placeOf(values[0].Key.GetToken())
	}
	return placeOf(node.GetToken())
}

func placeOf(t *token.Token) place {
	return place{t.Position.Line, t.Position.Column}
}
