package routing_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/internal/golden"
	"verbale/routing"
)

// Each file of testdata must be refused for the reason in its name. The file next to it has
// the problems as reported to an operator.
func TestFilesThatAreNotRightAreRefused(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data:", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			err := load(t, file)
			if err == nil {
				t.Fatal("was accepted")
			}
			golden.Compare(t, strings.TrimSuffix(file, ".yaml")+".problems", err.Error()+"\n")
		})
	}
}

// load parses a directory or rules and compiles them with the embedded counterpart.
func load(t *testing.T, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir, dirErr := routing.EmbeddedDirectory()
	rules, rulesErr := routing.EmbeddedRules()
	if strings.HasPrefix(filepath.Base(file), "directory-") {
		dir, dirErr = routing.LoadDirectory(filepath.Base(file), data)
	} else {
		rules, rulesErr = routing.LoadRules(filepath.Base(file), data)
	}
	if dirErr != nil {
		return dirErr
	}
	if rulesErr != nil {
		return rulesErr
	}
	_, err = routing.Compile(dir, rules, themes)
	return err
}

func TestDirectoryAnswersWhoIsWho(t *testing.T) {
	dir, err := routing.EmbeddedDirectory()
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"RA-Energy@unece.example": "ra-energy", "chief.transport@unece.example": "transport",
		"tc@desk.unece.example": "desk", "clerk@mintrans.example": "nobody", "": "nobody",
	} {
		id, ok := dir.Holder(address)
		if ok && id == "" {
			id = "desk"
		}
		if !ok {
			id = "nobody"
		}
		if id != want {
			t.Errorf("holder of %q is %s, want %s", address, id, want)
		}
	}
	for address, want := range map[string]bool{"a@unece.example": true, "b@Sub.unece.example": true, "c@notunece.example": false, "": false} {
		if got := dir.Internal(address); got != want {
			t.Errorf("internal %q is %v", address, got)
		}
	}
	if got := dir.Name("ra-trade", "fr"); got != "Conseiller régional, Commerce" {
		t.Errorf("name %q", got)
	}
}
