package intake

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The letters of testdata/requests (address, subject, then the text) are read
// as their golden files say, each value with the words behind it.
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
			m := mail(parts[0], parts[1], parts[2])
			g := readRequest(t, m)
			checkEvidence(t, m, g)
			compareGolden(t, strings.TrimSuffix(path, ".txt")+".golden.json", g)
		})
	}
}

// An asked is what a letter asks for; who asks and when is specified elsewhere.
type asked struct {
	Countries   []string
	Scope       Scope
	Services    []Service
	Themes      []string
	Instruments []string
	Urgency     Urgency
	Partners    []string
	Funding     []string
	Subjects    []string
	Words       []string
	Doubts      []string
}

func compareGolden(t *testing.T, path string, g Reading) {
	t.Helper()
	r := g.Request
	a := asked{Countries: r.Countries, Scope: r.Scope, Services: r.Services, Themes: r.Themes, Instruments: r.Instruments,
		Urgency: r.Urgency, Partners: r.Partners, Funding: r.Funding}
	for _, s := range r.Subjects { // in tenths: the last digits differ between processors
		a.Subjects = append(a.Subjects, fmt.Sprintf("%s %.1f %s", s.Division, s.Weight, strings.Join(s.Themes, " ")))
	}
	for _, e := range g.Evidence {
		if askedFields[e.Field] {
			a.Words = append(a.Words, fmt.Sprintf("%s %s: %s %q", e.Field, e.Value, e.Source, e.Quote))
		}
	}
	for _, d := range g.Doubts {
		if askedFields[d.Field] {
			a.Doubts = append(a.Doubts, fmt.Sprintf("%s: %s", d.Field, d.Reason))
		}
	}
	got, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(want)) != string(got) {
		t.Errorf("%s differs; got\n%s", path, got)
	}
}

var askedFields = map[Field]bool{
	FieldCountries: true, FieldScope: true, FieldServices: true, FieldThemes: true, FieldInstruments: true,
	FieldUrgency: true, FieldPartners: true, FieldFunding: true,
}
