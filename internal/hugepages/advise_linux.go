package hugepages

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// addressOf is where the bytes begin in memory. Room as large as this never moves.
func addressOf(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

// advise asks for huge pages, before the bytes are first touched (madvise(2),
// MADV_HUGEPAGE).
func advise(b []byte) { _ = unix.Madvise(b, unix.MADV_HUGEPAGE) }
