package intake

import (
	"slices"
	"strings"
)

func only(t Text, kinds []SectionKind) string {
	if len(t.Sections) == 0 {
		if slices.Contains(kinds, SectionNew) {
			return strings.TrimSpace(t.Content)
		}
		return ""
	}
	var b strings.Builder
	for _, s := range t.Sections {
		if slices.Contains(kinds, s.Kind) {
			b.WriteString(t.Content[s.Start:s.End])
		}
	}
	return strings.TrimSpace(b.String())
}
