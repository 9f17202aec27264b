package blockkit

import "slices"

// A kind says what JSON value a field holds.
type kind uint8

const (
	aString kind = iota
	aBool
	anInteger
	aNumber
	anObject
	aList
)

// A field is the rule for one value of an object.
type field struct {
	kind   kind
	needed bool
	// min and max bound the characters of a string or of the text of a text object,
	// the items of a list, or an integer. A max of 0 is none.
	min, max int
	values   []string            // the only strings allowed
	form     func(string) string // what is wrong with a string, or ""
	of       family              // what an object may be
	items    *field              // of a list
}

type fields map[string]field

// A rule is one that concerns several fields of an object.
type rule func(c *checker, at string, o object)

// A schema is the rules for one block, element or object.
type schema struct {
	page   string   // in Slack's reference, below https://docs.slack.dev/reference/
	on     surface  // where it may stand; 0 is everywhere
	shared []fields // that others have too
	fields fields
	anyOf  []string // of these fields at least one is needed
	oneOf  []string // of these fields exactly one is needed
	rules  []rule
}

// all are the fields of the schema, its own last.
func (s schema) all() []fields {
	return slices.Concat(s.shared, []fields{s.fields})
}

// field is the rule for a field of this name.
func (s schema) field(name string) (field, bool) {
	for _, part := range s.all() {
		if f, ok := part[name]; ok {
			return f, true
		}
	}
	return field{}, false
}

// A family is what an object in one place may be, by its "type". The only member of
// a family of objects that have no type stands under "".
type family map[string]schema

// only is the part of a family with these types.
func (f family) only(types ...string) family {
	part := family{}
	for _, t := range types {
		s, ok := f[t]
		if !ok {
			panic("blockkit: no schema for " + t)
		}
		part[t] = s
	}
	return part
}

// with is both families together.
func (f family) with(other family) family {
	both := family{}
	for _, each := range []family{f, other} {
		for t, s := range each {
			both[t] = s
		}
	}
	return both
}

// A surface is a set of the places where blocks are shown.
type surface uint8

const (
	inMessage surface = 1 << iota
	inModal
	inHome

	nowhere surface = 1 << 7
)

func (f field) must() field {
	f.needed = true
	return f
}

// word is a string that is not empty; a max of 0 is none.
func word(max int) field { return field{kind: aString, min: 1, max: max} }

// note is a string that may be empty.
func note(max int) field { return field{kind: aString, max: max} }

// formed is a string of which form has nothing to say.
func formed(max int, form func(string) string) field {
	return field{kind: aString, min: 1, max: max, form: form}
}

func choice(values ...string) field { return field{kind: aString, values: values} }

func whole(min, max int) field { return field{kind: anInteger, min: min, max: max} }

func one(of family) field { return field{kind: anObject, of: of} }

func list(min, max int, items field) field {
	return field{kind: aList, min: min, max: max, items: &items}
}

// text is a text object of either type, with at most max characters.
func text(max int) field { return field{kind: anObject, of: texts, max: max} }

// plain is a text object without formatting.
func plain(max int) field { return field{kind: anObject, of: texts.only("plain_text"), max: max} }

var flag, figure = field{kind: aBool}, field{kind: aNumber}
