package blockkit

import (
	"encoding/json"
	"strings"
	"testing"
)

func addSamples(f *testing.F) {
	for _, s := range samples {
		f.Add(read(f, s.name), s.text)
	}
	for _, r := range refusals {
		f.Add([]byte("["+r.bad+"]"), r.name)
	}
}

// FuzzMessage checks, draws and searches arbitrary messages. The picture must stay within its
// columns.
func FuzzMessage(f *testing.F) {
	addSamples(f)
	f.Fuzz(func(t *testing.T, blocks []byte, text string) {
		CheckMessage(blocks, text)
		LiveParts(blocks, text)
		wantWithin(t, PictureMessage(blocks, text))
	})
}

func FuzzView(f *testing.F) {
	addSamples(f)
	f.Fuzz(func(t *testing.T, view []byte, _ string) {
		CheckView(view)
		LivePartsOfView(view)
		wantWithin(t, PictureView(view))
	})
}

func wantWithin(t *testing.T, picture string) {
	t.Helper()
	for line := range strings.Lines(picture) {
		if w := width(strings.TrimSuffix(line, "\n")); w > columns {
			t.Errorf("%d columns: %q", w, line)
		}
	}
}

// FuzzEscaped checks that verbatim text with escaped angle brackets and ampersands is shown as it
// was written and has no live parts.
func FuzzEscaped(f *testing.F) {
	for _, tt := range formatted {
		f.Add(tt.text)
	}
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	f.Fuzz(func(t *testing.T, stranger string) {
		section := map[string]any{"type": "section", "text": map[string]any{"type": Mrkdwn, "verbatim": true, "text": escape.Replace(stranger)}}
		raw, err := json.Marshal([]any{section})
		if err != nil {
			t.Fatal(err)
		}
		if live := LiveParts(raw, ""); len(live) > 0 {
			t.Errorf("%q: live %q", stranger, live)
		}
	})
}
