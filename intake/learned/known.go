package learned

import "math/bits"

// known is the set of features that a model has learned, each with the number of its row
// of weights: they are numbered in the order of their hashes. What was not seen often
// enough while the model learned says nothing and costs nothing.
type known []stretch

// A stretch is the features whose hashes begin alike: a bit for each that is known, and
// how many known ones come before it. They stand together, to be fetched at once.
type stretch struct{ bits, before uint32 }

const (
	// knownBits is how many bits of a hash tell features apart: enough for one in ten of
	// those never seen to be taken for another, few enough for a processor's second cache.
	knownBits   = 20
	stretchBits = 5 // that tell features of a stretch apart
	stretches   = 1 << (knownBits - stretchBits)
)

// placeOf is where a hash stands in a set.
func placeOf(hash uint32) (in, bit uint32) {
	place := hash >> (32 - knownBits)
	return place >> stretchBits, 1 << (place % (1 << stretchBits))
}

// knownOf is the set of features that at least so many of the examples have.
func knownOf(examples []Example, least int) known {
	counts := make(map[[2]uint32]int)
	for _, e := range examples {
		for place := range placesOf(e) {
			counts[place]++
		}
	}
	set := make([]uint32, stretches)
	for place, n := range counts {
		if n >= least {
			set[place[0]] |= place[1]
		}
	}
	return numbered(set)
}

// placesOf are the places of an example's features.
func placesOf(e Example) map[[2]uint32]bool {
	places := make(map[[2]uint32]bool)
	for _, hash := range signFeatures(features(nil, e.Text), e.Signs) {
		in, bit := placeOf(hash)
		places[[2]uint32{in, bit}] = true
	}
	return places
}

// numbered is the set with these bits in its stretches.
func numbered(set []uint32) known {
	k, before := make(known, len(set)), 0
	for i, known := range set {
		k[i] = stretch{known, uint32(before)}
		before += bits.OnesCount32(known)
	}
	return k
}

// bits are those of the stretches.
func (k known) bits() []uint32 {
	set := make([]uint32, len(k))
	for i, s := range k {
		set[i] = s.bits
	}
	return set
}

// size is how many features are known.
func (k known) size() int {
	last := k[len(k)-1]
	return int(last.before) + bits.OnesCount32(last.bits)
}

// rows puts in the place of hashes the numbers of the rows of those that are known.
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
