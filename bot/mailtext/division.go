package mailtext

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// NamesOwnDivision reports whether a text begins by naming the writer's own division, though
// not by its name: "the division, since I am on mission".
func (h *Habits) NamesOwnDivision(text string) bool {
	_, _, ok := beginsWith(text, h.division)
	return ok
}

// NamedAt returns where a folded text first has a folded name as that of who is to get a
// request, and not after words such as "not to"; -1 if it has not.
func (h *Habits) NamedAt(text, name string) int {
	for from := 0; ; {
		i := WordIndex(text[from:], name)
		if i < 0 {
			return -1
		}
		if start := from + i; !h.excludes(text[:start]) {
			return start
		}
		from += i + len(name)
	}
}

// excludes reports whether a text ends by saying who is not to get a request.
func (h *Habits) excludes(text string) bool {
	text = strings.TrimRightFunc(text, notOfWord)
	return slices.ContainsFunc(h.notTo, func(words string) bool {
		before, found := strings.CutSuffix(text, words)
		last, _ := utf8.DecodeLastRuneInString(before)
		return found && (before == "" || notOfWord(last))
	})
}
