package hugepages

import (
	"bytes"
	"testing"
)

// For any size, the slice must be zeroed and writable, and its capacity must be its length.
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

// A large slice must begin on a huge page boundary. Otherwise its beginning could not be in a huge
// page.
func TestLargeRoomBeginsOnAHugePage(t *testing.T) {
	for range 4 {
		if at := addressOf(Make(size + 1)); at%size != 0 {
			t.Errorf("begins at %#x", at)
		}
	}
}
