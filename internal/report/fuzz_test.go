package report

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"verbale/intake"
)

// FuzzExport exports records with arbitrary text. Each record must be one row, and no cell may
// begin like a formula.
func FuzzExport(f *testing.F) {
	for _, words := range hostile {
		f.Add(words, words)
	}
	f.Fuzz(func(t *testing.T, subject, institution string) {
		rec := &intake.Record{
			Reference: "TC-2026-00001", ReceivedAt: day(3, 2),
			Request: &intake.Request{Institution: institution, Countries: []string{subject}, Partners: []string{institution}},
			Origin:  intake.Origin{Subject: subject},
		}
		var out bytes.Buffer
		if err := testExport("fr").WriteCSV(&out, func(yield func(*intake.Record, error) bool) { yield(rec, nil) }); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		for _, cell := range rows[1] {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
				t.Errorf("the cell %q begins like a formula", cell)
			}
		}
	})
}
