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

func compareGolden(t *testing.T, path string, g Reading) {
	t.Helper()
	for i := range g.Request.Subjects { // the last digits differ between processors
		g.Request.Subjects[i].Weight = float64(int(g.Request.Subjects[i].Weight*100+0.5)) / 100
	}
	got, err := json.MarshalIndent(struct {
		Request *Request
		Words   []string
		Doubts  []Doubt
	}{g.Request, citations(g.Evidence), g.Doubts}, "", "  ")
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

// citations writes each evidence in one line.
func citations(evidence []Evidence) []string {
	var out []string
	for _, e := range evidence {
		out = append(out, fmt.Sprintf("%s %s: %s %q", e.Field, e.Value, e.Source, e.Quote))
	}
	return out
}
