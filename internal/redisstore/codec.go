package redisstore

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// dictionary1 holds the field names and the turns of phrase that documents
// share. It is frozen: what was packed with it can only be read with it.
//
//go:embed dictionary-1.txt
var dictionary1 []byte

// packing1 is the first byte of what was deflated with dictionary1.
const packing1 = '1'

// maxUnpacked bounds what a packed document may grow to.
const maxUnpacked = 16 << 20

var errNewerForm = errors.New("written by a newer version of this program")

// packingLevel makes records as small as flate.BestCompression does, to a byte or
// two in a thousand, in half of the time.
const packingLevel = 7

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriterDict(io.Discard, packingLevel, dictionary1)
	if err != nil { // only for an invalid level
		panic(err)
	}
	return w
}}

// An inflater is a reader of package flate, whose window is worth keeping.
type inflater interface {
	io.Reader
	flate.Resetter
}

var inflaters = sync.Pool{New: func() any { return flate.NewReaderDict(nil, dictionary1) }}

// pack writes a document as JSON and deflates it.
func pack(document any) ([]byte, error) {
	var plain, packed bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return nil, fmt.Errorf("encode %T: %w", document, err)
	}
	packed.WriteByte(packing1)
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&packed)
	if _, err := w.Write(bytes.TrimSuffix(plain.Bytes(), []byte{'\n'})); err != nil {
		return nil, fmt.Errorf("deflate %T: %w", document, err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("deflate %T: %w", document, err)
	}
	return packed.Bytes(), nil
}

// unpack reads what pack wrote.
func unpack(packed []byte, document any) error {
	if len(packed) == 0 {
		return fmt.Errorf("decode %T: empty", document)
	}
	if packed[0] != packing1 {
		return fmt.Errorf("decode %T: packing %q: %w", document, packed[0], errNewerForm)
	}
	r := inflaters.Get().(inflater)
	defer inflaters.Put(r)
	err := r.Reset(bytes.NewReader(packed[1:]), dictionary1)
	var plain []byte
	if err == nil {
		plain, err = io.ReadAll(io.LimitReader(r, maxUnpacked))
	}
	if err != nil {
		return fmt.Errorf("inflate %T: %w", document, err)
	}
	if err := json.Unmarshal(plain, document); err != nil {
		return fmt.Errorf("decode %T: %w", document, err)
	}
	return nil
}

// checkVersion refuses a document of a later version than is known.
func checkVersion(found, known int) error {
	if found < 1 || found > known {
		return fmt.Errorf("version %d where %d is the highest known: %w", found, known, errNewerForm)
	}
	return nil
}

// each maps a list, nil to nil.
func each[A, B any](list []A, f func(A) B) []B {
	if list == nil {
		return nil
	}
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
