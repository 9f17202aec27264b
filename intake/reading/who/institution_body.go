package who

import (
	"slices"
	"strings"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// openingSentences is in how many sentences of the body the institution is
// looked for; beyond the first of them it is less likely to be the one that asks.
const (
	openingSentences = 12
	firstSentences   = 3
)

// inBody finds institutions that begin, or nearly begin, a sentence of the
// body: "The Ministry of Transport presents its compliments".
func (p *page) inBody(from sender) []institution {
	var out []institution
	for i, x := range p.Sentences {
		if i >= openingSentences || x.Part != letter.PartBody {
			continue
		}
		passing := false
		for _, h := range lexicon.HitsIn(p.people, x.Start, x.End) {
			if !h.Has("institution.public") && !h.Has("institution.private") || p.isPartner(h) && !p.ownAcronym(h, x, from) {
				continue
			}
			name := p.nameAround(h, x)
			small := !p.isTownHouse(h, name) && (p.language.CapitalNoun && !capital(p.Text[h.Start:]) || !capital(p.Text[name.Start:]) && !p.isApposed(x, name))
			if small || p.isOurs(name) || p.isGreeted(name) || !p.speaks(x, name) || passing && !p.isSpokenFor(name) {
				continue
			}
			native := p.isNative(h)
			n := p.describeInstitution(name, h, native, placeOpening)
			n.asks, n.late = lexicon.Holds(p.Acts, "ask.verb", x.Start, x.End) || lexicon.Holds(p.Form, "opening", x.Start, x.End), i >= firstSentences
			out = append(out, n)
			if passing = n.mission; !passing && !p.isExplained(name) {
				break
			}
		}
	}
	return out
}

// nameAround returns the name of a body in a sentence around its noun: all that stands
// within quotation marks where the noun opens them.
func (p *page) nameAround(noun lexicon.Hit, x letter.Sentence) letter.Stretch {
	limit := min(x.End, noun.End+longestName)
	for open, shut := range quotes {
		if strings.HasSuffix(p.Text[x.Start:noun.Start], open) {
			if n := strings.Index(p.Text[noun.End:limit], shut); n >= 0 {
				return letter.Stretch{Start: noun.Start, End: noun.End + n}
			}
		}
	}
	return letter.Stretch{Start: p.nameStart(noun, x.Start), End: p.nameEnd(noun, limit)}
}

// isOurs reports whether a name is our own, as the addressee's.
func (p *page) isOurs(name letter.Stretch) bool { return p.says("ours", name.Start, name.End) }

// isGreeted reports whether a name belongs to a salutation ("Dear Secretariat").
func (p *page) isGreeted(name letter.Stretch) bool {
	return slices.ContainsFunc(lexicon.HitsAt(p.Form, name.Start), func(h lexicon.Hit) bool { return h.Has("salutation") })
}

// isSpokenFor reports whether the words before a name say that somebody speaks
// for it ("on behalf of the Ministry").
func (p *page) isSpokenFor(name letter.Stretch) bool {
	at := p.Scan.TokenAt(name.Start)
	return at > 0 && p.says("behalf", p.Scan.Tokens[max(0, at-behalfWords)].Start, name.Start)
}

// ownAcronym reports whether the acronym that follows in brackets the name in which a noun
// stands is a mark of the sender: a partner may itself be the one that asks.
func (p *page) ownAcronym(noun lexicon.Hit, x letter.Sentence, from sender) bool {
	text := p.Text[noun.End:min(x.End, noun.End+longestName)]
	open := strings.IndexByte(text, '(')
	shut := strings.IndexByte(text, ')')
	return open >= 0 && shut > open && slices.Contains(from.marks, strings.TrimSpace(lexicon.FoldString(text[open+1:shut])))
}

// isPartner reports whether the noun is part of a partner organisation's name.
func (p *page) isPartner(noun lexicon.Hit) bool {
	for _, h := range p.Scan.Hits {
		if h.Class == lexicon.ClassPartner && h.Start <= noun.Start && noun.End <= h.End && h.N > 1 {
			return true
		}
	}
	return false
}

// speaks reports whether the institution of that name is who speaks in the
// sentence: nothing but an article stands before it, or words such as "on
// behalf of", or it is followed by a verb that asks.
func (p *page) speaks(x letter.Sentence, name letter.Stretch) bool {
	if after := p.Scan.TokensIn(name.End, min(x.End, name.End+longestName)); len(after) > 0 && p.opensSpeech(after) {
		return true
	}
	if p.says("beside", x.Start, name.Start) {
		return false
	}
	before := withoutNumber(p.Scan.TokensIn(x.Start, name.Start))
	for len(before) > 0 && p.isArticle(before[len(before)-1]) {
		before = before[:len(before)-1]
	}
	return len(before) == 0 || p.isApposed(x, name) || p.isSpokenFor(name) || p.worksThere(before) || p.explains(before, name) || p.holdsPostThere(x, name)
}

// isExplained reports whether a bracket follows the noun by which the writers call their
// house: "our Centre (".
func (p *page) isExplained(name letter.Stretch) bool {
	return strings.HasPrefix(strings.TrimLeft(p.Text[name.End:], " \u00a0"), "(") && len(p.Scan.TokensIn(name.Start, name.End)) == 1
}

// explains reports whether a name says in full, in brackets, what the writers call their
// house before it: "our Centre (the Centre for Floods of Strelsau)".
func (p *page) explains(before []lexicon.Token, name letter.Stretch) bool {
	last := before[len(before)-1]
	return len(before) <= 2 && strings.TrimSpace(p.Text[last.End:name.Start]) == "(" && p.says("institution.public", last.Start, last.End)
}

// holdsPostThere reports whether a name stands right after the post that the writer says
// he holds: "I am head of the unit for roads, Ministry of Transport of Ruritania".
func (p *page) holdsPostThere(x letter.Sentence, name letter.Stretch) bool {
	for _, said := range p.saidOfSelf(x) {
		post := said.post
		if post.End == 0 || post.End > name.Start || p.says("others", post.End, name.Start) {
			continue
		}
		if len(p.Scan.TokensIn(post.End, name.Start)) <= fewJoints {
			return true
		}
	}
	return false
}

// fewJoints is how many words may stand between a post and the house: "within the".
const fewJoints = 3

// behalfWords is how many words before a name those may begin that say on whose behalf
// somebody writes ("je vous écris au nom de").
const behalfWords = 8

// isApposed reports whether nothing but "we" stands before a name in its sentence,
// which says who that is: "We, the city hall of Ruritz, ask".
func (p *page) isApposed(x letter.Sentence, name letter.Stretch) bool {
	before := p.Scan.TokensIn(x.Start, name.Start)
	for len(before) > 1 && p.isArticle(before[len(before)-1]) {
		before = before[:len(before)-1]
	}
	return len(before) == 1 && p.says("we", before[0].Start, before[0].End) && strings.HasPrefix(p.Text[before[0].End:], ",")
}

// isTownHouse reports whether a name is that of a town's house written small, as most
// write it ("à la mairie de Ruritz"): the name of the town follows, and the words before say
// that the writer belongs there.
func (p *page) isTownHouse(noun lexicon.Hit, name letter.Stretch) bool {
	words := p.Scan.TokensIn(noun.End, name.End)
	return noun.Has("town_house") && len(words) > 0 && capital(p.Text[words[len(words)-1].Start:]) && p.isSpokenFor(name)
}

// opensSpeech reports whether words after a name are those by which it speaks:
// a verb that asks, or "has the honour", "presents its compliments".
func (p *page) opensSpeech(after []lexicon.Token) bool {
	const soon = 4 // words
	return lexicon.Holds(p.Acts, "ask.verb", after[0].Start, after[0].End) ||
		lexicon.Holds(p.Form, "opening", after[0].Start, after[min(soon, len(after))-1].End)
}

// withoutNumber leaves out the number of a paragraph ("3. The Ministry of …").
func withoutNumber(tokens []lexicon.Token) []lexicon.Token {
	if len(tokens) > 0 && tokens[0].Folded[0] >= '0' && tokens[0].Folded[0] <= '9' {
		return tokens[1:]
	}
	return tokens
}

// worksThere reports whether the words before a name say that the writer
// belongs there: he speaks of himself and of no others, asks for nothing yet, and "at",
// "from" or the like comes last.
func (p *page) worksThere(before []lexicon.Token) bool {
	first, last := before[0], before[len(before)-1]
	self := before[min(2, len(before)-1)]
	return p.says("at", last.Start, last.End) && p.says("self", first.Start, self.End) && !p.says("others", first.Start, last.Start) &&
		!lexicon.Holds(p.Acts, "ask.verb", first.Start, last.End)
}
