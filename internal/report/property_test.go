package report

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// moments returns cut-off times in a year, one of them at night.
func moments() []time.Time {
	return []time.Time{day(1, 20), day(3, 2).Add(14 * time.Hour), day(6, 30), day(10, 1).Add(30 * time.Second), day(12, 31)}
}

func TestAReportIsTheSameWhateverHappensAfterItsCutOff(t *testing.T) {
	for seed := range uint64(20) {
		all := lives(t, seed, 60)
		for _, at := range moments() {
			var then []*recordHistory
			for _, l := range all {
				if known := l.at(at); known != nil {
					then = append(then, known)
				}
			}
			q := asOf(at)
			if diff := cmp.Diff(asJSON(t, mustMake(t, q, then...)), asJSON(t, mustMake(t, q, all...))); diff != "" {
				t.Fatalf("seed %d, as of %s: (-made then +made later)\n%s", seed, at, diff)
			}
		}
	}
}

func asJSON(t *testing.T, r *Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	return string(bytes.ReplaceAll(out.Bytes(), []byte("},"), []byte("},\n")))
}

func TestParts(t *testing.T) {
	for seed := range uint64(20) {
		r := mustMake(t, asOf(day(10, 1)), lives(t, seed, 80)...)
		for _, d := range Dimensions() {
			checkParts(t, r, d)
		}
		for _, h := range r.Headlines() {
			if h.Behind != nil && h.Count != len(h.Behind) {
				t.Errorf("seed %d: %s is %d, with %d references behind it", seed, h.ID, h.Count, len(h.Behind))
			}
		}
		months := 0
		for _, m := range r.Months() {
			for _, count := range m.ByDivision {
				months += count
			}
		}
		if months != len(r.Requests) {
			t.Errorf("seed %d: months sum up to %d of %d requests", seed, months, len(r.Requests))
		}
	}
}

// checkParts checks the figures of a dimension: each request must be counted once for each of its
// values, and the totals must be correct.
func checkParts(t *testing.T, r *Report, d Dimension) {
	t.Helper()
	want, requests, open, share := 0, 0, 0, 0.0
	behind := map[string]int{}
	for i := range r.Requests {
		want += len(d.Values(&r.Requests[i]))
	}
	for _, f := range r.Figures(d) {
		requests, open, share = requests+f.Requests, open+f.Open, share+f.Share
		if len(f.Behind) != f.Requests || f.Answer.Count > f.Requests || f.Open > f.Requests {
			t.Errorf("%s %s does not hold together: %+v", d, f.ID, f)
		}
		for _, reference := range f.Behind {
			behind[reference]++
		}
	}
	if requests != want {
		t.Errorf("%s: figures sum up to %d, not %d", d, requests, want)
	}
	for i := range r.Requests {
		if q := &r.Requests[i]; behind[q.Reference] != len(d.Values(q)) {
			t.Errorf("%s: %s is behind %d figures, has %v", d, q.Reference, behind[q.Reference], d.Values(q))
		}
	}
	if !d.Several() && requests > 0 && (share < 0.999 || share > 1.001) {
		t.Errorf("%s: shares sum up to %f", d, share)
	}
}

func TestMeasures(t *testing.T) {
	hours := func(n ...int) []time.Duration {
		var times []time.Duration
		for _, h := range n {
			times = append(times, time.Duration(h)*time.Hour)
		}
		return times
	}
	for _, tt := range []struct {
		name             string
		times            []time.Duration
		median, highMost int
	}{
		{"one", hours(7), 7, 7},
		{"two: the shorter is the median", hours(9, 3), 3, 9},
		{"ten: nine of them are not longer", hours(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 5, 9},
		{"eleven", hours(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), 6, 10},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := Measure{len(tt.times), hours(tt.median)[0], hours(tt.highMost)[0]}
			if got := measureOf(slices.Clone(tt.times)); got != want {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}
