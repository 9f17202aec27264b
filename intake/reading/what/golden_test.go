package what_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
	"verbale/internal/golden"
)

// The letters of testdata/requests (address, subject, then the text) must be read as their
// golden files say, each value with the words that it was read from.
func TestRequestsAreReadAsTheirGoldenFilesSay(t *testing.T) {
	letters, err := filepath.Glob("testdata/requests/*.txt")
	if err != nil || len(letters) == 0 {
		t.Fatalf("no letters: %v", err)
	}
	for _, path := range letters {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			parts := strings.SplitN(string(data), "\n", 3)
			m := readingtest.Mail(parts[0], parts[1], parts[2])
			g := readingtest.Request(t, m)
			readingtest.CheckEvidence(t, m, g)
			compareGolden(t, strings.TrimSuffix(path, ".txt")+".golden.json", g)
		})
	}
}

// An asked is what a letter requests. Who requests it, and when, is tested elsewhere.
type asked struct {
	Countries   []string
	Scope       intake.Scope
	Services    []intake.Service
	Themes      []string
	Instruments []string
	Urgency     intake.Urgency
	Partners    []string
	Funding     []string
	Subjects    []string
	Words       []string
	Doubts      []string
}

func compareGolden(t *testing.T, path string, g intake.Reading) {
	t.Helper()
	r := g.Request
	a := asked{Countries: r.Countries, Scope: r.Scope, Services: r.Services, Themes: r.Themes, Instruments: r.Instruments,
		Urgency: r.Urgency, Partners: r.Partners, Funding: r.Funding}
	for _, s := range r.Subjects { // one decimal: further digits differ between processors
		a.Subjects = append(a.Subjects, fmt.Sprintf("%s %.1f %s", s.Division, s.Weight, strings.Join(s.Themes, " ")))
	}
	for _, e := range g.Evidence {
		if askedFields[e.Field] {
			a.Words = append(a.Words, fmt.Sprintf("%s %s: %s %q", e.Field, e.Value, e.Source, e.Quote))
		}
	}
	for _, d := range g.Doubts {
		if askedFields[d.Field] {
			a.Doubts = append(a.Doubts, fmt.Sprintf("%s: %s", d.Field, d.Reason.ID))
		}
	}
	got, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, path, string(got)+"\n")
}

var askedFields = map[intake.Field]bool{
	intake.FieldCountries: true, intake.FieldScope: true, intake.FieldServices: true, intake.FieldThemes: true, intake.FieldInstruments: true,
	intake.FieldUrgency: true, intake.FieldPartners: true, intake.FieldFunding: true,
}
