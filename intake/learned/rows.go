package learned

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// rows is a table of weights with a row per feature and a column per class. Eight weights
// share a 64-bit word, little-endian, so that they are added at once: nearly all the work of
// a model is to add up some hundred rows scattered in memory.
type rows struct {
	classes int
	stride  int    // bytes per row
	bytes   []byte // one weight per byte, rows padded to stride
}

// A byte is a weight plus zeroWeight, so never negative: a signed byte with its top bit
// flipped.
const (
	lanes      = 8
	block      = 2 * lanes // bytes of a row that are added at once
	zeroWeight = 0x80
)

// strideOf returns the bytes per row, rounded up to whole blocks.
func strideOf(classes int) int { return (classes + block - 1) / block * block }

// rowsOf converts weights, stored row by row as signed bytes.
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
	// mostPending is how many rows with maximum weights can be added without overflowing 16
	// bits.
	mostPending = 257
)

// sum adds up the rows with these numbers, by class, reusing units as buffer. It processes
// the rows in chunks, one block of columns at a time, so that a chunk stays in the CPU's
// first-level cache and the sums in registers.
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

// fetch touches both ends of each row to load it into the cache. A loop that does nothing
// else lets the CPU have many loads in flight, unlike the additions. It must not be inlined,
// otherwise the compiler could remove the unused loads.
//
//go:noinline
func (r rows) fetch(numbers []uint32) (touched byte) {
	for _, number := range numbers {
		row := r.bytes[int(number)*r.stride:]
		touched |= row[0] | row[r.stride-1]
	}
	return touched
}

// addBlock adds up one block of each row. Even and odd bytes of a word are added separately,
// so that each sum has 16 bits.
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
