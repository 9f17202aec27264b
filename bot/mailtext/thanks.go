package mailtext

import (
	"slices"
	"strings"
)

// OnlyThanks reports whether a text says nothing but thanks: it is short, thanks, and asks for
// nothing, not even in passing.
func (h Cues) OnlyThanks() bool {
	_, thanks := h.First(cueThanks)
	more := slices.ContainsFunc([]string{cueAsks, CueChaser, CueWithdraw, cueNewDates, cueCorrection}, func(id string) bool {
		_, found := h.First(id)
		return found
	})
	return thanks && !more && !strings.Contains(h.text, "?") && len(strings.Fields(h.text)) <= h.reader.Habits.ThanksLength
}

// Gist is the sentence of a text that best says what it is about: its first question, else
// the first sentence that asks for something, else all of it, on one line.
func (h Cues) Gist() string {
	if at := strings.Index(h.text, "?"); at >= 0 {
		from, to := sentenceAround(h.text, at, at)
		return OneLine(h.text[from:to])
	}
	if c, ok := h.First(cueAsks); ok {
		return h.Sentence(c)
	}
	return OneLine(h.text)
}
