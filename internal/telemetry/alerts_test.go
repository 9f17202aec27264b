package telemetry

import (
	"os"
	"regexp"
	"testing"

	"github.com/goccy/go-yaml"
)

// An alertFile is the part of Prometheus' rule file format that the example uses.
type alertFile struct {
	Groups []struct {
		Name  string
		Rules []struct {
			Alert, Expr, For    string
			Labels, Annotations map[string]string
		}
	}
}

func TestAlertsWatchFiguresThatThereAre(t *testing.T) {
	data, err := os.ReadFile("../../cmd/verbale/deploy/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file alertFile
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	families, err := busy(t).registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		there[f.GetName()] = true
	}
	figure, part := regexp.MustCompile(`\b(?:verbale|go|process)_[a-z_]+`), regexp.MustCompile(`_(bucket|count|sum)$`)
	seen := 0
	for _, rule := range file.Groups[0].Rules {
		for _, name := range figure.FindAllString(rule.Expr, -1) {
			if seen++; !there[part.ReplaceAllString(name, "")] {
				t.Errorf("%s watches %s, which there is not", rule.Alert, name)
			}
		}
		if rule.Labels["severity"] == "" || rule.Annotations["summary"] == "" || rule.Annotations["mend"] == "" {
			t.Errorf("%s does not say how grave it is, what it means or what to do", rule.Alert)
		}
	}
	if seen < 9 {
		t.Errorf("only %d figures are watched", seen)
	}
}
