package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The groups of a data file are its keys, or the entries with an ID below the keys phrases and
// cues.
var (
	keys    = regexp.MustCompile(`^([a-z_]+):(.*)`)
	phrases = regexp.MustCompile(`^  ([a-z_.]+):(.*)`)
	cues    = regexp.MustCompile(`^  - id: (\S+)(.*)`)
)

// Every list of words must have a comment above it or on its line that says what the words have in
// common. Translators of a new language need it.
func TestEveryGroupOfWordsSaysWhatItHolds(t *testing.T) {
	files, err := filepath.Glob("../../intake/*/data/*.yaml")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d data files, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all, silent := groups(string(data))
		if all == 0 {
			t.Errorf("%s: no group was found", file)
		}
		for _, group := range silent {
			t.Errorf("%s: %s bears no comment that says what it holds", file, group)
		}
	}
}

// groups returns the number of groups in a file and the names of those without a comment.
func groups(data string) (all int, silent []string) {
	form, above := keys, ""
	for _, line := range strings.Split(data, "\n") {
		switch key := keys.FindStringSubmatch(line); {
		case key == nil:
		case key[1] == "phrases":
			form = phrases
		case key[1] == "cues":
			form = cues
		case key[1] != "version":
			form = keys
		}
		if group := form.FindStringSubmatch(line); group != nil && group[1] != "version" {
			all++
			if !isComment(above) && !strings.Contains(group[2], " # ") {
				silent = append(silent, group[1])
			}
		}
		above = line
	}
	return all, silent
}

func isComment(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "#") }
