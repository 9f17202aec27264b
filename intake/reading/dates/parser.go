// Package dates finds the dates stated in a text: days, ranges, months, quarters, "by the end
// of next month", in the languages of dates.yaml.
//
// A Moment represents what was written; Resolve converts it to days, relative to a base day if
// the text leaves the year or more implicit, and reports whether it could be resolved. Parsing
// takes time linear in the length of the text, since every rule has a bounded lookahead.
package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// A dateParser finds the dates in one stretch of a text.
type dateParser struct {
	words   *Words
	text    string
	tokens  []lexicon.Token // the tokens of the stretch
	known   []*dateWord     // the meanings of each token
	longest []int           // number of words of the longest known phrase starting at each token
	base    intake.Date
}

// In returns the dates stated in text[start:end], in order; scan is that of the whole text.
// Relative dates such as "next week" are resolved against base and omitted if it is zero.
func (w *Words) In(text string, scan lexicon.Scan, start, end int, base intake.Date) []Moment {
	first := scan.TokenAt(start)
	tokens := scan.TokensIn(start, end)
	p := dateParser{words: w, text: text, tokens: tokens, known: make([]*dateWord, len(tokens)), longest: make([]int, len(tokens)), base: base}
	for i := range tokens {
		p.known[i] = w.single.Of(scan, first+i)
	}
	for i, word := range p.known {
		p.longest[i] = 1
		p.eachPhrase(i, word.longest, func(n int, d dateWord) { p.longest[i] = n })
	}
	found := p.join(p.parse())
	for i := range found {
		m := &found[i]
		m.Start, m.End = tokens[m.Token].Start, tokens[m.Token+m.N-1].End
		m.Token += first
	}
	return found
}

// parse reads the stretch from left to right, taking the longest date at each word.
func (p *dateParser) parse() []Moment {
	var found []Moment
	for i := 0; i < len(p.tokens); {
		m, n := p.at(i)
		if n == 0 {
			i++
			continue
		}
		m.Token, m.N = i, n
		found = append(found, m)
		i += n
	}
	return found
}

// at returns the longest date that starts at word i and its number of words; 0 if there is
// none.
func (p *dateParser) at(i int) (best Moment, words int) {
	if !p.mayBegin(i) {
		return Moment{}, 0
	}
	for _, read := range []func(int) (Moment, int){
		p.numeric, p.dayAndMonth, p.monthAndDay, p.monthThenDays, p.yearFirst, p.part, p.whole, p.weekOf, p.feast, p.relative,
	} {
		if m, n := read(i); n > words {
			best, words = m, n
		}
	}
	return best, words
}

// mayBegin reports whether a date can start at word i: a word with a number, a word or phrase
// that starts dates, or any word before a number, since it may be a misspelt month.
func (p *dateParser) mayBegin(i int) bool {
	startsWithDigit := func(word string) bool { return word != "" && '0' <= word[0] && word[0] <= '9' }
	return p.known[i].begins || startsWithDigit(p.word(i)) || startsWithDigit(p.word(i+1))
}

func (p *dateParser) word(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.tokens[i].Folded
}

func (p *dateParser) is(i int, s dateSense) (int, bool) {
	if i < 0 || i >= len(p.known) {
		return 0, false
	}
	return p.known[i].valueOf(s)
}

// gap returns the text between word i and the previous one.
func (p *dateParser) gap(i int) string {
	if i <= 0 || i >= len(p.tokens) {
		return "\n"
	}
	return p.text[p.tokens[i-1].End:p.tokens[i].Start]
}

// follows reports whether word i belongs to the same phrase as the previous word.
func (p *dateParser) follows(i int) bool {
	return i < len(p.tokens) && !p.tokens[i].Break && strings.Count(p.gap(i), "\n") < 2
}

// manyFillers is the maximum number of consecutive filler words.
const manyFillers = 3

// skip skips filler words such as "of" and "de"; a word such as "month" is a filler only
// before the name of a month.
func (p *dateParser) skip(i int) int {
	for range manyFillers {
		if _, ok := p.is(i, senseFiller); !ok || !p.follows(i) {
			break
		}
		if _, unit := p.is(i, senseUnit); unit && !p.monthSoon(i) {
			break
		}
		i++
	}
	return i
}

// monthSoon reports whether a month follows word i, with at most one filler in between.
func (p *dateParser) monthSoon(i int) bool {
	next := i + 1
	if _, filler := p.is(next, senseFiller); filler {
		next++
	}
	_, ok := p.is(next, senseMonth)
	return ok && p.follows(next)
}

// number parses the digits at the start of word i; suffix is the rest of the word, such as
// "th".
func (p *dateParser) number(i int) (value, digits int, suffix string) {
	word := p.word(i)
	for digits < len(word) && digits < 5 && '0' <= word[digits] && word[digits] <= '9' {
		value = 10*value + int(word[digits]-'0')
		digits++
	}
	return value, digits, word[digits:]
}

