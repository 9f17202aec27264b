package learned

import (
	"math/bits"
	"slices"
)

// known is the set of features that a model has learned, each with the number of its row of
// weights; rows are numbered in the order of the hashes. Features that were too rare in
// training are not in it and have no weights.
type known []stretch

// A stretch is a range of consecutive hashes: a bit for each known one, and the number of
// known ones before it. Both are in one place, so that one memory access fetches them.
type stretch struct{ bits, before uint32 }

const (
	// knownBits is how many bits of a hash identify a feature: enough that only one in ten
	// unseen features is mistaken for a known one, few enough for the set to fit the CPU's
	// second-level cache.
	knownBits   = 20
	stretchBits = 5 // bits that select a feature within a stretch
	stretches   = 1 << (knownBits - stretchBits)
)

// placeOf returns the stretch and the bit of a hash.
func placeOf(hash uint32) (in, bit uint32) {
	place := hash >> (32 - knownBits)
	return place >> stretchBits, 1 << (place % (1 << stretchBits))
}

// knownOf returns the set of features that occur in at least least examples.
func knownOf(examples []Example, least int) known {
	counts := make([]int, 1<<knownBits)
	var places []uint32
	for _, e := range examples {
		places = signFeatures(features(places[:0], e.Text), e.Signs)
		for i, hash := range places {
			places[i] = hash >> (32 - knownBits)
		}
		slices.Sort(places)
		for _, place := range slices.Compact(places) {
			counts[place]++
		}
	}
	set := make([]uint32, stretches)
	for place, n := range counts {
		if n >= least {
			set[place>>stretchBits] |= 1 << (place % (1 << stretchBits))
		}
	}
	return numbered(set)
}

// numbered returns the set with the given bits in its stretches.
func numbered(set []uint32) known {
	k, before := make(known, len(set)), 0
	for i, known := range set {
		k[i] = stretch{known, uint32(before)}
		before += bits.OnesCount32(known)
	}
	return k
}

// bits returns the bits of the stretches.
func (k known) bits() []uint32 {
	set := make([]uint32, len(k))
	for i, s := range k {
		set[i] = s.bits
	}
	return set
}

// size returns the number of known features.
func (k known) size() int {
	last := k[len(k)-1]
	return int(last.before) + bits.OnesCount32(last.bits)
}

// rows replaces the hashes by the row numbers of those that are known, in place.
func (k known) rows(hashes []uint32) []uint32 {
	rows := hashes[:0]
	for _, hash := range hashes {
		in, bit := placeOf(hash)
		if s := k[in]; s.bits&bit != 0 {
			rows = append(rows, s.before+uint32(bits.OnesCount32(s.bits&(bit-1))))
		}
	}
	return rows
}
