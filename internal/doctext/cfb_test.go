package doctext

import (
	"encoding/binary"
	"unicode/utf16"
)

// Sector marks of a compound file ([MS-CFB] 2.1).
const (
	cfbSector     = 512
	cfbEndOfChain = 0xFFFFFFFE
	cfbFATSector  = 0xFFFFFFFD
	cfbFree       = 0xFFFFFFFF
	cfbSmall      = 4096 // smaller streams would have to be in the mini stream
)

type cfbStream struct {
	name    string
	content []byte
}

// cfbOf returns a compound file of version 3 with the streams in its root. They are padded to the
// minimum size of streams outside the mini stream.
func cfbOf(streams ...cfbStream) []byte {
	var sectors [][]byte
	fat := []uint32{cfbFATSector, cfbEndOfChain} // sector 0 is the FAT itself, sector 1 the directory
	starts := make([]uint32, len(streams))
	for i := range streams {
		s := &streams[i]
		size := max(cfbSmall, (len(s.content)+cfbSector-1)/cfbSector*cfbSector)
		s.content = append(s.content, make([]byte, size-len(s.content))...)
		starts[i] = uint32(len(fat))
		for at := 0; at < size; at += cfbSector {
			sectors = append(sectors, s.content[at:at+cfbSector])
			fat = append(fat, uint32(len(fat)+1))
		}
		fat[len(fat)-1] = cfbEndOfChain
	}
	file := append(cfbHeader(), cfbTable(fat)...)
	file = append(file, cfbDirectory(streams, starts)...)
	for _, s := range sectors {
		file = append(file, s...)
	}
	return file
}

func cfbHeader() []byte {
	h := make([]byte, cfbSector)
	copy(h, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le := binary.LittleEndian
	le.PutUint16(h[24:], 0x3e)
	le.PutUint16(h[26:], 3)
	le.PutUint16(h[28:], 0xfffe)
	le.PutUint16(h[30:], 9)
	le.PutUint16(h[32:], 6)
	le.PutUint32(h[44:], 1) // number of FAT sectors
	le.PutUint32(h[48:], 1) // first sector of the directory
	le.PutUint32(h[56:], cfbSmall)
	le.PutUint32(h[60:], cfbEndOfChain)
	le.PutUint32(h[68:], cfbEndOfChain)
	for i := 80; i < cfbSector; i += 4 {
		le.PutUint32(h[i:], cfbFree)
	}
	le.PutUint32(h[76:], 0)
	return h
}

// cfbTable returns the FAT. One sector is enough for the fixtures.
func cfbTable(fat []uint32) []byte {
	t := make([]byte, cfbSector)
	for i := range cfbSector / 4 {
		next := uint32(cfbFree)
		if i < len(fat) {
			next = fat[i]
		}
		binary.LittleEndian.PutUint32(t[4*i:], next)
	}
	return t
}

// cfbDirectory returns the directory with the root and up to three streams, each the right sibling
// of the previous one.
func cfbDirectory(streams []cfbStream, starts []uint32) []byte {
	d := make([]byte, cfbSector)
	entry := func(i int, name string, kind byte, child, right, start uint32, size int) {
		e := d[128*i:]
		le := binary.LittleEndian
		for j, u := range utf16.Encode([]rune(name)) {
			le.PutUint16(e[2*j:], u)
		}
		le.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], cfbFree)
		le.PutUint32(e[72:], right)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], start)
		le.PutUint32(e[120:], uint32(size))
	}
	entry(0, "Root Entry", 5, 1, cfbFree, cfbEndOfChain, 0)
	for i, s := range streams {
		right := uint32(cfbFree)
		if i+1 < len(streams) {
			right = uint32(i + 2)
		}
		entry(i+1, s.name, 2, cfbFree, right, starts[i], len(s.content))
	}
	return d
}
