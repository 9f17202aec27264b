package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzLoad: whatever is written, the answer is a configuration or problems with
// their places, and what stands where a secret was refused is not repeated.
func FuzzLoad(f *testing.F) {
	for _, pattern := range []string{"testdata/good/*.yaml", "testdata/bad/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: nothing found (%v)", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	none := secrets{
		peek:   func(string) (string, bool) { return "", false },
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
