package blockkit

import (
	"os"
	"strings"
	"testing"

	"verbale/internal/golden"
)

// The files of testdata. Each has a picture in the golden file of the same name.
var samples = []struct{ name, text string }{
	{"message-everything", "for notifications"},
	{"card", "Kyrgyzstan asks for advice on axle loads"},
	{"hostile-raw", "<!channel> see unece.org & @here"},
	{"hostile-escaped", "&lt;!channel&gt;"},
	{"modal-everything", ""},
	{"home", ""},
}

func isView(name string) bool { return strings.HasPrefix(name, "modal") || name == "home" }

func read(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestPictures(t *testing.T) {
	for _, d := range samples {
		t.Run(d.name, func(t *testing.T) {
			got := ""
			if isView(d.name) {
				got = PictureView(read(t, d.name))
			} else {
				got = PictureMessage(read(t, d.name), d.text)
			}
			golden.Compare(t, "testdata/"+d.name+".txt", got)
			for line := range strings.Lines(got) {
				if line = strings.TrimSuffix(line, "\n"); width(line) > 78 || strings.HasSuffix(line, " ") {
					t.Errorf("line of %d columns, or with spaces at its end: %q", width(line), line)
				}
			}
		})
	}
}

func TestAMessageWithoutBlocksIsItsText(t *testing.T) {
	if got, want := PictureMessage(nil, "*Hello* <@U1>"), "*Hello* ⚑LIVE @U1\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPicturesSayWhatTheyCannotRead(t *testing.T) {
	for name, got := range map[string]string{
		"message":       PictureMessage([]byte(`[{"type":`), "x"),
		"view":          PictureView([]byte(`{"type":"modal"`)),
		"unknown block": PictureMessage([]byte(`[{"type":"hologram"}]`), "x"),
		"unknown part":  PictureMessage([]byte(`[{"type":"actions","elements":[{"type":"lever"}]}]`), "x"),
	} {
		if !strings.Contains(got, "⁇") {
			t.Errorf("%s: %q", name, got)
		}
	}
}
