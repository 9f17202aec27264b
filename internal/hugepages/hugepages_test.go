package hugepages

import (
	"bytes"
	"testing"
)

// Whatever the size, the room is zero, all of it can be written, and nothing behind it is
// in reach.
func TestRoomIsAsAnyOther(t *testing.T) {
	for _, n := range []int{0, 1, size/2 - 1, size / 2, size - 1, size, size + 1, 3*size + 5} {
		b := Make(n)
		if len(b) != n || cap(b) != n {
			t.Fatalf("%d bytes: length %d, capacity %d", n, len(b), cap(b))
		}
		if len(bytes.Trim(b, "\x00")) > 0 {
			t.Errorf("%d bytes: not all are zero", n)
		}
		for i := range b {
			b[i] = 1
		}
	}
}

// Large room begins on a huge page, or the system could give none for its beginning.
func TestLargeRoomBeginsOnAHugePage(t *testing.T) {
	for range 4 {
		if at := addressOf(Make(size + 1)); at%size != 0 {
			t.Errorf("begins at %#x", at)
		}
	}
}
