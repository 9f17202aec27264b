package mailtext

import (
	"time"

	"verbale/intake"
)

// reachOfDay is the maximum distance in bytes from words such as "until" to their date.
const reachOfDay = 24

// Absence returns the day on which an absence ends, or on which somebody is back, and the
// sentence that says so; the zero Date if there is none. A range of days counts even without
// a cue.
func (e *CueReader) Absence(text string, base intake.Date) (intake.Date, string) {
	h := e.Find(text)
	for _, c := range h.cues {
		if !c.Has(cueUntil) && !c.Has(cueBack) {
			continue
		}
		if first, last, at, ok := h.stretch(c.Start, c.to, base); ok && at-c.End < reachOfDay && !wholeYears(first, last) {
			return last, h.Sentence(c)
		}
	}
	if first, last, at, ok := h.stretch(0, len(text), base); ok && first != last && !wholeYears(first, last) {
		from, to := sentenceAround(text, at, at)
		return last, OneLine(text[from:to])
	}
	return intake.Date{}, ""
}

// wholeYears reports whether a range consists of whole calendar years. Programmes, budgets
// and letters refer to years, but nobody is away for one.
func wholeYears(first, last intake.Date) bool {
	return first.Month == time.January && first.Day == 1 && last.Month == time.December && last.Day == 31
}
