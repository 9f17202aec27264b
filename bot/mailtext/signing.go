package mailtext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// Text below a closing with more than wordsOfTitle words is not a name or title; a name after
// a closing has at most wordsOfName words.
const (
	wordsOfTitle = 8
	wordsOfName  = 4
)

// unsigned removes the end of a mail from lines and sentences: a closing with the name, title
// and telephone number below it, or the writer's name alone. Sentences below a closing are
// kept.
func (h *Habits) unsigned(lines []string, writer intake.Address) (said []string) {
	closed := false
	for _, line := range lines {
		closes := h.closes(line, writer)
		closed = closed || closes
		if !closes && !(closed && !saysMore(line)) && !signs(line, writer) {
			said = append(said, line)
		}
	}
	return said
}

// closes reports whether a line is a closing, followed at most by a name.
func (h *Habits) closes(line string, writer intake.Address) bool {
	_, name, ok := beginsWith(line, h.closings)
	words := wordsOf(name)
	named := len(words) <= wordsOfName && !slices.ContainsFunc(words, inSmallLetters)
	return ok && (named || signs(name, writer))
}

// saysMore reports whether a line below a closing is a sentence of the mail.
func saysMore(line string) bool {
	return strings.ContainsAny(line[max(0, len(line)-1):], ".!?") || len(strings.Fields(line)) > wordsOfTitle
}

// signs reports whether a line is the writer's name, a part of it, or their initials.
func signs(line string, writer intake.Address) bool {
	local, _, _ := strings.Cut(writer.Address, "@")
	names, words := wordsOf(writer.Name+" "+local), wordsOf(line)
	return len(words) > 0 && len(words) <= wordsOfName && !slices.ContainsFunc(words, func(word string) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return isName(word, name) })
	})
}

func isName(word, name string) bool {
	word, name = lexicon.FoldString(word), lexicon.FoldString(name)
	return word == name || utf8.RuneCountInString(word) == 1 && strings.HasPrefix(name, word)
}

func wordsOf(text string) []string { return strings.FieldsFunc(text, notOfWord) }

func inSmallLetters(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(r)
}
