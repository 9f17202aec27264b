package doctext

import "encoding/binary"

// Character properties that take text away ([MS-DOC] 2.6.1).
const (
	sprmDeleted = 0x0800 // sprmCFRMarkDel
	sprmHidden  = 0x083C // sprmCFVanish
)

// fkpSize is the size of a page of formatted disk properties ([MS-DOC] 2.9.32).
const fkpSize = 512

// droppedText returns where text stands that tracked changes deleted or that is
// hidden. What is damaged in the formatting is passed over: the text matters.
func (w *wordFile) droppedText() intervals {
	table := w.fromTable(fibChpx)
	n := (len(table) - 4) / 8
	if n <= 0 {
		return nil
	}
	pages := table[4*(n+1):]
	var v intervals
	for i := range min(n, len(w.main)/fkpSize) {
		page := int(binary.LittleEndian.Uint32(pages[4*i:])) & 0x3fffff
		if start := page * fkpSize; start+fkpSize <= len(w.main) {
			v = appendDropped(v, w.main[start:start+fkpSize])
		}
	}
	return v
}

// appendDropped reads one page: the file positions where runs of text begin,
// then for each run half the place of its properties in the page.
func appendDropped(v intervals, page []byte) intervals {
	runs := int(page[fkpSize-1])
	if 4*(runs+1)+runs > fkpSize-1 {
		return v
	}
	for i := range runs {
		place := 2 * int(page[4*(runs+1)+i])
		if place == 0 || place+1+int(page[place]) > fkpSize {
			continue
		}
		if !takesAway(page[place+1 : place+1+int(page[place])]) {
			continue
		}
		from := int(binary.LittleEndian.Uint32(page[4*i:]))
		to := int(binary.LittleEndian.Uint32(page[4*i+4:]))
		if from < to && (len(v) == 0 || from >= v[len(v)-1]) {
			v = joinInterval(v, from, to)
		}
	}
	return v
}

func joinInterval(v intervals, from, to int) intervals {
	if len(v) > 0 && v[len(v)-1] == from {
		v[len(v)-1] = to
		return v
	}
	return append(v, from, to)
}

// takesAway reports whether property modifiers say deleted or hidden.
func takesAway(modifiers []byte) bool {
	for len(modifiers) >= 3 {
		sprm := binary.LittleEndian.Uint16(modifiers)
		if (sprm == sprmDeleted || sprm == sprmHidden) && modifiers[2] == 1 {
			return true
		}
		modifiers = modifiers[min(2+operandSize(sprm, modifiers[2]), len(modifiers)):]
	}
	return false
}

// operandSize returns the size of a modifier's operand, which its top three
// bits tell; those of variable size begin with their length ([MS-DOC] 2.2.5.1).
func operandSize(sprm uint16, first byte) int {
	switch sprm >> 13 {
	case 0, 1:
		return 1
	case 3:
		return 4
	case 6:
		return 1 + int(first)
	case 7:
		return 3
	}
	return 2
}
