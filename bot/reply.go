package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// A reply is what a colleague's mail asks to be done with a request.
type reply struct {
	verb intake.Verb
	rest string // the reason, or to whom the request goes
}

// A beginning is how a reply may begin, folded.
type beginning struct {
	words string
	verb  intake.Verb
}

// replyVerbs are the steps that a colleague may make by mail.
var replyVerbs = []intake.Verb{intake.VerbAccept, intake.VerbDecline, intake.VerbHandOver}

func (h *Habits) compileReplies() error {
	for verb, languages := range h.Replies {
		if !slices.Contains(replyVerbs, verb) {
			return fmt.Errorf("%q is no step that a reply can make", verb)
		}
		for _, phrases := range languages {
			for _, words := range phrases {
				h.beginnings = append(h.beginnings, beginning{lexicon.FoldString(words), verb})
			}
		}
	}
	slices.SortFunc(h.beginnings, func(a, b beginning) int {
		return cmp.Or(cmp.Compare(len(b.words), len(a.words)), cmp.Compare(a.words, b.words))
	})
	return nil
}

// linesOfGreeting is how far down the first words of a reply are looked for.
const linesOfGreeting = 4

// reply finds what a mail asks for in its first lines; further lines add to
// the reason.
func (h *Habits) reply(body string) (reply, bool) {
	var lines []string
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	for i, line := range lines[:min(len(lines), linesOfGreeting)] {
		if r, ok := h.replyIn(line); ok {
			r.rest = cut(strings.TrimSpace(strings.Join(append([]string{r.rest}, lines[i+1:]...), " ")), h.NoteLength)
			return r, true
		}
	}
	return reply{}, false
}

const quotationMarks = "\"'«»“”„* "

func (h *Habits) replyIn(line string) (reply, bool) {
	line = strings.TrimLeft(line, quotationMarks)
	folded := lexicon.Fold(line)
	for _, b := range h.beginnings {
		if !strings.HasPrefix(folded.Text, b.words) {
			continue
		}
		_, end := folded.Original(0, len(b.words))
		rest := line[end:]
		if inWord(rest) {
			continue
		}
		if b.verb == intake.VerbAccept && inWord(strings.TrimSpace(rest)) {
			return reply{}, false // "I accept that this is not for us"
		}
		return reply{b.verb, strings.TrimLeftFunc(rest, notOfWord)}, true
	}
	return reply{}, false
}

// inWord reports whether a text begins within or with a word.
func inWord(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && !notOfWord(r)
}

func notOfWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
