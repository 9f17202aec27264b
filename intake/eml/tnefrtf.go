package eml

// rtfBeginning is the initial content of the dictionary of compressed RTF (MS-OXRTFCP, section
// 2.1.2.1).
const rtfBeginning = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor ` +
	`MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// Forms of compressed RTF.
const (
	rtfCompressed = 0x75465A4C // "LZFu"
	rtfStored     = 0x414C454D // "MELA"
)

// maxExpandedRTF is the maximum size of decompressed RTF in bytes.
const maxExpandedRTF = 8 << 20

// expandRTF decompresses RTF (MS-OXRTFCP, section 3.1.3) as far as possible. The compressed
// data refer to a dictionary of the last 4096 bytes.
func expandRTF(b []byte) []byte {
	r := littleEndian{b}
	r.bytes(4) // compressed size
	size, _ := r.uint32()
	form, _ := r.uint32()
	r.bytes(4) // checksum
	switch form {
	case rtfStored:
		return r.rest
	case rtfCompressed:
		return expandLZ(r.rest, int(min(size, maxExpandedRTF)))
	}
	return nil
}

func expandLZ(b []byte, size int) []byte {
	const window = 4096
	var dictionary [window]byte
	at := copy(dictionary[:], rtfBeginning)
	var out []byte
	emit := func(c byte) {
		dictionary[at] = c
		at = (at + 1) % window
		out = append(out, c)
	}
	for len(b) > 0 && len(out) < size {
		control := b[0]
		b = b[1:]
		for bit := 0; bit < 8 && len(b) > 0 && len(out) < size; bit++ {
			if control>>bit&1 == 0 {
				emit(b[0])
				b = b[1:]
				continue
			}
			if len(b) < 2 {
				return out
			}
			from, length := int(b[0])<<4|int(b[1])>>4, int(b[1]&0xF)+2
			b = b[2:]
			if from == at { // end marker
				return out
			}
			for i := range length {
				emit(dictionary[(from+i)%window])
			}
		}
	}
	return out
}
