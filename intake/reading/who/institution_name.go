package who

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// inCapitals reports whether a word is in all capitals.
func inCapitals(text string) bool {
	return text == strings.ToUpper(text) && utf8.RuneCountInString(text) > 1
}

func capital(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// nameAdjectives is the maximum number of words in a name before its noun.
const nameAdjectives = 3

// nameStart searches backwards from the noun for the start of the name, over capitalised words
// ("State Statistical Committee") or adjectives between a capitalised word and a lower-case
// noun ("Национальный статистический комитет").
func (p *page) nameStart(h lexicon.Hit, from int) int {
	start, next := h.Start, h.Start
	tokens := p.Scan.TokensIn(from, h.Start)
	for i := len(tokens) - 1; i >= 0 && i >= len(tokens)-nameAdjectives; i-- {
		t := tokens[i]
		if strings.ContainsAny(t.Folded, "0123456789") || !capital(p.Text[h.Start:]) && p.Text[t.End:next] != "-" && !p.isAdjective(t) {
			break
		}
		if strings.Trim(p.Text[t.End:next], " -\u00a0\n'’") != "" || p.isArticle(t) || p.says("stop", t.Start, t.End) && !inCapitals(p.Text[t.Start:t.End]) {
			break
		}
		next = t.Start
		switch {
		case capital(p.Text[t.Start:]):
			start = t.Start
		case capital(p.Text[start:]):
			return start
		}
	}
	return start
}

// isAdjective reports whether a word is an adjective, judging by its ending. Only adjectives
// may precede a lower-case noun of a name. In languages without a list of endings, every word
// passes.
func (p *page) isAdjective(t lexicon.Token) bool {
	endings := p.names.Adjectives[p.language.Code]
	return len(endings) == 0 || slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(t.Folded, ending) })
}

// Length limits of an institution's name.
const (
	nameWords   = 20
	longestName = 400 // bytes
)

// nameEnd searches from the noun for the end of the name: before a verb or another word that
// cannot be part of a name, or at punctuation.
func (p *page) nameEnd(noun lexicon.Hit, limit int) int {
	end, within := noun.End, noun.End
	words := p.Scan.TokensIn(noun.End, limit)
	for i, word := range words {
		if word.Start >= within { // otherwise inside a multi-word noun, such as "Cabinet of Ministers"
			within = p.innerName(word)
			if !p.opensMatter(words[i:], i) && (i >= nameWords || !p.takesIn(end, words[i:]) || p.opensAnother(words[i:]) || p.isVerb(words[i:]) || i > 0 && p.opensObject(words[i-1], word)) {
				break
			}
		}
		end = word.End
	}
	return closeQuote(p.Text, noun.Start, p.withoutJoint(noun, words, end))
}

// innerName returns the end of a multi-word institution noun that begins at a word; 0 if there
// is none.
func (p *page) innerName(word lexicon.Token) (end int) {
	for _, h := range lexicon.HitsAt(p.people, word.Start) {
		if h.Has("institution.public") && h.N > 1 {
			end = h.End
		}
	}
	return end
}

// opensMatter reports whether the first word after the noun introduces the institution's field
// of work: "Working Group on Innovation".
func (p *page) opensMatter(words []lexicon.Token, i int) bool {
	return i == 0 && len(words) > 1 && p.says("matter", words[0].Start, words[0].End) && capital(p.Text[words[1].Start:])
}

// takesIn reports whether a name that so far ends at an offset includes the first of the words
// after it. A comma is part of the name if it belongs to a list that soon ends in "and".
func (p *page) takesIn(end int, words []lexicon.Token) bool {
	word := words[0]
	if unicode.IsDigit(rune(word.Folded[0])) || !capital(p.Text[word.Start:]) && (p.endsName(word) || !p.language.SmallNames && !p.says("joint", word.Start, word.End)) {
		return false
	}
	switch strings.TrimSpace(p.Text[end:word.Start]) {
	case "", "-", "'", "’", "«", "\"", "“", "–":
		return true
	case ".":
		return p.isShortened(end) && capital(p.Text[word.Start:])
	case ",":
		return p.listGoesOn(words)
	}
	return false
}

