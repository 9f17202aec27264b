package who

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Length limits in characters of an acronym that names the institution in a signature.
const (
	shortestAcronym = 3
	longestAcronym  = 12
)

// acronym returns the institution's acronym in a signature that does not name it in full:
// "Director of Planning / NARAR", "Executive Director, NARAR"; an empty stretch if there is
// none. It must come after the signatory's name or post.
func (b *block) acronym() letter.Stretch {
	signed := false
	for _, p := range b.pieces {
		if signed && !p.contact && !p.name && b.isAcronym(p.Stretch) {
			return p.Stretch
		}
		signed = signed || p.name || p.post
	}
	return letter.Stretch{}
}

// isAcronym reports whether a piece is a single word in capitals, optionally followed by the
// country of the institution: "INSTAT", "INSTAT Albania".
func (b *block) isAcronym(x letter.Stretch) bool {
	words := b.Scan.TokensIn(x.Start, x.End)
	if len(words) == 0 || len(words) > 2 {
		return false
	}
	text := b.Text[words[0].Start:words[0].End]
	n := utf8.RuneCountInString(text)
	if n < shortestAcronym || n > longestAcronym || !inCapitals(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		return false
	}
	return !b.isNoAcronym(words[0]) && (len(words) == 1 || b.isState(words[1]))
}

// isNoAcronym reports whether a word in capitals is a degree, a place, a post or a closing
// rather than an acronym. A word known as an institution does count as an acronym.
func (b *block) isNoAcronym(word lexicon.Token) bool {
	hits := lexicon.HitsAt(b.people, word.Start)
	if slices.ContainsFunc(hits, func(h lexicon.Hit) bool { return h.Has("institution.public") && h.N == 1 }) {
		return false
	}
	return len(hits)+len(lexicon.HitsAt(b.Form, word.Start)) > 0 || b.isPlace(word)
}

func (b *block) isPlace(word lexicon.Token) bool {
	for _, h := range lexicon.HitsAt(b.Scan.Hits, word.Start) {
		switch h.Class {
		case lexicon.ClassCountry, lexicon.ClassCity, lexicon.ClassAdjective, lexicon.ClassAbbreviated:
			return true
		}
	}
	return false
}

// isState reports whether a word is the name or abbreviation of a country.
func (b *block) isState(word lexicon.Token) bool {
	for _, h := range lexicon.HitsAt(b.Scan.Hits, word.Start) {
		if h.Class == lexicon.ClassCountry || h.Class == lexicon.ClassAbbreviated {
			return true
		}
	}
	return false
}

// institutionInPost returns the unit or institution named in the signatory's post, for letters that name
// no institution elsewhere: "acting head of the Department of Digital Services of Strelsau".
// The name must be long enough to be specific.
func (p *page) institutionInPost(post letter.Stretch) letter.Stretch {
	const fewest = 3 // words
	for _, h := range lexicon.HitsIn(p.people, post.Start, post.End) {
		if !h.Has("institution.public") && !h.Has("institution.unit") || h.Start == post.Start || !capital(p.Text[h.Start:]) {
			continue
		}
		x := letter.Stretch{Start: p.nameStart(h, post.Start), End: p.nameEnd(h, post.End)}
		if len(p.Scan.TokensIn(x.Start, x.End)) >= fewest {
			return x
		}
	}
	return letter.Stretch{}
}
