package learned

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"io/fs"

	"github.com/klauspost/compress/zstd"

	"verbale/internal/hugepages"
)

// A heading is the serialised form of a Model without its rows, which follow it in their
// memory layout. Both are compressed together.
type heading struct {
	Version     int
	Classes     []string
	Known       []uint32 // bits of the known set's stretches
	Temperature float64
	Scale       float32
	Bias        []float32
}

const storedVersion = 3

// maxBytes is the maximum decoded size that Decode accepts.
const maxBytes = 256 << 20

// Encode serialises the model, compressed for fast decoding because it delays every start of
// the program.
func (m *Model) Encode() ([]byte, error) {
	h := heading{Version: storedVersion, Classes: m.classes, Known: m.known.bits(), Temperature: m.temperature, Scale: m.scale, Bias: m.bias}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(h); err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	return z.EncodeAll(append(b.Bytes(), m.rows.bytes...), nil), nil
}

// Load decodes the model in a file. Its error wraps fs.ErrNotExist if there is no such file.
func Load(files fs.FS, name string) (*Model, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	m, err := Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// Decode reads what Encode wrote, and rejects inconsistent data.
func Decode(data []byte) (*Model, error) {
	m, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	return m, nil
}

func decode(data []byte) (*Model, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBytes))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	room := roomFor(data)
	plain, err := z.DecodeAll(data, room)
	if err != nil {
		return nil, err
	}
	plain = plain[len(room):]
	rest := bytes.NewReader(plain)
	var h heading
	if err := gob.NewDecoder(rest).Decode(&h); err != nil {
		return nil, err
	}
	weights := plain[len(plain)-rest.Len():]
	if err := h.check(len(weights)); err != nil {
		return nil, err
	}
	return &Model{classes: h.Classes, index: indexOf(h.Classes), known: numbered(h.Known), temperature: h.Temperature, scale: h.Scale, bias: h.Bias,
		rows: rows{classes: len(h.Classes), stride: strideOf(len(h.Classes)), bytes: weights}}, nil
}

// line is the size of a CPU cache line in bytes.
const line = 64

// roomFor returns an empty buffer for the decoded data, after a padding chosen so that the
// data, and thus the rows at its end, end on a cache line boundary; otherwise each row would
// occupy an additional line.
func roomFor(data []byte) []byte {
	var h zstd.Header
	if h.Decode(data) != nil || h.FrameContentSize > maxBytes {
		return nil // will be rejected
	}
	before := (line - h.FrameContentSize%line) % line
	return hugepages.Make(int(before + h.FrameContentSize))[:before]
}

func (h *heading) check(weights int) error {
	switch {
	case h.Version != storedVersion:
		return fmt.Errorf("version %d, want %d", h.Version, storedVersion)
	case len(h.Known) != stretches:
		return fmt.Errorf("%d stretches of features, want %d", len(h.Known), stretches)
	case len(h.Classes) == 0 || len(h.Bias) != len(h.Classes):
		return fmt.Errorf("%d classes with %d biases", len(h.Classes), len(h.Bias))
	case weights != strideOf(len(h.Classes))*numbered(h.Known).size():
		return fmt.Errorf("%d bytes of weights for %d classes of %d rows", weights, len(h.Classes), numbered(h.Known).size())
	case !(h.Temperature > 0):
		return fmt.Errorf("temperature %v", h.Temperature)
	}
	return nil
}
