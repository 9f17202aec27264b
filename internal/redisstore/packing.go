package redisstore

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// The first byte of what is packed says how.
const (
	packing1 = '1' // deflated with dictionary1 (RFC 1951); read, and written no more
	packing2 = '2' // a frame of Zstandard with dictionary2 (RFC 8878)
)

// The dictionaries hold the field names, and the names and turns of phrase that
// documents share: 2 has the wording of our mails too. They are frozen: what was
// packed with one can only be read with it.
var (
	//go:embed dictionary-1.txt
	dictionary1 []byte
	//go:embed dictionary-2.txt
	dictionary2 []byte
)

// dictionary2ID names dictionary2 in the frames.
const dictionary2ID = 2

// maxUnpacked bounds what a packed document may grow to.
const maxUnpacked = 16 << 20

// packingWindow is how far back an encoder looks: over the dictionary and all of
// most documents, and no further, since each keeps so much in memory.
const packingWindow = 256 << 10

// packer is the quickest of its levels: with the dictionary at hand it makes
// documents as small as deflating them did, in a quarter of the time. The others
// save a twentieth and take five times as long. There is one for all, since its
// tables are half a megabyte, which had better stay in the processor's cache.
var packer = sync.OnceValue(func() *zstd.Encoder {
	return must(zstd.NewWriter(nil, zstd.WithEncoderDictRaw(dictionary2ID, dictionary2), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(packingWindow), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false)))
})

var unpacker = sync.OnceValue(func() *zstd.Decoder {
	return must(zstd.NewReader(nil, zstd.WithDecoderDictRaw(dictionary2ID, dictionary2),
		zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxUnpacked)))
})

// must gives what is made with constant options, which are valid.
func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}

// compress makes the packed form of a document's text.
func compress(plain []byte) []byte {
	return packer().EncodeAll(plain, append(make([]byte, 0, len(plain)/2), packing2))
}

// decompress reads what compress wrote, this version's or an earlier one's. What
// would grow beyond maxUnpacked is an error.
func decompress(packed []byte) ([]byte, error) {
	switch packed[0] {
	case packing1:
		return inflate(packed[1:])
	case packing2:
		return unpacker().DecodeAll(packed[1:], nil)
	}
	return nil, fmt.Errorf("packing %q: %w", packed[0], errNewerForm)
}

// isPacked tells what is packed from a header line.
func isPacked(text string) bool {
	return text != "" && (text[0] == packing1 || text[0] == packing2)
}

// An inflater is a reader of package flate, whose window is worth keeping.
type inflater interface {
	io.Reader
	flate.Resetter
}

var inflaters = sync.Pool{New: func() any { return flate.NewReaderDict(nil, dictionary1) }}

func inflate(packed []byte) ([]byte, error) {
	r := inflaters.Get().(inflater)
	defer inflaters.Put(r)
	if err := r.Reset(bytes.NewReader(packed), dictionary1); err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if len(plain) > maxUnpacked {
		return nil, fmt.Errorf("it grows beyond %d bytes", maxUnpacked)
	}
	return plain, err
}
