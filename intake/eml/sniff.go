package eml

import (
	"bytes"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"verbale/internal/strictyaml"
)

//go:embed data/types.yaml
var typesYAML []byte

type fileTypes struct {
	Extensions map[string]string `yaml:"extensions"`
	Magic      []fileMagic       `yaml:"magic"`
	Names      map[string]string `yaml:"names"`
	Vague      []string          `yaml:"vague"`
	Aliases    map[string]string `yaml:"aliases"`
	Alongside  []string          `yaml:"alongside"`
}

type fileMagic struct {
	Hex  string `yaml:"hex"`
	Type string `yaml:"type"`

	starts []byte
}

var typesKnown = embedded("types.yaml", typesYAML, parseFileTypes)

func parseFileTypes(b []byte) (*fileTypes, error) {
	var t fileTypes
	if err := strictyaml.Unmarshal(b, &t); err != nil {
		return nil, fmt.Errorf("read file types: %w", err)
	}
	for i := range t.Magic {
		starts, err := hex.DecodeString(t.Magic[i].Hex)
		if err != nil || len(starts) == 0 {
			return nil, fmt.Errorf("file types: first bytes of %s: %q is not hexadecimal", t.Magic[i].Type, t.Magic[i].Hex)
		}
		t.Magic[i].starts = starts
	}
	return &t, nil
}

// sniff returns the content type of a file: the declared one if it is specific, otherwise that
// of its name, otherwise that of its first bytes.
func sniff(declared, filename string, data []byte) string {
	t := typesKnown()
	name := strings.ToLower(filename)
	if known := t.Names[name]; known != "" {
		return known
	}
	if alias := t.Aliases[declared]; alias != "" {
		return alias
	}
	if !slices.Contains(t.Vague, declared) {
		return declared
	}
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		if known := t.Extensions[name[dot+1:]]; known != "" {
			return known
		}
	}
	for i := range t.Magic {
		if bytes.HasPrefix(data, t.Magic[i].starts) {
			return t.Magic[i].Type
		}
	}
	return declared
}
