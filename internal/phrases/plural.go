package phrases

import (
	"fmt"
	"maps"
	"slices"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// text is one entry of a catalogue: a single wording, or one for each plural form of the
// value named by "by".
type text struct {
	whole string
	by    string
	forms map[plural.Form]string
}

// formNames maps the names of plural forms used in catalogue files to the forms (Unicode
// CLDR).
var formNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// UnmarshalYAML reads a plain string, or a mapping of "by" and plural forms. This signature
// is used because, unlike the []byte one, it does not make the decoder re-encode each of
// thousands of entries as YAML.
func (t *text) UnmarshalYAML(read func(any) error) error {
	if read(&t.whole) == nil {
		return nil
	}
	var entries map[string]string
	if err := read(&entries); err != nil {
		return err
	}
	t.by, t.forms = entries["by"], map[plural.Form]string{}
	delete(entries, "by")
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		form, known := formNames[name]
		if !known {
			return fmt.Errorf("%q is no plural form", name)
		}
		t.forms[form] = entries[name]
	}
	return nil
}

func (t text) form(tag language.Tag, values Values) string {
	if t.forms == nil {
		return t.whole
	}
	n, _ := values[t.by].(int)
	return t.forms[formOf(tag, n)]
}

// wordings returns every wording of the text, in no particular order.
func (t text) wordings() []string {
	if t.forms == nil {
		return []string{t.whole}
	}
	return slices.Collect(maps.Values(t.forms))
}

func formOf(tag language.Tag, n int) plural.Form {
	return plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)
}

// neededForms returns the plural forms that whole numbers need in a language. The rules
// depend only on the last two digits, so a few hundred numbers cover all forms.
func neededForms(tag language.Tag) map[plural.Form]bool {
	needed := map[plural.Form]bool{}
	for n := range 300 {
		needed[formOf(tag, n)] = true
	}
	return needed
}
