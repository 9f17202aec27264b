package learned

import "slices"

// rows is a table of weights, one a class in each row. The weights of eight
// classes share a word, so that they are added up together: nearly all the work
// of a model is to add up some hundred rows that lie far apart.
type rows struct {
	classes int
	stride  int // words a row
	words   []uint64
}

// A byte of a word is a weight and zeroWeight, and thus never negative: with its
// first bit the other way round.
const (
	lanes      = 8
	zeroWeight = 0x80
)

// rowsOf lays out weights, each a signed byte, that stand row by row.
func rowsOf(weights []byte, classes int) rows {
	r := rows{classes: classes, stride: (classes + lanes - 1) / lanes}
	r.words = make([]uint64, len(weights)/classes*r.stride)
	row, class := 0, 0
	for _, w := range weights {
		r.words[row+class/lanes] |= uint64(w^zeroWeight) << (class % lanes * 8)
		if class++; class == classes {
			row, class = row+r.stride, 0
		}
	}
	return r
}

// weights are the weights row by row.
func (r rows) weights() []byte {
	weights := make([]byte, 0, len(r.words)/r.stride*r.classes)
	for row := 0; row < len(r.words); row += r.stride {
		for class := range r.classes {
			weights = append(weights, byte(r.words[row+class/lanes]>>(class%lanes*8))^zeroWeight)
		}
	}
	return weights
}

const (
	evenLanes = 0x00ff00ff00ff00ff
	// mostPending is how many rows of the greatest weights 16 bits hold.
	mostPending = 257
)

// sum adds up the rows that the first bits of the hashes name, by class: shift is
// how many bits do not count.
func (r rows) sum(hashes []uint32, shift uint8) []int32 {
	units := make([]int32, r.stride*lanes)
	// The classes with an even and those with an odd place in their word are
	// added up apart, so that each sum has 16 bits.
	pending := make([]uint64, 2*r.stride)
	for some := range slices.Chunk(hashes, mostPending) {
		r.addTo(pending, some, shift)
		for i := range r.stride {
			for lane := range lanes / 2 {
				units[i*lanes+2*lane] += int32(uint16(pending[2*i] >> (16 * lane)))
				units[i*lanes+2*lane+1] += int32(uint16(pending[2*i+1] >> (16 * lane)))
			}
		}
		clear(pending)
	}
	for c := range units {
		units[c] -= int32(len(hashes)) * zeroWeight
	}
	return units[:r.classes]
}

// addTo adds the even and the odd lanes of each row's words to pending.
func (r rows) addTo(pending []uint64, hashes []uint32, shift uint8) {
	for _, hash := range hashes {
		at := int(hash>>shift) * r.stride
		for i, w := range r.words[at : at+r.stride] {
			pending[2*i] += w & evenLanes
			pending[2*i+1] += w >> 8 & evenLanes
		}
	}
}
