package lexicon

import (
	"math/bits"
	"unicode/utf8"
)

// lengths records, for the first letters of a word, which lengths the matcher's stems
// beginning with these letters have. Most prefixes of a word are not stems, so this saves
// most lookups.
type lengths struct {
	short  lengthSet   // lengths of stems shorter than an opening
	others []lengthSet // lengths of the other stems, by the hash of their opening; the size is a power of two
}

// opening is the number of first letters that are used to rule out most words.
const opening = 3

// A lengthSet is a bit set of lengths, in letters.
type lengthSet uint64

func setOfLength(letters int) lengthSet { return 1 << (letters - 1) }

// longest removes and returns the largest length of a non-empty set.
func (s *lengthSet) longest() (letters int) {
	letters = bits.Len64(uint64(*s))
	*s &^= setOfLength(letters)
	return letters
}

// setsForEach is the minimum number of sets per stem, so that few openings share one.
const setsForEach = 2

func lengthsOf(stems map[string]int32) lengths {
	size := 1
	for size < setsForEach*len(stems) {
		size *= 2
	}
	l := lengths{others: make([]lengthSet, size)}
	for stem := range stems {
		letters := utf8.RuneCountInString(stem)
		if letters < opening {
			l.short |= setOfLength(letters)
			continue
		}
		l.others[l.place(hashOf(hashSeed, string([]rune(stem)[:opening])))] |= setOfLength(letters)
	}
	return l
}

func (l *lengths) place(opening uint64) int { return int(spread(opening)) & (len(l.others) - 1) }

// among returns the possible lengths of stems of a word, given the hashes of its prefixes.
func (l *lengths) among(beginnings []uint64) lengthSet {
	set := l.short
	if len(beginnings) >= opening {
		set |= l.others[l.place(beginnings[opening-1])]
	}
	return set & (1<<len(beginnings) - 1)
}
