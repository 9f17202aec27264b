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

// The first byte of a packed document names its compression.
const (
	packing1 = '1' // DEFLATE with dictionary1 (RFC 1951); still read, no longer written
	packing2 = '2' // a Zstandard frame with dictionary2 (RFC 8878)
)

// The dictionaries hold the field names, names and phrases that documents share; dictionary2
// also has the wording of our mails. They must never change: what was packed with one can be
// read only with it.
var (
	//go:embed dictionary-1.txt
	dictionary1 []byte
	//go:embed dictionary-2.txt
	dictionary2 []byte
)

// dictionary2ID is the dictionary ID of dictionary2 in the frames.
const dictionary2ID = 2

// maxUnpacked is the largest size of an unpacked document, in bytes.
const maxUnpacked = 16 << 20

// packingWindow is the encoder's window size in bytes: enough for the dictionary and all of
// most documents. It is no larger, since each encoder allocates that much memory.
const packingWindow = 256 << 10

// packer uses the fastest compression level: with the dictionary, documents get as small as
// with DEFLATE in a quarter of the time, while the higher levels save 5 % more and take five
// times as long. One encoder is shared by all, since its tables take half a megabyte and
// should stay in the CPU cache.
var packer = sync.OnceValue(func() *zstd.Encoder {
	return must(zstd.NewWriter(nil, zstd.WithEncoderDictRaw(dictionary2ID, dictionary2), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(packingWindow), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false)))
})

var unpacker = sync.OnceValue(func() *zstd.Decoder {
	return must(zstd.NewReader(nil, zstd.WithDecoderDictRaw(dictionary2ID, dictionary2),
		zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxUnpacked)))
})

// must returns a value built from constant, valid options.
func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}

// compress packs the text of a document.
func compress(plain []byte) []byte {
	return packer().EncodeAll(plain, append(make([]byte, 0, len(plain)/2), packing2))
}

// decompress unpacks what this or an earlier version packed. It fails if the result would
// exceed maxUnpacked.
func decompress(packed []byte) ([]byte, error) {
	switch packed[0] {
	case packing1:
		return inflate(packed[1:])
	case packing2:
		return unpacker().DecodeAll(packed[1:], nil)
	}
	return nil, fmt.Errorf("compression %q: %w", packed[0], errNewerForm)
}

// isPacked reports whether a text is packed, rather than a header line.
func isPacked(text string) bool {
	return text != "" && (text[0] == packing1 || text[0] == packing2)
}

// An inflater is a reader of package flate; it is pooled because its window is expensive to
// allocate.
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
		return nil, fmt.Errorf("unpacked size exceeds %d bytes", maxUnpacked)
	}
	return plain, err
}
