package learned

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
)

// stored is the outside form of a Model.
type stored struct {
	Version     int
	Classes     []string
	Bits        uint8
	Temperature float64
	Scale       float32
	Bias        []float32
	Weights     []byte
}

const storedVersion = 1

// maxBits bounds the size of a table that Decode agrees to hold in memory.
const maxBits = 20

// Encode writes the model in compressed form.
func (m *Model) Encode() ([]byte, error) {
	s := stored{Version: storedVersion, Classes: m.classes, Bits: m.bits, Temperature: m.temperature,
		Scale: m.scale, Bias: m.bias, Weights: m.rows.weights()}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	if err := errors.Join(gob.NewEncoder(z).Encode(s), z.Close()); err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	return b.Bytes(), nil
}

// Load decodes the model in a file. Its error wraps fs.ErrNotExist where there is
// no such file.
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

// Decode reads what Encode wrote, and refuses anything whose parts do not fit
// together.
func Decode(data []byte) (*Model, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	var s stored
	if err := gob.NewDecoder(z).Decode(&s); err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	return &Model{classes: s.Classes, bits: s.Bits, temperature: s.Temperature, scale: s.Scale,
		bias: s.Bias, rows: rowsOf(s.Weights, len(s.Classes))}, nil
}

func (s *stored) check() error {
	switch {
	case s.Version != storedVersion:
		return fmt.Errorf("version %d, want %d", s.Version, storedVersion)
	case s.Bits == 0 || s.Bits > maxBits:
		return fmt.Errorf("table of 2^%d rows", s.Bits)
	case len(s.Classes) == 0 || len(s.Bias) != len(s.Classes):
		return fmt.Errorf("%d classes with %d biases", len(s.Classes), len(s.Bias))
	case len(s.Weights) != len(s.Classes)<<s.Bits:
		return fmt.Errorf("%d weights for %d classes of 2^%d rows", len(s.Weights), len(s.Classes), s.Bits)
	case !(s.Temperature > 0):
		return fmt.Errorf("temperature %v", s.Temperature)
	}
	return nil
}
