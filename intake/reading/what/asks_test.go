package what

import (
	"testing"
	"time"

	"verbale/intake"
)

func TestWhatItSpeaksForThatAnActivityLastsSoLong(t *testing.T) {
	odds := func(x float64) map[intake.Service]float64 {
		return map[intake.Service]float64{intake.ServiceProject: x}
	}
	w := askWeights{Lasts: []lasting{{6, odds(1)}, {28, odds(2)}, {0, odds(3)}}, HalfOpen: odds(4)}
	day := func(month time.Month, day int) intake.Date { return intake.Date{Year: 2027, Month: month, Day: day} }
	none := intake.Date{}
	for _, c := range []struct {
		name        string
		first, last intake.Date
		want        float64
	}{
		{"no day is told", none, none, 0},
		{"only the first day is told", day(5, 3), none, 4},
		{"only the last day is told", none, day(5, 3), 4},
		{"one day", day(5, 3), day(5, 3), 1},
		{"six days", day(5, 3), day(5, 8), 1},
		{"seven days", day(5, 3), day(5, 9), 2},
		{"more than all lengths", day(5, 3), day(12, 31), 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := w.ofPeriod(intake.ServiceProject, c.first, c.last); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
