package lexicon

import (
	"strings"
	"unicode/utf8"
)

// spellings holds the hashes by which the words of a text are looked up in tables. They are
// computed once, for any number of searches in the text.
type spellings struct {
	words      []spelling
	beginnings []uint64 // hashes of the prefixes of all words, shortest first: each may be a stem
}

type spelling struct {
	whole uint64 // hash of the word
	key   uint64 // hash of its key
	end   int    // end of its prefixes in beginnings
}

// longestStem is how many bytes of a word are considered for stems; no stem is longer.
const longestStem = 64

// spell computes the hashes of the words of a text with the given number of letters.
func spell(tokens []Token, letters int) *spellings {
	s := &spellings{words: make([]spelling, len(tokens)), beginnings: make([]uint64, 0, letters)}
	for i, t := range tokens {
		word := spelling{whole: s.addBeginnings(t.Folded), end: len(s.beginnings)}
		word.key = word.whole // true for nearly all words
		if key := wordKey(t.Folded); len(key) < len(t.Folded) || key != t.Folded {
			word.key = hashOf(hashSeed, key)
		}
		s.words[i] = word
	}
	return s
}

// addBeginnings adds the hashes of all prefixes of a word and returns the hash of the whole
// word.
func (s *spellings) addBeginnings(word string) (whole uint64) {
	hash := hashSeed
	for i := 0; i < min(len(word), longestStem); i++ {
		hash = (hash ^ uint64(word[i])) * hashPrime
		if end := i + 1; end == len(word) || utf8.RuneStart(word[end]) {
			s.beginnings = append(s.beginnings, hash)
		}
	}
	return hashOf(hash, word[min(len(word), longestStem):])
}

// beginningsOf returns the prefix hashes of word i.
func (s *spellings) beginningsOf(i int) []uint64 {
	if i == 0 {
		return s.beginnings[:s.words[0].end]
	}
	return s.beginnings[s.words[i-1].end:s.words[i].end]
}

// wordKey maps the singular and plural of English and French words, and British and American
// spelling, to one form.
func wordKey(word string) string {
	const shortest = 4
	if len(word) <= shortest || word[len(word)-1] >= utf8.RuneSelf {
		return word
	}
	if i := strings.Index(word, "isation"); i > 0 {
		word = word[:i] + "ization" + word[i+len("isation"):]
	}
	switch {
	case strings.HasSuffix(word, "ies"):
		return word[:len(word)-len("ies")] + "y"
	case strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss"):
		return word[:len(word)-1]
	}
	return word
}
