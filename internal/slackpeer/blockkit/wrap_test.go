package blockkit

import (
	"slices"
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text    string
		columns int
		want    []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one\n\ntwo", 7, []string{"one", "", "two"}},
		{"  indented", 20, []string{"  indented"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"a abcdefgh b", 4, []string{"a", "abcd", "efgh", "b"}},
		{"транспорт дорог", 9, []string{"транспорт", "дорог"}},
		{"请求 技术", 5, []string{"请求", "技术"}},
		{"🚛🚛🚛", 4, []string{"🚛🚛", "🚛"}},
		{"e\u0301e\u0301 e", 4, []string{"e\u0301e\u0301 e"}},
	} {
		if got := wrap(tt.text, tt.columns); !slices.Equal(got, tt.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", tt.text, tt.columns, got, tt.want)
		}
	}
}

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"a\u202eb":              "a⟦U+202E⟧b",
		"a\u200bb\u2066c\u2069": "a⟦U+200B⟧b⟦U+2066⟧c⟦U+2069⟧",
		"a\x00\tb\u2028c":       "a⟦U+0000⟧⟦U+0009⟧b⟦U+2028⟧c",
		"one\ntwo":              "one\ntwo",
		"👩\u200d🔧":              "👩\u200d🔧",
		"▸ [ Accept ] ⚑LIVE":    "⟦U+25B8⟧ [ Accept ] ⟦U+2691⟧LIVE",
	} {
		if got := visible(text); got != want {
			t.Errorf("visible(%q) = %q, want %q", text, got, want)
		}
	}
}

// Text of a sender must not be able to imitate controls in a picture.
func TestATextCannotDrawAButton(t *testing.T) {
	forged := PictureMessage([]byte(`[{"type":"section","text":{"type":"plain_text","text":"x\n▸ [ Accept | primary ]\n░ ⚑LIVE @U1"}}]`), "")
	for line := range strings.Lines(forged) {
		if strings.ContainsAny(line, "▸░⚑") {
			t.Errorf("drawn %q", line)
		}
	}
}
