package followup_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"verbale/intake"
	"verbale/routing/followup"
)

func policy(t testing.TB) *followup.Policy {
	t.Helper()
	p, err := followup.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// at parses a time such as "2026-03-06 16:00" in the office's time zone.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	moment, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestWorkingHoursRunAcrossNightsWeekendsAndHolidays(t *testing.T) {
	tests := map[string]struct{ from, want string }{
		"within a day":                    {"2026-03-10 09:30", "2026-03-10 13:30"},
		"up to the closing":               {"2026-03-10 13:30", "2026-03-10 17:30"},
		"over a night":                    {"2026-03-10 15:00", "2026-03-11 10:30"},
		"from before the opening":         {"2026-03-10 06:00", "2026-03-10 13:00"},
		"from the closing":                {"2026-03-10 17:30", "2026-03-11 13:00"},
		"over a weekend":                  {"2026-03-13 16:30", "2026-03-16 12:00"},
		"from a Sunday":                   {"2026-03-15 11:00", "2026-03-16 13:00"},
		"over Eid al-Fitr and a weekend":  {"2026-03-19 17:00", "2026-03-23 12:30"},
		"over Easter":                     {"2026-04-02 17:00", "2026-04-07 12:30"},
		"over the change to summer time":  {"2026-03-27 17:00", "2026-03-30 12:30"},
		"over the change to winter time":  {"2026-10-23 17:00", "2026-10-26 12:30"},
		"over the end of the year":        {"2026-12-31 16:00", "2027-01-04 11:30"},
		"from the holidays of the season": {"2026-12-24 10:00", "2026-12-28 13:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := policy(t).Calendar().AddHours(at(t, tt.from), 4*time.Hour)
			if !got.Equal(at(t, tt.want)) {
				t.Errorf("4 hours from %s are over at %s, want %s", tt.from, got, tt.want)
			}
		})
	}
}

func TestWorkingDaysKeepTheTimeOfDay(t *testing.T) {
	tests := map[string]struct {
		from string
		days int
		want string
	}{
		"next day":                       {"2026-03-10 10:15", 1, "2026-03-11 10:15"},
		"over a weekend":                 {"2026-03-13 10:15", 1, "2026-03-16 10:15"},
		"from an evening":                {"2026-03-10 20:00", 1, "2026-03-12 09:00"},
		"from a Saturday":                {"2026-03-14 12:00", 1, "2026-03-17 09:00"},
		"two weeks":                      {"2026-02-02 16:00", 10, "2026-02-16 16:00"},
		"over the change to summer time": {"2026-03-27 16:00", 1, "2026-03-30 16:00"},
		"over the change to winter time": {"2026-10-23 16:00", 1, "2026-10-26 16:00"},
		"over two holidays":              {"2026-05-22 11:00", 3, "2026-05-29 11:00"},
		"over the end of the year":       {"2026-12-23 11:00", 5, "2027-01-04 11:00"},
		"none, from a Sunday":            {"2026-03-15 11:00", 0, "2026-03-16 09:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := policy(t).Calendar().AddDays(at(t, tt.from), tt.days); !got.Equal(at(t, tt.want)) {
				t.Errorf("%d days from %s is %s, want %s", tt.days, tt.from, got, tt.want)
			}
		})
	}
}

func TestAMomentIsReadInTheOfficesZone(t *testing.T) {
	tokyo := at(t, "2026-03-10 10:00").In(time.FixedZone("", 9*3600))
	if got := policy(t).Calendar().AddDays(tokyo, 1); !got.Equal(at(t, "2026-03-11 10:00")) {
		t.Errorf("got %s", got)
	}
}

func TestDaysAroundADateEndAtTheClosing(t *testing.T) {
	sunday := intake.Date{Year: 2026, Month: time.April, Day: 12}
	c := policy(t).Calendar()
	if got := c.DaysBefore(sunday, 2); !got.Equal(at(t, "2026-04-09 17:30")) {
		t.Errorf("two days before is %s", got)
	}
	if got := c.DaysBefore(sunday, 5); !got.Equal(at(t, "2026-04-02 17:30")) {
		t.Errorf("five days before is %s", got)
	}
	if got := c.DaysAfter(sunday, 5); !got.Equal(at(t, "2026-04-17 17:30")) {
		t.Errorf("five days after is %s", got)
	}
}

// moment generates any time in the years whose holidays are known.
var moment = rapid.Custom(func(t *rapid.T) time.Time {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	return start.Add(time.Duration(rapid.IntRange(0, 4*365*24*60-60*24*60).Draw(t, "minute")) * time.Minute)
})

func TestWorkFallsOnWorkingHoursOnly(t *testing.T) {
	c := policy(t).Calendar()
	rapid.Check(t, func(t *rapid.T) {
		from := moment.Draw(t, "from")
		n := rapid.IntRange(0, 30).Draw(t, "n")
		for _, got := range []time.Time{c.Next(from), c.AddDays(from, n), c.AddHours(from, time.Duration(n)*time.Hour)} {
			if clock := got.Format("15:04:05"); !c.WorkingDay(intake.DateOf(got)) || clock < "09:00:00" || clock > "17:30:00" || got.Before(from) {
				t.Fatalf("from %s: %s", from, got)
			}
		}
	})
}

func TestLaterBeginningsAndLongerSpansEndLater(t *testing.T) {
	c := policy(t).Calendar()
	rapid.Check(t, func(t *rapid.T) {
		early := moment.Draw(t, "early")
		late := early.Add(time.Duration(rapid.IntRange(0, 100_000).Draw(t, "later")) * time.Second)
		n := rapid.IntRange(0, 20).Draw(t, "n")
		d := time.Duration(n) * time.Hour
		switch {
		case c.AddDays(late, n).Before(c.AddDays(early, n)), c.AddHours(late, d).Before(c.AddHours(early, d)):
			t.Fatal("a later beginning ends earlier")
		case !c.AddDays(early, n).Before(c.AddDays(early, n+1)), !c.AddHours(early, d).Before(c.AddHours(early, d+time.Hour)):
			t.Fatal("a longer span ends earlier")
		}
	})
}

// Adding working hours one at a time must give the same result as adding them at once.
func TestHoursAddUp(t *testing.T) {
	c := policy(t).Calendar()
	rapid.Check(t, func(t *rapid.T) {
		from := moment.Draw(t, "from")
		a, b := rapid.IntRange(0, 600).Draw(t, "a"), rapid.IntRange(1, 600).Draw(t, "b")
		minutes := func(n int) time.Duration { return time.Duration(n) * time.Minute }
		if apart, once := c.AddHours(c.AddHours(from, minutes(a)), minutes(b)), c.AddHours(from, minutes(a+b)); !apart.Equal(once) {
			t.Fatalf("apart %s, at once %s", apart, once)
		}
	})
}
