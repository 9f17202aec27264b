package report

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWorktimeIsThatOfTheCalendar(t *testing.T) {
	q := asOf(day(12, 23).Add(3 * time.Hour))
	c := q.Policy.Calendar()
	w := newWorktime(c, q.AsOf)
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.IntRange(0, 500*24*60) // includes both daylight saving time changes
		from := q.AsOf.Add(-time.Duration(minutes.Draw(t, "from")) * time.Minute)
		to := q.AsOf.Add(-time.Duration(minutes.Draw(t, "to")) * time.Minute)
		if got, want := w.between(from, to), c.Worked(from, to); got != want {
			t.Fatalf("from %s to %s: %v, want %v", from, to, got, want)
		}
	})
}
