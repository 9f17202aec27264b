package redisstore

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed data/keep.yaml
var defaultRetention []byte

// Retention defines how much of the letters of messages set aside is kept, and for how long.
type Retention struct {
	LetterBytes int           `yaml:"letter_bytes"` // of text, before compression
	LetterFor   time.Duration `yaml:"letter_for"`   // counted from when the message was set aside
}

// DefaultRetention returns the settings of data/keep.yaml.
func DefaultRetention() (Retention, error) {
	var k Retention
	if err := yaml.UnmarshalWithOptions(defaultRetention, &k, yaml.Strict()); err != nil {
		return Retention{}, fmt.Errorf("read data/keep.yaml: %w", err)
	}
	return k, k.check()
}

func (k Retention) check() error {
	if k.LetterBytes < 1 || k.LetterFor < time.Second {
		return fmt.Errorf("letter_bytes %d must be at least 1 and letter_for %s at least 1s", k.LetterBytes, k.LetterFor)
	}
	return nil
}
