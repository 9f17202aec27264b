package config

import (
	"errors"
	"os"
	"strings"
	"testing"

	"verbale/internal/golden"
)

// FuzzLoad parses arbitrary configurations: the result is a configuration, or problems that
// each have a line, a column and a message.
func FuzzLoad(f *testing.F) {
	golden.AddSeeds(f, "testdata/good/*.yaml", "testdata/bad/*.yaml")
	none := secrets{
		wanted: wantAll,
		lookup: func(string) (string, bool) { return "", false },
		read:   func(string) ([]byte, error) { return nil, os.ErrNotExist },
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parse("fuzz.yaml", data, none)
		problems, ok := errors.AsType[Problems](err)
		if (c == nil) != (err != nil) || err != nil && !ok {
			t.Fatalf("configuration %v, error %v", c, err)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || strings.TrimSpace(p.Message) == "" {
				t.Errorf("no place or no words: %+v", p)
			}
		}
	})
}
