package redisstore

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed data/keep.yaml
var defaultKeep []byte

// Keep says what is kept of the letters of messages set aside.
type Keep struct {
	LetterBytes int           `yaml:"letter_bytes"` // of text, before it is packed
	LetterFor   time.Duration `yaml:"letter_for"`   // from when the message was set aside
}

// DefaultKeep is what data/keep.yaml says.
func DefaultKeep() (Keep, error) {
	var k Keep
	if err := yaml.UnmarshalWithOptions(defaultKeep, &k, yaml.Strict()); err != nil {
		return Keep{}, fmt.Errorf("read what is kept of messages set aside: %w", err)
	}
	return k, k.check()
}

func (k Keep) check() error {
	if k.LetterBytes < 1 || k.LetterFor < time.Second {
		return fmt.Errorf("keep %d bytes of letters set aside for %s: both must be more", k.LetterBytes, k.LetterFor)
	}
	return nil
}
