package who

import (
	"slices"
	"strings"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Number of sentences of the body in which the institution is looked for; one named after the
// first few of them is less likely to be the requester.
const (
	openingSentences = 12
	firstSentences   = 3
)

// inBody finds institutions at or near the start of a sentence in the body: "The Ministry of
// Transport presents its compliments".
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
			small := !p.isTownHall(h, name) && (p.language.CapitalNoun && !capital(p.Text[h.Start:]) || !capital(p.Text[name.Start:]) && !p.isApposed(x, name))
			if small || p.isOurs(name) || p.isGreeted(name) || !p.speaks(x, name) || passing && !p.isSpokenFor(name) {
				continue
			}
			native := p.isNative(h)
			n := p.describeInstitution(name, h, native, placeOpening)
			n.asks, n.late = lexicon.Holds(p.Acts, "ask.verb", x.Start, x.End) || lexicon.Holds(p.Form, "opening", x.Start, x.End), i >= firstSentences
			out = append(out, n)
			if whole, ok := p.wholeAfter(n, x); ok && n.unit {
				out = append(out, whole)
			}
			if passing = n.mission; !passing && !p.isExplained(name) {
				break
			}
		}
	}
	return out
}

// wholeAfter returns the whole institution named right after a unit of it, in the same
// sentence: "I am deputy head of the Road Department in the Ministry of Transport".
func (p *page) wholeAfter(unit institution, x letter.Sentence) (whole institution, ok bool) {
	for _, h := range lexicon.HitsIn(p.people, unit.End, x.End) {
		if !h.Has("institution.public") || h.Has("institution.unit") {
			continue
		}
		name := p.nameAround(h, x)
		between := p.Scan.TokensIn(unit.End, name.Start)
		if len(between) > fewJoints || slices.ContainsFunc(between, func(t lexicon.Token) bool {
			return !p.isArticle(t) && !p.says("joint", t.Start, t.End) && !p.says("at", t.Start, t.End)
		}) {
			return institution{}, false
		}
		whole = p.describeInstitution(name, h, p.isNative(h), placeOpening)
		whole.asks, whole.late = unit.asks, unit.late
		return whole, capital(p.Text[name.Start:])
	}
	return institution{}, false
}

// nameAround returns the institution's name around its noun in a sentence; if a quotation mark
// opens directly before the noun, everything up to the closing mark.
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

// isOurs reports whether a name is that of our own organisation, as the recipient.
func (p *page) isOurs(name letter.Stretch) bool { return p.says("ours", name.Start, name.End) }

// isGreeted reports whether a name is part of a salutation ("Dear Secretariat").
func (p *page) isGreeted(name letter.Stretch) bool {
	return slices.ContainsFunc(lexicon.HitsAt(p.Form, name.Start), func(h lexicon.Hit) bool { return h.Has("salutation") })
}

// isSpokenFor reports whether the words before a name say that the writer acts for it ("on
// behalf of the Ministry").
func (p *page) isSpokenFor(name letter.Stretch) bool {
	at := p.Scan.TokenAt(name.Start)
	return at > 0 && p.says("behalf", p.Scan.Tokens[max(0, at-behalfWords)].Start, name.Start)
}

// ownAcronym reports whether the acronym in brackets after a name is one of the sender's
// marks: a partner organisation may itself be the requester.
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

// speaks reports whether the named institution is the one speaking in the sentence: only an
// article, or words such as "on behalf of", precede it, or a verb of request follows it.
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

// isExplained reports whether an opening bracket follows a bare noun with which the writers
// refer to their institution: "our Centre (".
func (p *page) isExplained(name letter.Stretch) bool {
	return strings.HasPrefix(strings.TrimLeft(p.Text[name.End:], " \u00a0"), "(") && len(p.Scan.TokensIn(name.Start, name.End)) == 1
}

// explains reports whether a name in brackets is the full form of the noun with which the
// writers refer to their institution: "our Centre (the Centre for Floods of Strelsau)".
func (p *page) explains(before []lexicon.Token, name letter.Stretch) bool {
	last := before[len(before)-1]
	return len(before) <= 2 && strings.TrimSpace(p.Text[last.End:name.Start]) == "(" && p.says("institution.public", last.Start, last.End)
}

// holdsPostThere reports whether a name directly follows the writers' own post: "I am head of
// the unit for roads, Ministry of Transport of Ruritania".
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

// fewJoints is the maximum number of words between a post and the institution, such as "within
// the".
const fewJoints = 3

// behalfWords is the maximum distance in words from the start of an "on behalf of" phrase to
// the name ("je vous écris au nom de").
const behalfWords = 8

// isApposed reports whether a name is an apposition to "we" at the start of its sentence: "We,
// the city hall of Ruritz, ask".
func (p *page) isApposed(x letter.Sentence, name letter.Stretch) bool {
	before := p.Scan.TokensIn(x.Start, name.Start)
	for len(before) > 1 && p.isArticle(before[len(before)-1]) {
		before = before[:len(before)-1]
	}
	return len(before) == 1 && p.says("we", before[0].Start, before[0].End) && strings.HasPrefix(p.Text[before[0].End:], ",")
}

// isTownHall reports whether a name is that of a town hall in lower case, as is common ("à la
// mairie de Ruritz"): the name of the town follows, and the words before say that the writer
// belongs there.
func (p *page) isTownHall(noun lexicon.Hit, name letter.Stretch) bool {
	words := p.Scan.TokensIn(noun.End, name.End)
	return noun.Has("town_house") && len(words) > 0 && capital(p.Text[words[len(words)-1].Start:]) && p.isSpokenFor(name)
}

// opensSpeech reports whether the words after a name make it the speaker: a verb of request,
// or "has the honour", "presents its compliments".
func (p *page) opensSpeech(after []lexicon.Token) bool {
	const soon = 4 // words
	return lexicon.Holds(p.Acts, "ask.verb", after[0].Start, after[0].End) ||
		lexicon.Holds(p.Form, "opening", after[0].Start, after[min(soon, len(after))-1].End)
}

// withoutNumber drops the number of a paragraph ("3. The Ministry of …").
func withoutNumber(tokens []lexicon.Token) []lexicon.Token {
	if len(tokens) > 0 && tokens[0].Folded[0] >= '0' && tokens[0].Folded[0] <= '9' {
		return tokens[1:]
	}
	return tokens
}

// worksThere reports whether the words before a name say that the writer belongs there: they
// are about the writer and nobody else, contain no request yet, and end in "at", "from" or the
// like.
func (p *page) worksThere(before []lexicon.Token) bool {
	first, last := before[0], before[len(before)-1]
	self := before[min(2, len(before)-1)]
	return p.says("at", last.Start, last.End) && p.says("self", first.Start, self.End) && !p.says("others", first.Start, last.Start) &&
		!lexicon.Holds(p.Acts, "ask.verb", first.Start, last.End)
}
