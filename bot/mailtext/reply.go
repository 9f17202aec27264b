package mailtext

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

// An Instruction is something that a colleague's reply to an assignment mail may ask for.
type Instruction string

// The first four are steps of the lifecycle; the others affect reminders, or add a note.
const (
	InstructAccept    = Instruction(intake.VerbAccept)
	InstructDecline   = Instruction(intake.VerbDecline)
	InstructHandOver  = Instruction(intake.VerbHandOver)
	InstructAnswered  = Instruction("answered")
	InstructNotBefore = Instruction("not_before") // no reminders to the owner before a day
	InstructRemind    = Instruction("remind")
	InstructNote      = Instruction("note")
	instructNothing   = Instruction("nothing") // phrases that only sound like an instruction
)

// instructions lists all of them; steps lists those of which a mail may ask for only one.
var (
	instructions = []Instruction{
		InstructAccept, InstructDecline, InstructHandOver, InstructAnswered, InstructNotBefore, InstructRemind, InstructNote, instructNothing,
	}
	steps = []Instruction{InstructAccept, InstructDecline, InstructHandOver, InstructAnswered}
)

// A Reply is one instruction in a colleague's mail about a request.
type Reply struct {
	What Instruction
	Rest string // the reason, the new owner, or the day and what to do then
}

// A beginning is a folded phrase with which a reply may begin.
type beginning struct {
	words string
	what  Instruction
}

func (h *Habits) compileReplies() error {
	for what, languages := range h.Replies {
		if !slices.Contains(instructions, what) {
			return fmt.Errorf("unknown instruction %q in replies", what)
		}
		for _, phrases := range languages {
			for _, words := range phrases {
				h.beginnings = append(h.beginnings, beginning{lexicon.FoldString(words), what})
			}
		}
	}
	slices.SortFunc(h.beginnings, func(a, b beginning) int {
		return cmp.Or(cmp.Compare(len(b.words), len(a.words)), cmp.Compare(a.words, b.words))
	})
	return nil
}

// linesOfGreeting is the number of first lines that may contain instructions.
const linesOfGreeting = 4

// Asked returns the instructions in the sentences of a mail's first lines. unsure is set if
// the mail seems to contain an instruction but is ambiguous; then none is returned.
func (h *Habits) Asked(body string, writer intake.Address) (found []Reply, unsure bool) {
	lines := linesOf(body)
	for i, line := range lines[:min(len(lines), linesOfGreeting)] {
		sentences := sentencesOf(line)
		for j, sentence := range sentences {
			here, doubtful := h.repliesIn(sentence)
			if doubtful && !h.enlarges(found, sentence) {
				return nil, true
			}
			h.giveReason(here, slices.Concat(sentences[j+1:], lines[i+1:]), writer)
			found = append(found, here...)
			if n := len(here); n > 0 && takesTheRest(here[n-1].What) {
				return found, atOdds(found)
			}
		}
	}
	return found, atOdds(found)
}

// enlarges reports whether a sentence merely elaborates on a clear acceptance before it:
// "Accepted. I will take it up next week."
func (h *Habits) enlarges(found []Reply, sentence string) bool {
	said := slices.ContainsFunc(found, func(r Reply) bool { return r.What == InstructAccept })
	b, _, ok := h.beginningOf(h.opened(sentence))
	asks := strings.HasSuffix(strings.TrimRight(sentence, quotationMarks), "?")
	return said && ok && b.what == InstructAccept && !asks && !h.hedged(sentence)
}

// giveReason appends the text after a sentence to its last instruction, if that is one with a
// reason.
func (h *Habits) giveReason(found []Reply, after []string, writer intake.Address) {
	if len(found) == 0 {
		return
	}
	last := &found[len(found)-1]
	if takesTheRest(last.What) || slices.Contains(steps, last.What) {
		said := h.unsigned(append([]string{last.Rest}, after...), writer)
		last.Rest = Cut(strings.TrimSpace(strings.Join(said, " ")), h.NoteLength)
	}
}

// takesTheRest reports whether the rest of the mail belongs to an instruction.
func takesTheRest(what Instruction) bool {
	return what == InstructDecline || what == InstructHandOver || what == InstructNote
}

// atOdds reports whether a mail asks for two different steps, which exclude each other.
func atOdds(found []Reply) bool {
	asked := map[Instruction]bool{}
	for _, r := range found {
		if slices.Contains(steps, r.What) {
			asked[r.What] = true
		}
	}
	return len(asked) > 1
}

