// Package hugepages owns room for large tables that are looked up here and there.
//
// A processor finds a page of 4 KiB anew for nearly every row of a table of some
// megabytes, which costs more than the row. Where the system can, such room stands on
// pages of 2 MiB, few enough for the processor to know them all. It is advice: where it
// is not taken, the room is as any other, and nothing fails.
package hugepages

// size is that of a huge page, in bytes.
const size = 2 << 20

// Make returns n zero bytes. Less than half a huge page is room as any other; more of
// it begins on a huge page and may take up to two of them in addition, which nobody
// touches but for the end of the last.
func Make(n int) []byte {
	if n < size/2 {
		return make([]byte, n)
	}
	whole := (n + size - 1) / size * size
	room := make([]byte, whole+size)
	start := int(-addressOf(room) & (size - 1))
	room = room[start : start+whole]
	advise(room)
	return room[:n:n]
}
