// Package dates finds the moments that a text states: days, ranges, months,
// quarters, "by the end of next month", in the languages of dates.yaml.
//
// A Moment says what was written; Resolve makes days of it, counted from a base
// day where the text leaves the year or more to be understood. What cannot be
// resolved says so. Finding takes time in proportion to the text, since no rule
// looks further ahead than some words.
package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// A dateParser finds the moments in one stretch of a text.
type dateParser struct {
	words   *Words
	text    string
	tokens  []lexicon.Token // of the stretch
	known   []*dateWord     // what each of them may mean
	longest []int           // how many words the longest known phrase has that begins with each
	base    intake.Date
}

// In returns the moments stated between start and end of a text that was
// scanned, in order. Words such as "next week" are counted from base and left
// out where it is zero.
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

// parse reads the stretch from left to right, taking the longest moment at
// each word.
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

// at returns the longest moment that begins at word i and the number of its
// words; 0 for none.
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

// mayBegin reports whether a moment can begin at word i: one with a number in
// it, a word or phrase that begins one, or a month misspelt before a number.
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

// gap returns what stands between word i and the one before it.
func (p *dateParser) gap(i int) string {
	if i <= 0 || i >= len(p.tokens) {
		return "\n"
	}
	return p.text[p.tokens[i-1].End:p.tokens[i].Start]
}

// follows reports whether word i belongs to the phrase of the word before.
func (p *dateParser) follows(i int) bool {
	return i < len(p.tokens) && !p.tokens[i].Break && strings.Count(p.gap(i), "\n") < 2
}

// manyFillers is how many filler words may stand together.
const manyFillers = 3

// skip moves over filler words such as "of" and "de"; a word such as "month"
// is one only before the month's name.
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

// monthSoon reports whether a month follows word i, at most one filler between
// them.
func (p *dateParser) monthSoon(i int) bool {
	next := i + 1
	if _, filler := p.is(next, senseFiller); filler {
		next++
	}
	_, ok := p.is(next, senseMonth)
	return ok && p.follows(next)
}

// number reads the digits at the beginning of word i; suffix is what follows
// them in the word, such as "th".
func (p *dateParser) number(i int) (value, digits int, suffix string) {
	word := p.word(i)
	for digits < len(word) && digits < 5 && '0' <= word[digits] && word[digits] <= '9' {
		value = 10*value + int(word[digits]-'0')
		digits++
	}
	return value, digits, word[digits:]
}

// phrase reads the longest phrase of words that has a sense, such as "twenty
// second", and returns the number of its words.
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

// eachPhrase calls do with each known phrase of 2 to most words from word i on.
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

// day reads a day of the month: digits, perhaps with an ending, or the French
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

// year reads a year of four digits at i, fillers before it and the word for
// "year" after it allowed; 0 where there is none.
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

// yearEnd moves over the word for "year" behind a year.
func (p *dateParser) yearEnd(i int) int {
	if _, ok := p.is(i, senseYearEnd); ok && p.follows(i) {
		return i + 1
	}
	return i
}

// relativeYear reads "of this year", "next year", "т.г.".
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

// month reads a month word; beside is true where a day or a year stands next
// to it, so that doubtful words and typing errors are taken too.
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

// doubtful reports whether word i is one that means a time only in the right
// company, and stands without it.
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

// listed reports whether another month follows word i: "March or April",
// "mai/juin".
func (p *dateParser) listed(i int) bool {
	if _, ok := p.is(i+1, senseMonth); ok && isRangeMark(p.gap(i+1)) {
		return true
	}
	_, join := p.is(i+1, senseJoin)
	_, either := p.is(i+1, senseEither)
	_, month := p.is(i+2, senseMonth)
	return (join || either) && month && p.follows(i+1) && p.follows(i+2)
}

// looksLikeMonth tells "May" from "may" where a small letter makes another word
// of it.
func (p *dateParser) looksLikeMonth(i int) bool {
	if _, capitalOnly := p.is(i, senseCapitalOnly); !capitalOnly {
		return true
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.tokens[i].Start:])
	return unicode.IsUpper(r)
}
