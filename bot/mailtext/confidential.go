package mailtext

import (
	"slices"
	"strings"
	"unicode"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// ConfidentialMark returns the mark of confidentiality in a mail's subject, its new text or an
// attached letter; "" if there is none.
func (h *Habits) ConfidentialMark(m *intake.Message) string {
	if mark := h.markOfSubject(m.Subject); mark != "" {
		return mark
	}
	texts := []string{m.Body()}
	for _, a := range m.Attachments {
		texts = append(texts, a.Text.Content)
	}
	for _, text := range texts {
		if mark := h.markInHead(text); mark != "" {
			return mark
		}
	}
	return ""
}

// markOfSubject returns a mark that is set apart at the beginning of a subject.
func (h *Habits) markOfSubject(subject string) string {
	subject = h.Subject(subject)
	for _, ends := range []string{"]", ")", ":", " - ", " – ", " — "} {
		if first, _, found := strings.Cut(subject, ends); found && h.isConfidentialMark(first) {
			return strings.Trim(first, "[( ")
		}
	}
	if h.isConfidentialMark(subject) {
		return subject
	}
	return ""
}

// markInHead returns a mark that stands alone on one of the first lines of a text.
func (h *Habits) markInHead(text string) string {
	seen := 0
	for line := range strings.Lines(text) {
		line = OneLine(line)
		if line == "" {
			continue
		}
		if h.isConfidentialMark(line) {
			return line
		}
		if seen++; seen == h.SealedLines {
			break
		}
	}
	return ""
}

// longestMark is the maximum length of a mark in bytes.
const longestMark = 100

// isConfidentialMark reports whether words are a mark, ignoring punctuation around them.
func (h *Habits) isConfidentialMark(words string) bool {
	if len(words) > longestMark {
		return false
	}
	words = strings.TrimFunc(lexicon.FoldString(words), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.Contains(h.sealed, words)
}
