package followup_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"verbale/intake"
	"verbale/internal/strictyaml"
	"verbale/routing/followup"
)

const goodPolicy = `
time_zone: Asia/Tashkent
week: [sunday]
hours: {from: "08:00", until: "12:00"}
triage: 1 working hour
accept: 1 working day
answer: {normal: 2 working days, urgent: 1 working day, before_reply_by: 1 working day, never_sooner: 1 hour}
outcome: 1 working day
results: 30 days
`

func TestAnOfficeReplacesThePolicyAndKeepsTheHolidays(t *testing.T) {
	p, err := followup.Load(fstest.MapFS{"policy.yaml": {Data: []byte(goodPolicy)}})
	if err != nil {
		t.Fatal(err)
	}
	c := p.Calendar()
	if c.Zone().String() != "Asia/Tashkent" || !c.WorkingDay(date("2026-03-15")) || c.WorkingDay(date("2026-03-16")) || c.Holiday(date("2026-12-25")) == "" {
		t.Errorf("zone %s", c.Zone())
	}
}

// Crash tests use a policy with an office that never closes and deadlines of seconds, so it
// must be valid.
func TestAnOfficeMayWorkAroundTheClockAndInSeconds(t *testing.T) {
	days := "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]"
	text := strings.NewReplacer("[sunday]", days, `"08:00"`, `"00:00"`, `"12:00"`, `"24:00"`, "accept: 1 working day", "accept: 90 seconds").Replace(goodPolicy)
	p, err := followup.Load(fstest.MapFS{"policy.yaml": {Data: []byte(text)}, "holidays.yaml": {Data: []byte("holidays: {2026: []}")}})
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Date(2026, 3, 14, 23, 59, 30, 0, p.Calendar().Zone())
	rec := &intake.Record{Status: intake.StatusAssigned, Owner: "transport", ReceivedAt: begun, Request: &intake.Request{}}
	rec.Plan = p.Plan(rec)
	if got := p.Calendar().AddHours(begun, time.Minute); !got.Equal(begun.Add(time.Minute)) {
		t.Errorf("a minute of work from half a minute to midnight ends at %s", got)
	}
	for _, step := range rec.Plan {
		if step.Step == intake.StepAccept && !step.At.Equal(begun.Add(90*time.Second)) {
			t.Errorf("acceptance is due at %s", step.At)
		}
	}
}

func TestFilesThatAreNotRightAreRefusedWithAllTheirProblems(t *testing.T) {
	folder := fstest.MapFS{
		"policy.yaml": {Data: []byte(`time_zone: Europe/Geneva
week: [monday, tusday]
hours: {from: "17:30", until: "9 o'clock"}
triage: four hours
accept: 1 working day
answer: {normal: 10 working days, urgent: 3 working days, before_reply_by: 2 days, never_sooner: 1 hour}
outcome: 5000 working days
`)},
		"holidays.yaml": {Data: []byte(`holidays:
  2026:
    - {date: 2026-08-01, name: Swiss National Day}
    - {date: 2027-01-01, name: New Year's Day}
  soon: []
`)},
	}
	want := `policy.yaml:1:1: key "results" is missing; add “results: …”
policy.yaml:1:12: time zone "Europe/Geneva" is not known; write a name like Europe/Zurich
policy.yaml:2:16: week "tusday" is not known; did you mean "tuesday"?
policy.yaml:3:31: until: "9 o'clock" is not a time of day; write it like "09:00"
policy.yaml:3:31: the day ends before it begins; write from before until
policy.yaml:4:9: triage: "four hours" is not a span of time; write a count up to 1000 and a unit, like 4 working hours, 10 working days, 90 days or 1 hour
policy.yaml:6:76: this span counts from a date; write it in working days, like 2 working days
policy.yaml:7:10: outcome: "5000 working days" is not a span of time; write a count up to 1000 and a unit, like 4 working hours, 10 working days, 90 days or 1 hour
holidays.yaml:3:14: 2026-08-01 is a Saturday; write the working day on which it is observed, or remove it
holidays.yaml:4:14: 2027-01-01 stands under 2026; move it to its year
holidays.yaml:5:3: "soon" is not a year; write it like 2027`
	_, err := followup.Load(folder)
	if _, ok := errors.AsType[strictyaml.Problems](err); !ok || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

type unreadable struct{}

func (unreadable) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

func TestAFileThatCannotBeReadIsNotReplacedByTheEmbeddedOne(t *testing.T) {
	if _, err := followup.Load(unreadable{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
}

func TestHolidaysOfTheComingYearAreAskedFor(t *testing.T) {
	for now, want := range map[string]bool{"2026-12-31 23:00": false, "2027-01-01 00:00": true, "2024-05-01 10:00": false} {
		year, missing := policy(t).HolidaysMissing(at(t, now))
		if missing != want || missing && year != 2028 {
			t.Errorf("at %s: %d missing %v", now, year, missing)
		}
	}
}

func TestYearThatIsLeftOutIsMissed(t *testing.T) {
	p, err := followup.Load(fstest.MapFS{"holidays.yaml": {Data: []byte("holidays:\n  2026: [{date: 2026-01-01, name: a}]\n  2027: []\n  2028: [{date: 2028-01-03, name: a}]\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if year, missing := p.HolidaysMissing(at(t, "2026-05-01 10:00")); !missing || year != 2027 {
		t.Errorf("%d missing %v", year, missing)
	}
}

// The duty station has ten holidays in each year, none of them on a weekend.
func TestEveryKnownYearHasTenHolidays(t *testing.T) {
	for year := 2024; year <= 2027; year++ {
		n := 0
		for day := date("2023-12-31").AddDays((year - 2024) * 365); day.Year <= year; day = day.AddDays(1) {
			if day.Year == year && policy(t).Calendar().Holiday(day) != "" {
				n++
			}
		}
		if n != 10 {
			t.Errorf("%d has %d holidays", year, n)
		}
	}
}
