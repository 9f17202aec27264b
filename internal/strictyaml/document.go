package strictyaml

import (
	"strconv"
	"strings"
)

// A Path names a value of a document: "rules[3].when.services".
type Path string

// Root is the path of the whole document.
const Root Path = ""

// Key returns the path of a key within the mapping at p.
func (p Path) Key(key string) Path {
	if p == Root {
		return Path(key)
	}
	return p + "." + Path(key)
}

// Item returns the path of an item, from 0, within the list at p.
func (p Path) Item(i int) Path { return p + Path("["+strconv.Itoa(i)+"]") }

// parent is the path of what a value stands in.
func (p Path) parent() Path {
	return p[:max(0, strings.LastIndexAny(string(p), ".["))]
}

type place struct{ line, column int }

// A Document is a file as read: where each of its values stands, and all that
// is wrong with it so far.
type Document struct {
	file     string
	places   map[Path]place
	problems Problems
}

// Again returns the document without its problems, for a further round of checks. It may
// be called on nil, for a value that was not read from a file. Problems have no place then.
func (d *Document) Again() *Document {
	if d == nil {
		return &Document{file: "(built in)", places: map[Path]place{}}
	}
	return &Document{file: d.file, places: d.places}
}

// Has reports whether the file states a value at the path.
func (d *Document) Has(path Path) bool {
	_, ok := d.places[path]
	return ok
}

// Report adds a problem at the place of a value. If the file does not have the value, it
// is reported at the innermost mapping or list that would contain it.
func (d *Document) Report(path Path, message, hint string) {
	at, ok := d.places[path]
	for !ok && path != Root {
		path = path.parent()
		at, ok = d.places[path]
	}
	d.add(at, message, hint)
}

// Problems returns what is wrong so far, in the order of the file.
func (d *Document) Problems() Problems { return d.problems.sorted() }

// Err returns the problems as an error, nil where there are none.
func (d *Document) Err() error { return d.Problems().Err() }

func (d *Document) add(at place, message, hint string) {
	d.problems = append(d.problems, Problem{File: d.file, Line: at.line, Column: at.column, Message: message, Hint: hint})
}

// name is what people call the value at a path: its last key.
func name(p Path) string {
	s := string(p)
	for strings.HasSuffix(s, "]") {
		s = s[:strings.LastIndex(s, "[")]
	}
	return s[strings.LastIndex(s, ".")+1:]
}

// list writes words as an enumeration.
func list(words []string) string { return strings.Join(words, ", ") }
