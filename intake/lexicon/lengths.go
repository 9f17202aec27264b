package lexicon

import (
	"math/bits"
	"unicode/utf8"
)

// Lengths tell how many letters the stems of a matcher have that may begin a word,
// by the first letters of it. Most beginnings of a word are no stem; with them few
// need be looked up.
type lengths struct {
	short  lengthSet   // of the stems shorter than an opening
	others []lengthSet // of the others, by the hash of their opening: a power of two of them
}

// opening is how many letters tell that most words begin with no stem.
const opening = 3

// A lengthSet has a bit for each number of letters.
type lengthSet uint64

func setOfLength(letters int) lengthSet { return 1 << (letters - 1) }

// longest takes the greatest number of letters out of a set that is not empty.
func (s *lengthSet) longest() (letters int) {
	letters = bits.Len64(uint64(*s))
	*s &^= setOfLength(letters)
	return letters
}

// setsForEach is how many sets there are, at least, for each stem: few openings share one.
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

// among returns how long the stems may be that a word of such beginnings has.
func (l *lengths) among(beginnings []uint64) lengthSet {
	set := l.short
	if len(beginnings) >= opening {
		set |= l.others[l.place(beginnings[opening-1])]
	}
	return set & (1<<len(beginnings) - 1)
}
