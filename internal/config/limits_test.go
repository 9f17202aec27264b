package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/internal/config"
)

func TestASecretHasALimitedSize(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("password", bytes.Repeat([]byte("x"), 64<<10+1))
	file := write("verbale.yaml", []byte("smtp: {address: \"smtp.unece.example:587\", user: tc, password_file: password}\n"))
	none := func(string) (string, bool) { return "", false }
	if _, err := config.Load(file, none); err == nil || !strings.Contains(err.Error(), "too large for a secret") || strings.Contains(err.Error(), "xxx") {
		t.Errorf("error %.200v", err)
	}
}