// isShortened reports whether the word that ends at an offset is an abbreviation of one or two
// lower-case letters: "г. Стрельзау".
func (p *page) isShortened(end int) bool {
	at := p.Scan.TokenAt(end) - 1
	if at < 0 {
		return false
	}
	word := p.Scan.Tokens[at]
	text := p.Text[word.Start:word.End]
	return word.End == end && utf8.RuneCountInString(text) <= 2 && !capital(text)
}

// opensAnother reports whether the words begin with a conjunction and another institution,
// which has an article or is itself an institution noun: "the Bureau of Statistics and the
// Agency of Cadastre".
func (p *page) opensAnother(words []lexicon.Token) bool {
	if len(words) < 2 || !p.says("link", words[0].Start, words[0].End) {
		return false
	}
	next := words[1]
	if p.isArticle(next) || p.says("self", next.Start, next.End) || p.says("we", next.Start, next.End) {
		return true
	}
	return capital(p.Text[next.Start:]) && slices.ContainsFunc(lexicon.HitsAt(p.people, next.Start), p.isNative)
}

// isVerb reports whether the first of the words is a verb, judging by its ending or by a
// following article without a preposition, which does not occur in names.
func (p *page) isVerb(words []lexicon.Token) bool {
	word := words[0]
	if capital(p.Text[word.Start:]) {
		return false
	}
	for _, ending := range p.names.VerbEndings[p.language.Code] {
		if strings.HasSuffix(word.Folded, ending) && len(word.Folded) > len(ending)+shortestStem {
			return true
		}
	}
	return len(words) > 1 && !p.says("joint", word.Start, word.End) && p.says("object", words[1].Start, words[1].End)
}

// opensObject reports whether word is an article without a preposition before it. It then
// starts a new phrase after the institution's name: "I lead at the Ministry of Transport the
// unit for roads".
func (p *page) opensObject(before, word lexicon.Token) bool {
	if capital(p.Text[word.Start:]) || !p.isArticle(word) {
		return false
	}
	return !p.says("joint", before.Start, before.End) && !p.says("matter", before.Start, before.End)
}

// shortestStem is the minimum length in bytes of a verb without its ending.
const shortestStem = 4

// endsName reports whether a word cannot be part of an institution's name.
func (p *page) endsName(word lexicon.Token) bool {
	return lexicon.Holds(p.Acts, "ask.verb", word.Start, word.End) ||
		slices.ContainsFunc(lexicon.HitsAt(p.people, word.Start), func(h lexicon.Hit) bool {
			return h.Has("stop") || h.Has("formal") || h.Has("note") || h.Has("behalf")
		})
}

// withoutJoint drops joining words at the end of a name.
func (p *page) withoutJoint(noun lexicon.Hit, words []lexicon.Token, end int) int {
	n := 0
	for n < len(words) && words[n].End <= end {
		n++
	}
	for n > 0 && p.says("joint", words[n-1].Start, words[n-1].End) && !capital(p.Text[words[n-1].Start:]) {
		n--
	}
	if n == 0 {
		return noun.End
	}
	return words[n-1].End
}

// Limits on a list within a name: the maximum number of words up to its final "and", and
// between two commas.
const (
	lastItemWords = 7
	itemWords     = 2
)

// listGoesOn reports whether a list after a comma ends in "and" within a few words, so that
// the comma is part of the name.
func (p *page) listGoesOn(tokens []lexicon.Token) bool {
	words, items := 0, 1
	for i, t := range tokens {
		if i > 0 && strings.Contains(p.Text[tokens[i-1].End:t.Start], ",") {
			if items++; items > listItems || words > itemWords {
				return false
			}
			words = 0
		}
		if words++; words > lastItemWords || p.says("stop", t.Start, t.End) {
			return false
		}
		if p.says("link", t.Start, t.End) {
			return true
		}
	}
	return false
}

// quotes maps opening to closing quotation marks.
var quotes = map[string]string{"«": "»", "“": "”", "\"": "\"", "„": "“"}

// closeQuote extends a name that contains an opening quotation mark by the closing one.
func closeQuote(text string, start, end int) int {
	for open, shut := range quotes {
		if strings.Contains(text[start:end], open) && strings.HasPrefix(text[end:], shut) {
			return end + len(shut)
		}
	}
	return end
}
