package mailtext

import (
	"slices"
	"strings"

	"verbale/intake/lexicon"
)

// AsksStatus reports whether a mail asks for the status of its request: the whole subject or
// first line is one of the phrases for that.
func (h *Habits) AsksStatus(subject, body string) bool {
	lines := linesOf(body)
	return h.isStatusWord(subject) || len(lines) > 0 && h.isStatusWord(lines[0])
}

func (h *Habits) isStatusWord(text string) bool {
	return slices.Contains(h.status, strings.TrimFunc(lexicon.FoldString(text), notOfWord))
}
