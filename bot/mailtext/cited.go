package mailtext

import (
	"regexp"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/reading/dates"
	"verbale/intake/reading/letter"
)

// registerNumber matches what may be the registration number of a letter.
var registerNumber = regexp.MustCompile(`[\p{L}\p{N}](?:[\p{L}\p{N}/.\-–]*[\p{L}\p{N}])?`)

// maxCited limits how many numbers of one mail are looked up, since anyone can send mail.
const maxCited = 3

// Numbers returns the numbers by which a mail refers to earlier letters of its sender: "our
// letter No. 01-12/345 of 3 March".
func (h Cues) Numbers() (numbers []string) {
	for _, c := range h.cues {
		if !c.Has(cueOwnLetter) {
			continue
		}
		number := h.numberAfter(c)
		if number != "" && !slices.Contains(numbers, number) && len(numbers) < maxCited {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// numberAfter returns the first registration number after a cue in the same paragraph, within
// the configured distance.
func (h Cues) numberAfter(c Cue) string {
	end := min(c.End+h.reader.Habits.Cited.Reach, len(h.text))
	if stop := strings.Index(h.text[c.End:end], "\n\n"); stop >= 0 {
		end = c.End + stop
	}
	days := h.reader.Days.In(h.text, h.scan, c.End, end, intake.Date{})
	for _, at := range registerNumber.FindAllStringIndex(h.text[c.End:end], -1) {
		from, to := c.End+at[0], c.End+at[1]
		word := h.text[from:to]
		isDay := slices.ContainsFunc(days, func(m dates.Moment) bool { return from < m.End && m.Start < to })
		if strings.ContainsAny(word, "0123456789") && !isDay && (strings.ContainsAny(word, "/-–") || letter.EndsInNumberMark(h.text[c.Start:from])) {
			return word
		}
	}
	return ""
}

// OwnLetter reports whether the text speaks of an earlier letter of its sender's.
func (h Cues) OwnLetter() bool {
	_, ok := h.First(cueOwnLetter)
	return ok
}
