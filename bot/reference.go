package bot

import "regexp"

// ReferencesOf returns an expression that matches the references of an office, by their
// prefix, in any text.
func ReferencesOf(prefix string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(prefix) + `-\d{4}-\d{5,}\b`)
}
