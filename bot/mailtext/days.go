package mailtext

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
)

// leadToDay is put before a text so that the name of a month is not taken for another word;
// the text is what follows a request for a date.
const leadToDay = "until "

// Day returns the first day named in a text, relative to base if the year or more is missing.
func (e *CueReader) Day(text string, base intake.Date) (intake.Date, bool) {
	text = leadToDay + text
	for _, m := range e.Days.In(text, lexicon.Words(text), 0, len(text), base) {
		if first, _, ok := m.Resolve(base); ok {
			return first, true
		}
	}
	return intake.Date{}, false
}

// stretch returns the first range of days named in a part of the text, and its position.
func (h Cues) stretch(start, end int, base intake.Date) (first, last intake.Date, at int, ok bool) {
	for _, m := range h.reader.Days.In(h.text, h.scan, start, end, base) {
		if first, last, ok := m.Resolve(base); ok {
			return first, last, m.Start, true
		}
	}
	return intake.Date{}, intake.Date{}, 0, false
}

// wordsToDays is the maximum distance in words between a negating word and the dates that it
// negates.
const wordsToDays = 3

// OtherDays returns the days that a text proposes in place of earlier ones, relative to base
// if the year or more is missing, and the cue for it: a change, a correction, a negation of
// other days in the same sentence ("from 19 to 21 April, not from 12 to 14 April"), or words
// that earlier days are not possible.
func (h Cues) OtherDays(base intake.Date) (first, last intake.Date, by Cue, ok bool) {
	for _, c := range slices.Concat(h.cues, h.denials) {
		from, to := h.reach(c)
		hold, denied := h.daysIn(from, to, base)
		if c.Has(cueImpossible) && len(hold) > 0 && hold[0].Start < c.to {
			hold = hold[1:]
		}
		if len(hold) == 0 || c.Has(cueDenial) && len(denied) == 0 {
			continue
		}
		first, last, _ = hold[0].Resolve(base)
		if c.Has(cueNewDates) {
			first, last = h.movedTo(hold, base)
		}
		return first, last, c, true
	}
	return intake.Date{}, intake.Date{}, Cue{}, false
}

// reach returns the part of the text in which a cue speaks of days; an empty one for cues
// that do not.
func (h Cues) reach(c Cue) (from, to int) {
	switch {
	case c.Has(cueNewDates):
		return c.End, c.to
	case c.Has(cueInstead):
		return c.from, c.to
	case c.Has(cueUnsuitable), c.Has(cueImpossible):
		return c.End, h.nextSentence(c)
	case h.ofOtherDays(c):
		return c.to, c.to
	case c.Has(cueDenial):
		return c.from, c.to
	case c.Has(cueCorrection):
		return c.End, h.nextSentence(c)
	}
	return c.to, c.to
}

// movedTo returns the days to which something is moved: of two stretches with a word such as
// "to" between them the second, and of a stretch too long for an activity its last part.
func (h Cues) movedTo(hold []dates.Moment, base intake.Date) (first, last intake.Date) {
	first, last, _ = hold[0].Resolve(base)
	if len(hold) > 1 && h.leadsOn(h.text[hold[0].End:hold[1].Start]) {
		first, last, _ = hold[1].Resolve(base)
		return first, last
	}
	if moves := h.reader.Habits.Moves; last.In(time.UTC).Sub(first.In(time.UTC)) < time.Duration(moves.Days)*24*time.Hour {
		return first, last
	}
	tokens := h.scan.TokensIn(hold[0].Start, hold[0].End)
	for i := len(tokens) - 1; i > 0; i-- {
		if !h.leadsOn(h.text[tokens[i].Start:tokens[i].End]) {
			continue
		}
		if from, to, _, ok := h.stretch(tokens[i].End, hold[0].End, base); ok {
			return from, to
		}
	}
	return first, last
}

// leadsOn reports whether a text between two stretches of days moves something from the first
// to the second.
func (h Cues) leadsOn(between string) bool {
	words := wordsOf(between)
	return len(words) > 0 && len(words) <= wordsToDays && slices.Contains(h.reader.Habits.Moves.Words, lexicon.FoldString(words[len(words)-1]))
}

// daysIn returns the ranges of days named in a part of the text: those that hold, and those
// that are negated.
func (h Cues) daysIn(start, end int, base intake.Date) (hold, denied []dates.Moment) {
	for _, m := range h.reader.Days.In(h.text, h.scan, start, end, base) {
		first, last, ok := m.Resolve(base)
		switch {
		case !ok || m.Length || wholeYears(first, last): // "one week" is no day
		case slices.ContainsFunc(h.denials, func(d Cue) bool { return d.End <= m.Start && m.Token-(d.Token+d.N) < wordsToDays }):
			denied = append(denied, m)
		default:
			hold = append(hold, m)
		}
	}
	return hold, denied
}

// ofOtherDays reports whether the sentence of a cue is about days of something else, for
// example of a letter or a deadline.
func (h Cues) ofOtherDays(c Cue) bool {
	return slices.ContainsFunc(h.cues, func(o Cue) bool { return o.Has(cueElse) && c.from <= o.Start && o.End <= c.to })
}

// nextSentence returns the end of the sentence after the one of a cue, where a correction
// often continues.
func (h Cues) nextSentence(c Cue) int {
	start := len(h.text) - len(strings.TrimLeftFunc(h.text[c.to:], unicode.IsSpace))
	_, end := sentenceAround(h.text, start, start)
	return end
}
