package redisstore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

var errNewerForm = errors.New("written by a newer version of this program")

// pack encodes a document as JSON and compresses it.
func pack(document any) ([]byte, error) {
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return nil, fmt.Errorf("encode %T: %w", document, err)
	}
	return compress(bytes.TrimSuffix(plain.Bytes(), []byte{'\n'})), nil
}

// unpack decodes what pack wrote.
func unpack(packed []byte, document any) error {
	if len(packed) == 0 {
		return fmt.Errorf("decode %T: empty", document)
	}
	plain, err := decompress(packed)
	if err == nil {
		err = json.Unmarshal(plain, document)
	}
	if err != nil {
		return fmt.Errorf("decode %T: %w", document, err)
	}
	return nil
}

// checkVersion rejects a document whose version is higher than the known one.
func checkVersion(found, known int) error {
	if found < 1 || found > known {
		return fmt.Errorf("version %d, the highest known is %d: %w", found, known, errNewerForm)
	}
	return nil
}

// each applies f to every element; nil stays nil.
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
