package phrases

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// literals returns the string literals in the program's Go files that may be keys of texts:
// "group.text", or "group." if the rest is appended.
func literals(t *testing.T) []string {
	t.Helper()
	literal := regexp.MustCompile(`"([a-z_]+\.[a-z_.]*)"`)
	var found []string
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := fs.ReadFile(root, path)
		for _, m := range literal.FindAllSubmatch(src, -1) {
			found = append(found, string(m[1]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNoTextIsUnused(t *testing.T) {
	used := literals(t)
	for key := range Default().byLanguage[English].Texts {
		if !slices.ContainsFunc(used, func(l string) bool { return l == key || namesSome(l, key) }) {
			t.Errorf("nothing says %s", key)
		}
	}
}

// namesSome reports whether a literal is the beginning of a composed key, or a key to which a
// variant is appended ("doubt.item").
func namesSome(literal, key string) bool {
	return strings.HasPrefix(key, literal) && (strings.HasSuffix(literal, ".") || key[len(literal)] == '_')
}
