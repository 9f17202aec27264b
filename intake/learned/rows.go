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
	block      = 2 // words that are added up at once
	zeroWeight = 0x80
)

// rowsOf lays out weights, each a signed byte, that stand row by row.
func rowsOf(weights []byte, classes int) rows {
	r := rows{classes: classes, stride: (classes + block*lanes - 1) / (block * lanes) * block}
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
// how many bits do not count. It goes through some hashes at a time, once for each
// block of a row: their rows stay in the processor's first cache meanwhile, and the
// sums in its registers.
func (r rows) sum(hashes []uint32, shift uint8) []int32 {
	units := make([]int32, r.stride*lanes)
	for some := range slices.Chunk(hashes, mostPending) {
		for i := 0; i < r.stride; i += block {
			even, odd := r.sumOfBlock(i, some, shift)
			for j := range block {
				for lane := range lanes / 2 {
					units[(i+j)*lanes+2*lane] += int32(uint16(even[j] >> (16 * lane)))
					units[(i+j)*lanes+2*lane+1] += int32(uint16(odd[j] >> (16 * lane)))
				}
			}
		}
	}
	for c := range units {
		units[c] -= int32(len(hashes)) * zeroWeight
	}
	return units[:r.classes]
}

// sumOfBlock adds up the words of the rows from word i. The classes with an even
// and those with an odd place in them are added up apart, so that each sum has
// 16 bits.
func (r rows) sumOfBlock(i int, hashes []uint32, shift uint8) (even, odd [block]uint64) {
	words, stride := r.words[i:], r.stride
	var e0, o0, e1, o1 uint64
	for _, hash := range hashes {
		w := (*[block]uint64)(words[int(hash>>shift)*stride:])
		e0 += w[0] & evenLanes
		o0 += w[0] >> 8 & evenLanes
		e1 += w[1] & evenLanes
		o1 += w[1] >> 8 & evenLanes
	}
	return [block]uint64{e0, e1}, [block]uint64{o0, o1}
}
