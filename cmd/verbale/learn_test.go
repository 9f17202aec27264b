package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const labelled = "../../internal/eval/testdata/labelled"

func TestExitCodesOfLearning(t *testing.T) {
	gone := filepath.Join(t.TempDir(), "gone")
	wrong := file(t, "wrong.yaml", "send: maybe\n")
	broken := t.TempDir()
	if err := os.CopyFS(filepath.Join(broken, "mails"), os.DirFS(labelled)); err != nil {
		t.Fatal(err)
	}
	broken = filepath.Join(broken, "mails")
	if err := os.WriteFile(filepath.Join(broken, "absence.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args string
		code int
		says string // on standard error
	}{
		{"eval " + labelled, exitDone, ""},
		{"eval --json --misses all " + labelled, exitDone, ""},
		{"eval --misses requester.name " + labelled, exitDone, ""},
		{"eval", exitUsage, "missing argument; usage: verbale eval"},
		{"eval --misses names " + labelled, exitUsage, "--misses names: not known; write one of"},
		{"eval " + gone, exitFailed, "no such file"},
		{"eval " + broken, exitFailed, "absence.eml"},
		{"eval -c " + wrong + " " + labelled, exitFailed, "wrong.yaml:1:7"},
		{"train", exitUsage, "--out DIR, --report"},
		{"train --out", exitUsage, "needs an argument"},
		{"train --report a b", exitUsage, `unexpected argument "b"`},
		{"train --report " + gone, exitFailed, "gone"},
		{"train --report " + broken, exitFailed, "no sentence in roles.jsonl"},
		{"train --report -c " + wrong, exitFailed, "wrong.yaml:1:7"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			got := verbale(t, "", strings.Fields(tt.args)...)
			if got.code != tt.code || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit status %d, want %d; on standard error %q, want %q", got.code, tt.code, got.err, tt.says)
			}
			if tt.code == exitDone && (got.out == "" || got.err != "") {
				t.Errorf("printed %q; on standard error %q", got.out, got.err)
			}
		})
	}
}

func TestEvalPrintsOneObject(t *testing.T) {
	got := verbale(t, "", "eval", "--json", "--misses", "all", labelled)
	var figures map[string]any
	if err := json.Unmarshal([]byte(got.out), &figures); err != nil || strings.Count(got.out, "\n") != 1 {
		t.Fatalf("%v in %s", err, got.out)
	}
	for _, key := range []string{"messages", "record score", "auto precision", "confusion", "misses"} {
		if figures[key] == nil {
			t.Errorf("%s is missing: %s", key, got.out)
		}
	}
}
