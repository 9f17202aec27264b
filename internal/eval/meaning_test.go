package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/intake"
)

func TestLabelsThatNothingCanBeMeasuredAgainst(t *testing.T) {
	for label, says := range map[string]string{
		``:                                    "unexpected end",
		`{"kind": "request"`:                  "unexpected end",
		`{"kind": "demand", "language":"en"}`: `kind "demand"`,
		`{"kind": "other"}`:                   "language",
		`{"kind": "request", "language": "en", "services": ["advisory"], "division": "energy"}`:                                        "themes",
		`{"kind": "request", "language": "en", "themes": ["water"], "division": "environment"}`:                                        "services",
		`{"kind": "request", "language": "en", "themes": ["water"], "services": ["advisory"]}`:                                         "division",
		`{"kind": "request", "language": "en", "themes": ["water"], "services": ["advisory"], "division": "x", "reply_by": "in June"}`: "in June",
	} {
		if _, err := ParseLabel([]byte(label)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: error %v, want one that says %q", label, err, says)
		}
	}
}

func TestLabelsOfTheSampleFolder(t *testing.T) {
	files, err := filepath.Glob("testdata/labelled/*.json")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d labels, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseLabel(data); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestWhoCarriesALabelledRequestOut(t *testing.T) {
	for _, tt := range []struct {
		division, services string
		want               intake.CarriedBy
	}{
		{"energy", `"advisory"`, intake.CarriedByAdviser},
		{"energy", `"capacity_building"`, intake.CarriedByDivision},
		{"energy", `"project"`, intake.CarriedByBoth},
		{"energy", `"advisory", "capacity_building"`, intake.CarriedByBoth},
		{multiSectoral, `"advisory"`, intake.CarriedByDivision},
	} {
		m, err := ParseLabel([]byte(`{"kind": "request", "language": "ru", "themes": ["x"], "division": "` + tt.division + `", "services": [` + tt.services + `]}`))
		if err != nil || m.CarriedBy != tt.want {
			t.Errorf("%s, %s: %q, want %q (%v)", tt.division, tt.services, m.CarriedBy, tt.want, err)
		}
	}
}
