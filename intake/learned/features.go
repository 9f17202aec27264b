package learned

import (
	"unicode"
	"unicode/utf8"
)

// stemRunes is the length to which words are cut for features that should be independent of
// inflection: long enough to distinguish roots in English, French and Russian, short enough
// to drop most endings.
const stemRunes = 4

// prefixRunes is the length to which words are cut for features that distinguish words with
// the same stem ("consultation" and "construction") and still drop the endings of long words.
const prefixRunes = 6

// features appends the hash of every feature of a folded text: each word, its stem and
// prefix, the pairs of neighbouring stems, and the n-grams of gramRunes letters within long
// words, which related words of different languages share. All numbers count as the same
// word.
func features(hashes []uint32, text string) []uint32 {
	previous := hashSeed
	for start, end := nextWord(text, 0); start < end; start, end = nextWord(text, end) {
		word := text[start:end]
		whole, prefix, stem := hashWord(word)
		hashes = append(hashes, mix(whole, 1))
		if stem != whole {
			hashes = append(hashes, mix(stem, 2))
		}
		hashes = append(hashes, mix(prefix, 7), mix(previous*31+stem, 3))
		previous = stem
		hashes = grams(hashes, word)
	}
	return append(hashes, mix(previous*31+hashSeed, 3))
}

// gramRunes is the length of the n-grams within words.
const gramRunes = 4

// grams appends the hash of every n-gram of a word longer than gramRunes bytes.
func grams(hashes []uint32, word string) []uint32 {
	if len(word) <= gramRunes {
		return hashes
	}
	var starts [gramRunes]int
	runes := 0
	for i := 0; i < len(word); i++ {
		if !utf8.RuneStart(word[i]) {
			continue
		}
		if runes >= gramRunes {
			hashes = append(hashes, mix(hashBytes(word[starts[runes%gramRunes]:i]), 4))
		}
		starts[runes%gramRunes] = i
		runes++
	}
	if runes > gramRunes {
		hashes = append(hashes, mix(hashBytes(word[starts[runes%gramRunes]:]), 5))
	}
	return hashes
}

func hashBytes(s string) uint32 {
	h := hashSeed
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// nextWord returns the next run of letters, run of digits, or question mark at or after an
// offset, an empty range at the end of the text. The question mark distinguishes questions
// from statements.
func nextWord(text string, from int) (start, end int) {
	for start = from; start < len(text); start = end {
		class, size := classAt(text, start)
		end = start + size
		switch class {
		case classOther:
			continue
		case classMark:
			return start, end
		}
		for end < len(text) {
			next, size := classAt(text, end)
			if next != class {
				break
			}
			end += size
		}
		return start, end
	}
	return len(text), len(text)
}

type runeClass uint8

const (
	classOther runeClass = iota
	classLetter
	classDigit
	classMark
)

// classAt returns the class of the rune at an offset, and its size.
func classAt(text string, at int) (class runeClass, size int) {
	if c := text[at]; c < utf8.RuneSelf {
		return classesOfASCII[c], 1
	}
	r, size := utf8.DecodeRuneInString(text[at:])
	if 'а' <= r && r <= 'я' || unicode.IsLetter(r) || unicode.IsMark(r) {
		return classLetter, size
	}
	return classOther, size
}

var classesOfASCII = func() (classes [utf8.RuneSelf]runeClass) {
	for c := range classes {
		switch {
		case c == '?':
			classes[c] = classMark
		case '0' <= c && c <= '9':
			classes[c] = classDigit
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			classes[c] = classLetter
		}
	}
	return classes
}()

const hashSeed uint32 = 2166136261

// hashWord returns the FNV-1a hashes of the word, its prefix and its stem.
func hashWord(word string) (whole, prefix, stem uint32) {
	if word[0] >= '0' && word[0] <= '9' {
		word = "0"
	}
	h, runes := hashSeed, 0
	for i := 0; i < len(word); i++ {
		if utf8.RuneStart(word[i]) {
			switch runes {
			case stemRunes:
				stem = h
			case prefixRunes:
				prefix = h
			}
			runes++
		}
		h = (h ^ uint32(word[i])) * 16777619
	}
	if runes <= stemRunes {
		stem = h
	}
	if runes <= prefixRunes {
		prefix = h
	}
	return h, prefix, stem
}

// mix mixes all bits of a hash and keeps different kinds of features apart.
func mix(h, family uint32) uint32 {
	h += family * 0x9e3779b9
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// signFeatures appends the hashes of the signs.
func signFeatures(hashes []uint32, signs []string) []uint32 {
	for _, s := range signs {
		hashes = append(hashes, mix(hashBytes(s), 6))
	}
	return hashes
}
