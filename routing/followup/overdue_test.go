package followup_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestOverdueIsCountedInFullWorkingDays(t *testing.T) {
	tests := map[string]struct {
		due, now string
		want     int
	}{
		"not yet due":                       {"2026-03-10 15:00", "2026-03-10 14:59", 0},
		"due today":                         {"2026-03-10 15:00", "2026-03-10 17:00", 0},
		"less than a day ago":               {"2026-03-10 15:00", "2026-03-11 14:59", 0},
		"a day ago":                         {"2026-03-10 15:00", "2026-03-11 15:00", 1},
		"due on Friday, on Sunday":          {"2026-03-13 15:00", "2026-03-15 20:00", 0},
		"due on Friday, on Monday":          {"2026-03-13 15:00", "2026-03-16 09:30", 0},
		"due on Friday, on Monday at last":  {"2026-03-13 15:00", "2026-03-16 15:00", 1},
		"due on Friday, a week later":       {"2026-03-13 15:00", "2026-03-20 15:00", 4}, // Eid al-Fitr
		"over Easter":                       {"2026-04-02 10:00", "2026-04-07 10:00", 1},
		"due at the closing":                {"2026-03-10 17:30", "2026-03-12 09:00", 1},
		"due on a Saturday":                 {"2026-03-14 12:00", "2026-03-17 09:00", 1},
		"over the change to summer time":    {"2026-03-27 10:00", "2026-03-30 10:00", 1},
		"seen in the evening of a work day": {"2026-03-10 10:00", "2026-03-11 23:00", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := policy(t).DaysOverdue(at(t, tt.due), at(t, tt.now)); got != tt.want {
				t.Errorf("what is due %s is overdue by %d days at %s, want %d", tt.due, got, tt.now, tt.want)
			}
		})
	}
}

// The days overdue must agree with the reminders: at the time of a reminder "after: n working
// days", n days are overdue.
func TestOverdueAgreesWithTheRulesOfReminders(t *testing.T) {
	p, first := policy(t), at(t, "2026-01-01 00:00")
	rapid.Check(t, func(rt *rapid.T) {
		due := first.Add(time.Duration(rapid.IntRange(0, 500*24*60).Draw(rt, "due")) * time.Minute)
		now := due.Add(time.Duration(rapid.IntRange(0, 100*24*60).Draw(rt, "since")) * time.Minute).UTC()
		n := p.DaysOverdue(due, now)
		if began := p.Calendar().AddDays(due, n); n > 0 && began.After(now) {
			rt.Errorf("overdue by %d days at %s, but those are over at %s", n, now, began)
		}
		if next := p.Calendar().AddDays(due, n+1); !next.After(now) {
			rt.Errorf("overdue by %d days at %s, but one more was over at %s", n, now, next)
		}
	})
}
