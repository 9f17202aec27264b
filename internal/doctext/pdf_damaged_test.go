//go:build !race

package doctext

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/intake"
)

// TestDamagedCompilationIsNoObstacle checks that a damaged cache of the compiled PDF reader is
// replaced. It compiles the reader again, which takes seconds, but a minute under the race
// detector. It therefore only runs without it.
func TestDamagedCompilationIsNoObstacle(t *testing.T) {
	letter := pdfOf([]string{pdfLines("a letter that is quite all right")}, "")
	expect(t, shared(), "letter.pdf", letter, "a letter that is quite all right", intake.MethodText, "")
	whole := shared().opt.CacheDir
	kept, err := filepath.Glob(filepath.Join(whole, "wasm", "*", "*"))
	if err != nil || len(kept) == 0 {
		t.Fatalf("kept %q, %v", kept, err)
	}
	dir := t.TempDir()
	for _, file := range kept {
		damage(t, dir, strings.TrimPrefix(file, whole))
	}
	var log bytes.Buffer
	e := New(Options{CacheDir: dir, Log: slog.New(slog.NewTextHandler(&log, nil))})
	expect(t, e, "letter.pdf", letter, "a letter that is quite all right", intake.MethodText, "")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "of no use") {
		t.Errorf("the damaged file was not looked at: %s", &log)
	}
}

func damage(t *testing.T, dir, file string) {
	t.Helper()
	damaged := filepath.Join(dir, file)
	if err := os.MkdirAll(filepath.Dir(damaged), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damaged, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
}
