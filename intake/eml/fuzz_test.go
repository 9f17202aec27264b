package eml_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/eml"
	"verbale/internal/golden"
)

// FuzzParse checks that Parse returns for any input, and that the result meets the guarantees
// of the package documentation.
func FuzzParse(f *testing.F) {
	golden.AddSeeds(f, "testdata/*.eml")
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := parse(raw, eml.Options{})
		checkMessage(t, m)
		if slices.Contains(m.Problems, eml.ProblemDefect) {
			t.Error(eml.ProblemDefect)
		}
		if m.Size != len(raw) {
			t.Errorf("size %d of %d bytes", m.Size, len(raw))
		}
	})
}

func checkMessage(t *testing.T, m *intake.Message) {
	t.Helper()
	checkContent(t, m.Text)
	for _, s := range append([]string{m.Subject, m.MessageID, m.From.Name, m.From.Address, m.Signs.ListID, m.Unreadable}, m.Problems...) {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\n") {
			t.Errorf("a field holds %q", s)
		}
	}
	if l := eml.DefaultLimits; len(m.To) > l.Addresses || len(m.Attachments) > l.Parts || len(m.Text.Content) > l.TextBytes+1 {
		t.Errorf("beyond its limits: %d addresses, %d attachments, %d bytes of text", len(m.To), len(m.Attachments), len(m.Text.Content))
	}
	for _, a := range m.Attachments {
		checkContent(t, a.Text)
		if !utf8.ValidString(a.Filename) {
			t.Errorf("file name %q", a.Filename)
		}
		if a.Message != nil {
			checkMessage(t, a.Message)
		}
	}
}

// checkContent checks that a text is clean and that its sections cover it without gaps or
// overlaps.
func checkContent(t *testing.T, text intake.Text) {
	t.Helper()
	if !utf8.ValidString(text.Content) || strings.ContainsAny(text.Content, "\r\x00") {
		t.Errorf("text is not clean: %.200q", text.Content)
	}
	if len(text.Sections) == 0 {
		return
	}
	at := 0
	for _, s := range text.Sections {
		if s.Start != at || s.End <= s.Start {
			t.Errorf("section %+v starts not at %d, or is empty", s, at)
		}
		at = s.End
	}
	if at != len(text.Content) {
		t.Errorf("sections end at %d of %d", at, len(text.Content))
	}
}
