package doctext

import (
	"fmt"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// mappedMemory is the memory of one sandbox, outside the heap: as much address
// space as it may ever use, of which the kernel provides, zeroed, what is
// touched. Memory of the heap would be cleared whole for each document, and
// copied when it grows.
type mappedMemory []byte

// mapMemory is an experimental.MemoryAllocatorFunc. It panics where there is no
// address space left, since an allocator has no other way to say so.
func mapMemory(_, most uint64) experimental.LinearMemory {
	m, err := syscall.Mmap(-1, 0, int(most), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE|syscall.MAP_NORESERVE)
	if err != nil {
		panic(fmt.Errorf("map %d bytes for a PDF: %w", most, err))
	}
	return (*mappedMemory)(&m)
}

// Reallocate implements experimental.LinearMemory.
func (m *mappedMemory) Reallocate(size uint64) []byte {
	if size > uint64(len(*m)) {
		return nil
	}
	return (*m)[:size]
}

// Free implements experimental.LinearMemory.
func (m *mappedMemory) Free() {
	if err := syscall.Munmap(*m); err != nil {
		panic(fmt.Errorf("give back the memory of a PDF: %w", err))
	}
	*m = nil
}