func linesOf(body string) (lines []string) {
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// sentencesOf splits a line into sentences.
func sentencesOf(line string) (sentences []string) {
	start := 0
	for i, r := range line {
		if strings.ContainsRune(".!?", r) && strings.HasPrefix(line[i+1:], " ") {
			sentences = append(sentences, strings.TrimSpace(line[start:i+1]))
			start = i + 1
		}
	}
	return append(sentences, strings.TrimSpace(line[start:]))
}

const quotationMarks = "\"'«»“”„* "

// repliesIn returns the instructions in one sentence: at its beginning, after greetings and
// the like, and following a first instruction.
func (h *Habits) repliesIn(sentence string) (found []Reply, unsure bool) {
	rest := h.opened(sentence)
	for {
		b, after, ok := h.beginningOf(rest)
		if !ok || b.what == instructNothing {
			return found, !ok && h.asksWithin(rest)
		}
		plain, next := h.plainly(b.what, sentence, after)
		if !plain {
			return nil, true // "I accept that this is not for us"
		}
		if b.what != InstructAccept {
			return append(found, Reply{b.what, strings.TrimLeftFunc(next, notOfWord)}), false
		}
		found, rest = append(found, Reply{What: b.what}), next
	}
}

// plainly reports whether an instruction is meant literally, judging by the rest of its
// sentence, and returns the part of that which belongs to it or may contain the next one.
func (h *Habits) plainly(what Instruction, sentence, after string) (plain bool, next string) {
	_, _, unless := beginsWith(after, h.hedges)
	asks := slices.Contains(steps, what) && strings.HasSuffix(strings.TrimRight(sentence, quotationMarks), "?")
	if unless || asks || !takesTheRest(what) && h.hedged(sentence) {
		return false, ""
	}
	next, tied := after, true
	switch what {
	case InstructAccept:
		next, tied = h.afterTie(after)
	case InstructDecline:
		tied = h.givesReason(after)
		if _, reason, ok := beginsWith(after, h.objects); ok {
			next = reason
		}
	}
	return tied, next
}

// opened strips openings such as "Dear Anna, unfortunately".
func (h *Habits) opened(sentence string) string {
	for {
		if _, after, ok := beginsWith(sentence, h.openers); ok {
			sentence = after
			continue
		}
		_, after, found := strings.Cut(sentence, ",")
		if _, _, ok := beginsWith(sentence, h.greetings); !ok || !found {
			break
		}
		sentence = after
	}
	if _, after, ok := beginsWith(sentence, h.ties); ok { // "Sorry, but …"
		return after
	}
	return sentence
}

// givesReason reports whether the text after a decline is its reason, and not an object that
// somebody else declined.
func (h *Habits) givesReason(after string) bool {
	if _, next, ok := beginsWith(after, h.objects); ok {
		after = next
	}
	_, _, because := beginsWith(after, h.reasons)
	return because || !inWord(strings.TrimSpace(after))
}

// beginningOf returns the longest known beginning of a reply at the start of a text, and what
// follows it.
func (h *Habits) beginningOf(text string) (beginning, string, bool) {
	text = strings.TrimLeftFunc(text, notOfWord)
	folded := lexicon.Fold(text)
	for _, b := range h.beginnings {
		if after, ok := afterWords(text, folded, b.words); ok {
			return b, after, true
		}
	}
	return beginning{}, "", false
}

// beginsWith returns the first of the folded phrases with which a text begins, and what
// follows it.
func beginsWith(text string, words []string) (word, after string, ok bool) {
	text = strings.TrimLeftFunc(text, notOfWord)
	folded := lexicon.Fold(text)
	for _, word := range words {
		if after, ok := afterWords(text, folded, word); ok {
			return word, after, true
		}
	}
	return "", "", false
}

// afterWords returns what follows the given whole words at the beginning of a text.
func afterWords(text string, folded lexicon.Folded, words string) (after string, ok bool) {
	if !strings.HasPrefix(folded.Text, words) {
		return "", false
	}
	_, end := folded.Original(0, len(words))
	return text[end:], !inWord(text[end:])
}

// afterTie returns what follows an acceptance, without its object and conjunctions; ok is
// false if the acceptance itself continues.
func (h *Habits) afterTie(after string) (next string, ok bool) {
	ok = !inWord(strings.TrimSpace(after))
	for _, rest, named := beginsWith(after, h.objects); named; _, rest, named = beginsWith(after, h.objects) {
		after, ok = rest, !inWord(strings.TrimSpace(rest))
	}
	for {
		_, rest, tie := beginsWith(after, h.ties)
		if !tie {
			return strings.TrimLeftFunc(after, notOfWord), ok
		}
		after, ok = rest, true
	}
}

// hedged reports whether a sentence contains a hedge, such as a condition or a doubt.
func (h *Habits) hedged(sentence string) bool {
	folded := lexicon.FoldString(sentence)
	return slices.ContainsFunc(h.hedges, func(word string) bool { return WordIndex(folded, word) >= 0 })
}

// asksWithin reports whether a sentence contains, not at its beginning, a phrase of several
// words that asks for a step; single words are too ambiguous.
func (h *Habits) asksWithin(sentence string) bool {
	folded := lexicon.FoldString(sentence)
	return slices.ContainsFunc(h.beginnings, func(b beginning) bool {
		return slices.Contains(steps, b.what) && strings.ContainsAny(b.words, " '") && WordIndex(folded, b.words) >= 0
	})
}

// WordIndex returns the position of whole words in a text; -1 if they do not occur.
func WordIndex(text, words string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 || words == "" {
			return -1
		}
		start, end := from+i, from+i+len(words)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		if (start == 0 || notOfWord(before)) && !inWord(text[end:]) {
			return start
		}
		from = end
	}
}

// inWord reports whether a text begins with a character of a word.
func inWord(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && !notOfWord(r)
}

func notOfWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
