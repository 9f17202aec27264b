package archive

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMailsOfEachForm(t *testing.T) {
	const mbox = "From a@b.example Thu Jan  1 00:00:00 2026\nSubject: one\n\n>From the desk\nFrom inside a paragraph is text\n\n" +
		"From c@d.example Thu Jan  1 00:00:00 2026\nSubject: two\n\n>>From twice quoted\n"
	tests := []struct {
		name  string
		files map[string]string
		open  string
		want  []string // names relative to the root, each followed by the content
	}{
		{"mbox", map[string]string{"box": mbox}, "box", []string{
			"box:1", "Subject: one\n\nFrom the desk\nFrom inside a paragraph is text\n",
			"box:2", "Subject: two\n\n>From twice quoted\n"}},
		{"mbox with CRLF", map[string]string{"box": "From a Thu Jan  1 00:00:00 2026\r\nSubject: one\r\n\r\nx\r\n\r\nFrom b Thu Jan  1 00:00:00 2026\r\nSubject: two\r\n\r\ny\r\n"}, "box", []string{
			"box:1", "Subject: one\r\n\r\nx\r\n", "box:2", "Subject: two\r\n\r\ny\r\n"}},
		{"a sentence that begins with From", map[string]string{"box": "From a@b.example 00:00:00\nSubject: one\n\nFrom the Ministry.\n\nFrom us.\n"}, "box",
			[]string{"box:1", "Subject: one\n\nFrom the Ministry.\n\nFrom us.\n"}},
		{"a line as long as the buffer", map[string]string{"box": "From a@b.example 00:00:00\n\n" + strings.Repeat("x", 64<<10) + "\nFrom b@c.example 00:00:00\n"}, "box",
			[]string{"box:1", "\n" + strings.Repeat("x", 64<<10) + "\nFrom b@c.example 00:00:00\n"}},
		{"single mail", map[string]string{"m": "Subject: alone\n\nx"}, "m", []string{"m", "Subject: alone\n\nx"}},
		{"empty file", map[string]string{"m": ""}, "m", []string{"m", ""}},
		{"folder", map[string]string{"d/b.eml": "B", "d/sub/a.EML": "A", "d/notes.txt": "no"}, "d", []string{"d/b.eml", "B", "d/sub/a.EML", "A"}},
		{"maildir", map[string]string{"d/cur/1:2,S": "one", "d/new/2": "two", "d/new/.hidden": "no", "d/tmp/3": "no"}, "d",
			[]string{"d/cur/1:2,S", "one", "d/new/2", "two"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := lay(t, tt.files)
			a, err := Open(filepath.Join(root, tt.open))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for mail, err := range a.Mails() {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, strings.TrimPrefix(mail.Name, root+"/"), string(mail.Raw))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("mails (-want +got):\n%s", diff)
			}
			if n, err := a.Count(); err != nil || n != len(tt.want)/2 {
				t.Errorf("Count = %d, %v; want %d", n, err, len(tt.want)/2)
			}
		})
	}
}

func TestFolderMayBeALink(t *testing.T) {
	root := lay(t, map[string]string{"d/a.eml": "A"})
	link := filepath.Join(root, "link")
	if err := os.Symlink(filepath.Join(root, "d"), link); err != nil {
		t.Fatal(err)
	}
	a, err := Open(link)
	if err != nil {
		t.Fatal(err)
	}
	for mail, err := range a.Mails() {
		if err != nil || mail.Name != filepath.Join(link, "a.eml") {
			t.Errorf("%q, %v", mail.Name, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	root := lay(t, map[string]string{"d/notes.txt": "no mail here"})
	for path, want := range map[string]string{"d": "no .eml file", "missing": "no such file"} {
		if _, err := Open(filepath.Join(root, path)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%s) = %v, want an error with %q", path, err, want)
		}
	}
}

func TestMailBeyondTheLimitIsCutAndTheNextIsWhole(t *testing.T) {
	root := lay(t, map[string]string{"box": "From a 00:00\n\n" + strings.Repeat("x", 100_000) + "\n\nFrom b 00:00\n\nshort\n"})
	var sizes []int
	var cuts []bool
	for mail, err := range mboxMails(filepath.Join(root, "box"), 1000) {
		if err != nil {
			t.Fatal(err)
		}
		sizes, cuts = append(sizes, len(mail.Raw)), append(cuts, mail.Cut)
	}
	if !cmp.Equal(sizes, []int{1000, 7}) || !cmp.Equal(cuts, []bool{true, false}) {
		t.Errorf("sizes %v cut %v, want [1000 7] [true false]", sizes, cuts)
	}
}

func TestUnreadableFileDoesNotStopTheNext(t *testing.T) {
	root := lay(t, map[string]string{"d/a.eml": "A", "d/b.eml": "B"})
	a, err := Open(filepath.Join(root, "d"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(root, "d/a.eml")); err != nil {
		t.Fatal(err)
	}
	var failed, read int
	for _, err := range a.Mails() {
		if err != nil {
			failed++
		} else {
			read++
		}
	}
	if failed != 1 || read != 1 {
		t.Errorf("failed %d read %d, want 1 and 1", failed, read)
	}
}

func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
