package desk_test

import (
	"testing"

	"verbale/bot/desk"
)

func TestReferencesAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"TC-2026-00042": "TC-2026-00042", "tc-2026-42": "TC-2026-00042", "2025-42": "TC-2025-00042", "TC-42": "TC-2026-00042",
		"tc 42": "TC-2026-00042", "#42": "TC-2026-00042", "(42),": "TC-2026-00042", "100042": "TC-2026-100042",
		"": "", "0": "", "all": "", "XY-42": "", "42a": "", "TC-26-42": "", "TC-2026-": "",
	} {
		if got, ok := desk.ReadReference(text, "TC", 2026); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %t; want %q", text, got, ok, want)
		}
	}
}
