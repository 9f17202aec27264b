package mailtext

import (
	"verbale/intake"
	"verbale/intake/lexicon"
)

// leadToDay is a word before which a month is no other word: it stands before
// what follows words that ask for a day.
const leadToDay = "until "

// Day is the first day that a text names, counted from base where it leaves
// the year or more open.
func (e *Ear) Day(text string, base intake.Date) (intake.Date, bool) {
	text = leadToDay + text
	for _, m := range e.Days.In(text, lexicon.Words(text), 0, len(text), base) {
		if first, _, ok := m.Resolve(base); ok {
			return first, true
		}
	}
	return intake.Date{}, false
}

// stretch is the first stretch of days that a part of the text names, from its first
// day to its last, and where in the text it begins.
func (h Heard) stretch(start, end int, base intake.Date) (first, last intake.Date, at int, ok bool) {
	for _, m := range h.ear.Days.In(h.text, h.scan, start, end, base) {
		if first, last, ok := m.Resolve(base); ok {
			return first, last, m.Start, true
		}
	}
	return intake.Date{}, intake.Date{}, 0, false
}

// OtherDays are the days that a text proposes instead of earlier ones, counted from
// base where it leaves the year or more open, and the cue that says so.
func (h Heard) OtherDays(base intake.Date) (first, last intake.Date, by Cue, ok bool) {
	for _, c := range h.cues {
		if !c.Has(cueNewDates) {
			continue
		}
		if first, last, _, ok := h.stretch(c.End, c.to, base); ok {
			return first, last, c, true
		}
	}
	return intake.Date{}, intake.Date{}, Cue{}, false
}
