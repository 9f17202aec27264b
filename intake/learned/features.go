package learned

import (
	"unicode"
	"unicode/utf8"
)

// stemRunes is the length to which words are cut for the features that shall
// survive inflection: long enough to tell roots apart in English, French and
// Russian, short enough to lose most endings.
const stemRunes = 4

// prefixRunes is the length to which words are cut for the features that tell
// apart what a stem confuses ("consultation" from "construction") and still lose
// the endings of long words.
const prefixRunes = 6

// features adds the hash of every feature of a folded text: each word, its stem
// and prefix, the pairs of neighbouring stems, and the runs of gramRunes letters
// within long words, by which one language lends to another ("expert",
// "эксперт" aside). Digits count as one word, whatever their value.
func features(hashes []uint32, text string) []uint32 {
	previous := hashSeed
	forEachWord(text, func(word string) {
		whole, prefix, stem := hashWord(word)
		hashes = append(hashes, mix(whole, 1))
		if stem != whole {
			hashes = append(hashes, mix(stem, 2))
		}
		hashes = append(hashes, mix(prefix, 7), mix(previous*31+stem, 3))
		previous = stem
		hashes = grams(hashes, word)
	})
	return append(hashes, mix(previous*31+hashSeed, 3))
}

// gramRunes is the length of the letter runs within words.
const gramRunes = 4

// grams adds the hash of every run of gramRunes letters of a word.
func grams(hashes []uint32, word string) []uint32 {
	var starts [gramRunes]int
	runes := 0
	for i := range word {
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

// forEachWord calls do with each run of letters, each run of digits, and each
// question mark of the text; the mark tells asking from stating.
func forEachWord(text string, do func(word string)) {
	start, class := 0, classOther
	for i, r := range text {
		c := classOf(r)
		if c == class && c != classMark {
			continue
		}
		if class != classOther {
			do(text[start:i])
		}
		start, class = i, c
	}
	if class != classOther {
		do(text[start:])
	}
}

type runeClass int

const (
	classOther runeClass = iota
	classLetter
	classDigit
	classMark
)

func classOf(r rune) runeClass {
	switch {
	case r == '?':
		return classMark
	case '0' <= r && r <= '9':
		return classDigit
	case r < utf8.RuneSelf:
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return classLetter
		}
		return classOther
	case 'а' <= r && r <= 'я' || unicode.IsLetter(r) || unicode.IsMark(r):
		return classLetter
	}
	return classOther
}

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

// mix spreads a hash over all bits and keeps the families of features apart.
func mix(h, family uint32) uint32 {
	h += family * 0x9e3779b9
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// signFeatures are the hashes of the signs.
func signFeatures(signs []string) []uint32 {
	hashes := make([]uint32, len(signs))
	for i, s := range signs {
		hashes[i] = mix(hashBytes(s), 6)
	}
	return hashes
}
