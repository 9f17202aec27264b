package phrases

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// check compares every language with the model, which defines the keys and placeholders that
// the program uses.
func (c *Catalogue) check(model *languageTexts) error {
	var faults []error
	for _, lang := range Languages {
		for _, fault := range c.byLanguage[lang].faults(model) {
			faults = append(faults, fmt.Errorf("catalogue %s: %w", lang, fault))
		}
	}
	return errors.Join(faults...)
}

func (b *languageTexts) faults(model *languageTexts) []error {
	var faults []error
	if len(b.Calendar.Months) != 12 || b.Calendar.Day == "" {
		faults = append(faults, errors.New("calendar needs twelve months and a day"))
	}
	for _, key := range slices.Sorted(maps.Keys(model.Texts)) {
		t, ok := b.Texts[key]
		if !ok {
			faults = append(faults, fmt.Errorf("%s is missing", key))
			continue
		}
		faults = append(faults, b.textFaults(key, t, model.Texts[key])...)
	}
	for _, key := range slices.Sorted(maps.Keys(b.Texts)) {
		if _, ok := model.Texts[key]; !ok {
			faults = append(faults, fmt.Errorf("%s is not a text that the program uses", key))
		}
	}
	return faults
}

func (b *languageTexts) textFaults(key string, t, model text) []error {
	var faults []error
	if t.by != model.by {
		faults = append(faults, fmt.Errorf("%s counts by %q, not %q", key, t.by, model.by))
	}
	if t.forms != nil && !maps.Equal(keySet(t.forms), neededForms(b.tag)) {
		faults = append(faults, fmt.Errorf("%s does not have exactly the plural forms of its language", key))
	}
	want := placeholders(model)
	for _, wording := range t.wordings() {
		if strings.TrimSpace(wording) == "" {
			faults = append(faults, fmt.Errorf("%s is empty", key))
		}
		if got := placeholdersOf(wording); !slices.Equal(got, want) {
			faults = append(faults, fmt.Errorf("%s has placeholders %v, not %v", key, got, want))
		}
	}
	return faults
}

func keySet[K comparable, V any](m map[K]V) map[K]bool {
	set := make(map[K]bool, len(m))
	for k := range m {
		set[k] = true
	}
	return set
}

// placeholders returns the placeholders in all wordings of a text.
func placeholders(t text) []string { return placeholdersOf(strings.Join(t.wordings(), " ")) }

func placeholdersOf(wording string) []string {
	names := placeholder.FindAllString(wording, -1)
	slices.Sort(names)
	return slices.Compact(names)
}
