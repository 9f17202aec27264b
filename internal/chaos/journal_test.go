package chaos

import (
	"testing"
	"time"
)

// Each case has the copies of one mail, given by the second they arrived at, and the faults in the
// journal. A copy that no fault explains must be reported.
func TestCopiesAreExplainedByFaults(t *testing.T) {
	crash := func(from, to int) event { return event{from: second(from), to: second(to)} }
	silence := func(from, to int) event {
		return event{fault: fault{again: true}, from: second(from), to: second(to)}
	}
	for name, tt := range map[string]struct {
		copies      []int
		faults      []event
		unexplained int
	}{
		"one copy needs no fault":             {copies: []int{100}},
		"two copies without a fault":          {copies: []int{100, 101}, unexplained: 1},
		"a crash between two copies":          {copies: []int{100, 110}, faults: []event{crash(105, 106)}},
		"a crash shortly before":              {copies: []int{100, 110}, faults: []event{crash(92, 93)}},
		"a crash long before":                 {copies: []int{100, 110}, faults: []event{crash(50, 60)}, unexplained: 1},
		"a crash afterwards":                  {copies: []int{100, 110}, faults: []event{crash(111, 112)}, unexplained: 1},
		"a crash that has not ended":          {copies: []int{100, 110}, faults: []event{{from: second(50)}}},
		"a crash explains one copy only":      {copies: []int{100, 101, 102}, faults: []event{crash(100, 103)}, unexplained: 1},
		"two crashes explain two":             {copies: []int{100, 101, 102}, faults: []event{crash(99, 103), crash(100, 101)}},
		"lost answers explain each copy":      {copies: []int{100, 101, 102, 103}, faults: []event{silence(99, 104)}},
		"lost answers that ended long before": {copies: []int{100, 101}, faults: []event{silence(50, 60)}, unexplained: 1},
	} {
		var copies []Received
		for _, at := range tt.copies {
			copies = append(copies, Received{At: second(at)})
		}
		j := journal{events: tt.faults}
		if got := j.unexplained(copies); got != tt.unexplained {
			t.Errorf("%s: %d unexplained, want %d", name, got, tt.unexplained)
		}
	}
}

func second(n int) time.Time { return time.Unix(int64(n), 0) }
