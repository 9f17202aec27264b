package learned

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// rows is a table of weights, one a class in each row. The weights of eight
// classes share a word, little-endian, so that they are added up together: nearly
// all the work of a model is to add up some hundred rows that lie far apart.
type rows struct {
	classes int
	stride  int    // bytes a row
	bytes   []byte // a weight each, and what fills up the rows
}

// A byte is a weight and zeroWeight, and thus never negative: with its first bit
// the other way round.
const (
	lanes      = 8
	block      = 2 * lanes // bytes of a row that are added up at once
	zeroWeight = 0x80
)

// strideOf is how many bytes a row takes: whole blocks.
func strideOf(classes int) int { return (classes + block - 1) / block * block }

// rowsOf lays out weights, each a signed byte, that stand row by row.
func rowsOf(weights []byte, classes int) rows {
	r := rows{classes: classes, stride: strideOf(classes)}
	r.bytes = bytes.Repeat([]byte{zeroWeight}, len(weights)/classes*r.stride)
	row, class := 0, 0
	for _, w := range weights {
		r.bytes[row+class] = w ^ zeroWeight
		if class++; class == classes {
			row, class = row+r.stride, 0
		}
	}
	return r
}

const (
	evenLanes = 0x00ff00ff00ff00ff
	// mostPending is how many rows of the greatest weights 16 bits hold.
	mostPending = 257
)

// sum adds up the rows with these numbers, by class, in the room of units. It goes through
// some of them at a time, once for each block of a row: they stay in the processor's first
// cache meanwhile, and the sums in its registers.
func (r rows) sum(units []int32, numbers []uint32) []int32 {
	units = slices.Grow(units[:0], r.stride)[:r.stride]
	for c := range units {
		units[c] = -int32(len(numbers)) * zeroWeight
	}
	for some := range slices.Chunk(numbers, mostPending) {
		r.fetch(some)
		for i := 0; i < r.stride; i += block {
			r.addBlock(units[i:i+block], r.bytes[i:], some)
		}
	}
	return units[:r.classes]
}

// fetch touches both ends of each row. A processor waits for many rows at once in a
// loop that does nothing else; adding them up leaves it room to wait for few. It
// must not be inlined, or nothing is fetched whose bytes nobody uses.
//
//go:noinline
func (r rows) fetch(numbers []uint32) (touched byte) {
	for _, number := range numbers {
		row := r.bytes[int(number)*r.stride:]
		touched |= row[0] | row[r.stride-1]
	}
	return touched
}

// addBlock adds up a block of each row. The classes with an even and those with
// an odd place in a word are added up apart, so that each sum has 16 bits.
func (r rows) addBlock(units []int32, from []byte, numbers []uint32) {
	var even, odd, even2, odd2 uint64
	for _, number := range numbers {
		b := (*[block]byte)(from[int(number)*r.stride:])
		w, w2 := binary.LittleEndian.Uint64(b[:lanes]), binary.LittleEndian.Uint64(b[lanes:])
		even += w & evenLanes
		odd += w >> 8 & evenLanes
		even2 += w2 & evenLanes
		odd2 += w2 >> 8 & evenLanes
	}
	for lane := 0; lane < lanes; lane += 2 {
		units[lane] += int32(uint16(even >> (8 * lane)))
		units[lane+1] += int32(uint16(odd >> (8 * lane)))
		units[lanes+lane] += int32(uint16(even2 >> (8 * lane)))
		units[lanes+lane+1] += int32(uint16(odd2 >> (8 * lane)))
	}
}
