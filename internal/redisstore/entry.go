package redisstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"verbale/intake"
)

// entrySize is the length of an encoded entry in bytes.
const entrySize = 8

// An entry is a stamp encoded as a number, for the word lists: the second of receipt in 32
// bits, the year of the reference in 12 and its number in 20. Entries sort like their stamps.
type entry uint64

// newest sorts after all entries.
const newest entry = math.MaxUint64

// Bits used for the parts of a reference.
const (
	numberBits = 20
	yearBits   = 12
)

var errLargeReference = errors.New("reference is too large for the index of words")

func (s *Store) entryOf(stamp string) (entry, error) {
	second, reference, named := strings.Cut(stamp, "/")
	at, err := strconv.ParseInt(second, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("stamp %q does not begin with a second", stamp)
	}
	year, number := 0, 0
	if named {
		if year, number, err = s.parseReference(reference); err != nil {
			return 0, err
		}
	}
	if year >= 1<<yearBits || number >= 1<<numberBits {
		return 0, fmt.Errorf("%s: %w", reference, errLargeReference)
	}
	return entry(uint64(min(at, math.MaxUint32))<<(yearBits+numberBits) | uint64(year)<<numberBits | uint64(number)), nil
}

func (s *Store) stampOf(e entry) string {
	year, number := e>>numberBits&(1<<yearBits-1), e&(1<<numberBits-1)
	return fmt.Sprintf("%011d/%s", e>>(yearBits+numberBits), intake.FormatReference(s.prefix, int(year), int(number)))
}

// written encodes the entry as it is stored in a list.
func (e entry) written() []byte { return binary.BigEndian.AppendUint64(nil, uint64(e)) }

// entries decodes a list, oldest first.
func entries(packed string) []entry {
	list := make([]entry, len(packed)/entrySize)
	for i := range list {
		list[i] = entry(binary.BigEndian.Uint64([]byte(packed[i*entrySize:][:entrySize])))
	}
	return list
}
