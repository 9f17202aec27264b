//go:build !race

package report

import (
	"testing"

	"verbale/internal/phrases"
)

func TestCharts(t *testing.T) {
	for name, r := range map[string]*Report{
		"a small report":            halfYear(t),
		"a year":                    mustMake(t, asOf(day(12, 31)), lives(t, 5, 500)...),
		"one request, not answered": mustMake(t, asOf(day(6, 1)), road(t)),
	} {
		for _, lang := range phrases.Languages {
			charts, err := Charts(r, in(lang))
			if err != nil || len(charts) != 3 {
				t.Fatalf("%s: %d charts, %v", name, len(charts), err)
			}
			for _, c := range charts {
				checkChart(t, name+", "+lang+", "+c.Name, c)
			}
		}
	}
}
