package bot

import "regexp"

// ReferencesOf finds the references of an office, by their prefix, in whatever text.
func ReferencesOf(prefix string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(prefix) + `-\d{4}-\d{5,}\b`)
}
