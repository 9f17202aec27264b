package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Scan is a text with all vocabulary terms found in it.
type Scan struct {
	Folded Folded
	Tokens []Token
	Hits   []Hit // in the order of the text

	spellings *spellings // of the tokens
}

// Scan finds every term of the vocabulary in one pass. Senses that need a context word are
// dropped if none is nearby.
func (v *Vocabulary) Scan(text string) Scan {
	s := Words(text)
	s.Hits = s.inContext(text, v.matcher.find(&s))
	return s
}

// Words splits a text into words, in which Terms can be found; the vocabulary is not
// searched.
func Words(text string) Scan {
	s := Scan{Folded: Fold(text)}
	letters := utf8.RuneCountInString(s.Folded.Text)
	s.Tokens = tokenise(make([]Token, 0, letters/lettersOfWord), text, s.Folded)
	s.spellings = spell(s.Tokens, letters)
	return s
}

// lettersOfWord is the usual minimum number of characters, including spaces, per word of a
// text.
const lettersOfWord = 5

// contextWords is the maximum distance, in words, of a context word from its term.
const contextWords = 60

// inContext drops the senses without a context word nearby, and the hits left without a
// sense.
func (s Scan) inContext(text string, hits []Hit) []Hit {
	kept := hits[:0]
	for _, h := range hits {
		if !s.isProperName(text, h) {
			continue
		}
		far := func(sense Sense) bool { return !s.near(h, sense.Context) }
		if slices.ContainsFunc(h.Senses, far) { // do not modify the matcher's senses
			h.Senses = slices.DeleteFunc(slices.Clone(h.Senses), far)
		}
		if len(h.Senses) > 0 {
			kept = append(kept, h)
		}
	}
	return kept
}

// shortName is the maximum length, in letters, of place names that must be capitalised;
// without a capital they are taken for common words ("chad", "того").
const shortName = 5

func (s Scan) isProperName(text string, h Hit) bool {
	if h.Class != ClassCountry && h.Class != ClassCity || h.N > 1 || utf8.RuneCountInString(s.Tokens[h.Token].Folded) > shortName {
		return true
	}
	first, _ := utf8.DecodeRuneInString(text[h.Start:])
	return !unicode.IsLower(first)
}

func (s Scan) near(h Hit, context []string) bool {
	if len(context) == 0 {
		return true
	}
	first, last := max(0, h.Token-contextWords), min(len(s.Tokens)-1, h.Token+h.N-1+contextWords)
	before := s.Folded.Text[s.Folded.Of(s.Tokens[first].Start):s.Folded.Of(h.Start)]
	after := s.Folded.Text[s.Folded.Of(h.End):s.Folded.Of(s.Tokens[last].End)]
	return slices.ContainsFunc(context, func(word string) bool {
		return hasWordStart(before, word) || hasWordStart(after, word)
	})
}

// hasWordStart reports whether a word of the folded text begins with the given prefix.
func hasWordStart(text, start string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], start)
		if i < 0 {
			return false
		}
		at += i
		if at == 0 || !isWordRune(lastRune(text[:at])) {
			return true
		}
		at += len(start)
	}
}

// Of returns the hits of one class.
func (s Scan) Of(c Class) []Hit {
	var hits []Hit
	for _, h := range s.Hits {
		if h.Class == c {
			hits = append(hits, h)
		}
	}
	return hits
}
