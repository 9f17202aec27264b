package archive

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzMbox splits arbitrary files. No mail may be longer than the limit, and all together must not
// be longer than the file.
func FuzzMbox(f *testing.F) {
	f.Add([]byte("From a@b.example Wed Nov 25 10:00:00 2026\nSubject: x\n\n>From here on\n\nFrom c@d.example Wed Nov 25 11:00:00 2026\n\ny\n"))
	f.Add([]byte("\r\n\r\nFrom 1:00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		path := filepath.Join(t.TempDir(), "mbox")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		const limit = 64
		total := 0
		for mail, err := range mboxMails(path, limit) {
			if err != nil {
				t.Fatal(err)
			}
			if total += len(mail.Raw); len(mail.Raw) > limit || total > len(file) {
				t.Fatalf("%d bytes, and %d in all, of a file of %d", len(mail.Raw), total, len(file))
			}
			if !mail.Cut && !bytes.Contains(file, bytes.TrimRight(firstLine(mail.Raw), "\r\n")) {
				t.Errorf("%q does not stand in the file", mail.Raw)
			}
		}
	})
}

func firstLine(raw []byte) []byte {
	line, _, _ := bytes.Cut(raw, []byte("\n"))
	return line
}