// phrase returns the value and number of words of the longest phrase at word i with a sense,
// such as "twenty second".
func (p *dateParser) phrase(i int, s dateSense) (value, words int) {
	if v, ok := p.is(i, s); ok {
		value, words = v, 1
	}
	if i < 0 || i >= len(p.longest) {
		return value, words
	}
	p.eachPhrase(i, p.longest[i], func(n int, d dateWord) {
		if v, ok := d.valueOf(s); ok {
			value, words = v, n
		}
	})
	return value, words
}

// eachPhrase calls do for each known phrase of 2 to most words that starts at word i.
func (p *dateParser) eachPhrase(i, most int, do func(n int, d dateWord)) {
	if most < 2 {
		return
	}
	var room [64]byte
	phrase := append(room[:0], p.word(i)...)
	for n := 2; n <= most && p.follows(i+n-1); n++ {
		phrase = append(append(phrase, ' '), p.word(i+n-1)...)
		if d, ok := p.words.known[string(phrase)]; ok {
			do(n, d)
		}
	}
}

// day parses a day of the month: digits, optionally with an ordinal suffix such as the French
// "1er", or words. It returns the number of words.
func (p *dateParser) day(i int) (value, words int) {
	if value, words := p.phrase(i, senseDayWords); words > 0 {
		return value, words
	}
	value, digits, suffix := p.number(i)
	if digits == 0 || digits > 2 || value < 1 || value > 31 {
		return 0, 0
	}
	if suffix != "" {
		if _, ok := p.words.is(suffix, senseDayEnd); !ok {
			return 0, 0
		}
		return value, 1
	}
	if _, ok := p.is(i+1, senseDayEnd); ok && p.gap(i+1) == "-" {
		return value, 2
	}
	return value, 1
}

// year parses a year in four digits or in words at i, with optional fillers before it and an
// optional word for "year" after it; 0 if there is none.
func (p *dateParser) year(i int) (year, words int) {
	at := i
	if p.follows(at) {
		at = p.skip(at)
	}
	if !p.follows(at) || strings.ContainsAny(p.gap(at), "/") {
		return p.relativeYear(i)
	}
	if _, next := p.is(at, senseNext); next && p.follows(at+1) {
		at++
	}
	if value, n := p.phrase(at, senseYearWords); n > 0 {
		return value, p.yearEnd(at+n) - i
	}
	value, digits, suffix := p.number(at)
	if digits != 4 || value < 1990 || value > 2099 {
		return p.relativeYear(i)
	}
	if suffix != "" {
		if _, ok := p.words.is(suffix, senseYearEnd); !ok {
			return 0, 0
		}
	}
	return value, p.yearEnd(at+1) - i
}

// yearEnd skips the word for "year" after a year.
func (p *dateParser) yearEnd(i int) int {
	if _, ok := p.is(i, senseYearEnd); ok && p.follows(i) {
		return i + 1
	}
	return i
}

// relativeYear parses "of this year", "next year", "т.г.".
func (p *dateParser) relativeYear(i int) (year, words int) {
	at := i
	if p.follows(at) {
		at = p.skip(at)
	}
	_, this := p.is(at, senseThis)
	_, next := p.is(at, senseNext)
	unit, ok := p.is(at+1, senseUnit)
	if !this && !next || !ok || Unit(unit) != UnitYear || !p.follows(at+1) || p.base.IsZero() {
		return 0, 0
	}
	year = p.base.Year
	if next {
		year++
	}
	return year, at + 2 - i
}

// month parses the name of a month; beside is true if a day or a year stands next to it, so
// that ambiguous and misspelt words are accepted as well.
func (p *dateParser) month(i int, beside bool) (int, bool) {
	value, ok := p.is(i, senseMonth)
	if !ok {
		if beside {
			return p.words.misspelt(p.word(i))
		}
		return 0, false
	}
	return value, beside || !p.doubtful(i)
}

// doubtful reports whether word i is ambiguous and lacks the context in which it means a month
// or other time.
func (p *dateParser) doubtful(i int) bool {
	if _, doubtful := p.is(i, senseDoubtful); !doubtful {
		return false
	}
	_, before := p.is(i-1, senseBeforeMonth)
	if _, this := p.is(i-1, senseThis); this || p.listed(i) {
		return !p.looksLikeMonth(i)
	}
	return !before || !p.follows(i) || !p.looksLikeMonth(i)
}

// listed reports whether another month follows word i: "March or April", "mai/juin".
func (p *dateParser) listed(i int) bool {
	if _, ok := p.is(i+1, senseMonth); ok && isRangeMark(p.gap(i+1)) {
		return true
	}
	_, join := p.is(i+1, senseJoin)
	_, either := p.is(i+1, senseEither)
	_, month := p.is(i+2, senseMonth)
	return (join || either) && month && p.follows(i+1) && p.follows(i+2)
}

// looksLikeMonth reports whether a word such as "May" has the capital that distinguishes it
// from another word ("may").
func (p *dateParser) looksLikeMonth(i int) bool {
	if _, capitalOnly := p.is(i, senseCapitalOnly); !capitalOnly {
		return true
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.tokens[i].Start:])
	return unicode.IsUpper(r)
}
