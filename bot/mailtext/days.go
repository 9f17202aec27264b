package mailtext

import (
	"slices"
	"strings"
	"unicode"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
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

// wordsToDays is how far before days a word may stand that says they do not hold.
const wordsToDays = 3

// OtherDays are the days that a text proposes instead of earlier ones, counted from
// base where it leaves the year or more open, and the cue that says so: a change, a
// correction, or words that take other days of the same sentence back ("from 19 to 21
// April, not from 12 to 14 April").
func (h Heard) OtherDays(base intake.Date) (first, last intake.Date, by Cue, ok bool) {
	for _, c := range slices.Concat(h.cues, h.denials) {
		from, to := c.End, c.to
		switch {
		case c.Has(cueNewDates):
		case !c.Has(cueCorrection) && !c.Has(cueDenial), h.ofOtherDays(c):
			continue
		case c.Has(cueCorrection):
			to = h.nextSentence(c)
		default:
			from = c.from
		}
		hold, denied := h.daysIn(from, to, base)
		if len(hold) == 0 || c.Has(cueDenial) && len(denied) == 0 {
			continue
		}
		first, last, _ = hold[0].Resolve(base)
		return first, last, c, true
	}
	return intake.Date{}, intake.Date{}, Cue{}, false
}

// daysIn are the stretches of days that a part of the text names: those that hold, and
// those that are taken back.
func (h Heard) daysIn(start, end int, base intake.Date) (hold, denied []dates.Moment) {
	for _, m := range h.ear.Days.In(h.text, h.scan, start, end, base) {
		first, last, ok := m.Resolve(base)
		switch {
		case !ok || wholeYears(first, last):
		case slices.ContainsFunc(h.denials, func(d Cue) bool { return d.End <= m.Start && m.Token-(d.Token+d.N) < wordsToDays }):
			denied = append(denied, m)
		default:
			hold = append(hold, m)
		}
	}
	return hold, denied
}

// ofOtherDays reports whether the sentence of a cue speaks of days of something else
// than what is asked for, as of a letter or a deadline.
func (h Heard) ofOtherDays(c Cue) bool {
	return slices.ContainsFunc(h.cues, func(o Cue) bool { return o.Has(cueElse) && c.from <= o.Start && o.End <= c.to })
}

// nextSentence is where the sentence ends that follows the one of a cue: what holds
// often stands there.
func (h Heard) nextSentence(c Cue) int {
	start := len(h.text) - len(strings.TrimLeftFunc(h.text[c.to:], unicode.IsSpace))
	_, end := sentenceAround(h.text, start, start)
	return end
}
