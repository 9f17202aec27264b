package redisstore

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed data/keep.yaml
var defaultKeep []byte

// Keep defines how much of the letters of messages set aside is kept, and for how long.
type Keep struct {
	LetterBytes int           `yaml:"letter_bytes"` // of text, before compression
	LetterFor   time.Duration `yaml:"letter_for"`   // counted from when the message was set aside
}

// DefaultKeep returns the settings of data/keep.yaml.
func DefaultKeep() (Keep, error) {
	var k Keep
	if err := yaml.UnmarshalWithOptions(defaultKeep, &k, yaml.Strict()); err != nil {
		return Keep{}, fmt.Errorf("read data/keep.yaml: %w", err)
	}
	return k, k.check()
}

func (k Keep) check() error {
	if k.LetterBytes < 1 || k.LetterFor < time.Second {
		return fmt.Errorf("letter_bytes %d must be at least 1 and letter_for %s at least 1s", k.LetterBytes, k.LetterFor)
	}
	return nil
}
