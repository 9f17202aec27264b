package eml

import "testing"

func TestYearInWhichNobodyWrote(t *testing.T) {
	for written, want := range map[string]bool{
		"Wed, 25 Nov 2026 10:00:00 +0600": true,
		"Thu, 1 Jan 1970 00:00:00 +0000":  true,
		"Fri, 31 Dec 9999 23:30:00 -0500": false,
		"31 December 9999":                false,
		"Mon, 1 Jan 0001 00:00:00 +0000":  false,
	} {
		if at, _, ok := parseDate(written); ok != want {
			t.Errorf("%s is read as %s, %t", written, at, ok)
		}
	}
}
