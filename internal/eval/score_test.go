package eval

import (
	"reflect"
	"slices"
	"testing"

	"verbale/intake"
)

// asked returns a request about water that was read correctly.
func asked(name string) Case {
	m := Meaning{
		Kind: intake.KindRequest, Language: "en", Countries: []string{"KG", "KZ"}, Scope: intake.ScopeMultiCountry,
		Services: []intake.Service{intake.ServiceAdvisory}, Themes: []string{"water"}, Division: "environment",
		Urgency: intake.UrgencyNormal, ReplyBy: intake.Date{Year: 2026, Month: 5, Day: 1}, Official: true,
		CarriedBy: intake.CarriedByAdviser,
	}
	return Case{Name: name, Want: m, Got: m, Answered: true, Routed: true}
}

func other(kind, got intake.Kind) Case {
	return Case{
		Name: "other", Answered: true, Routed: got == intake.KindRequest,
		Want: Meaning{Kind: kind, Language: "en"}, Got: Meaning{Kind: got, Language: "en"},
	}
}

func changed(c Case, change func(*Case)) Case {
	change(&c)
	return c
}

// figures returns a function that gives the measures of a report by name, or -1 for a measure that
// is missing.
func figures(cases ...Case) func(name string) float64 {
	var s Score
	for _, c := range cases {
		s.Add(c)
	}
	r := s.Report()
	return func(name string) float64 {
		for _, m := range r.Measures {
			if m.Name == name {
				return m.Value
			}
		}
		if name == RecordScore {
			return r.Record
		}
		return -1
	}
}

func TestMeasures(t *testing.T) {
	right := asked("a")
	tests := []struct {
		name  string
		cases []Case
		want  map[string]float64
	}{
		{"all is right", []Case{right, other(intake.KindSpam, intake.KindSpam)}, map[string]float64{
			"answered": 1, "kind": 1, "countries exact": 1, "countries f1": 1, "reply_by f1": 1, "official": 1,
			AutoPrecision: 1, AutoCoverage: 1, RecordScore: 1, "institution f1": -1, "reference": -1,
		}},
		{"one country too few, one too many", []Case{changed(right, func(c *Case) { c.Got.Countries = []string{"KG", "UZ"} })}, map[string]float64{
			"countries exact": 0, "countries f1": 0.5,
		}},
		{"the order of countries does not matter", []Case{changed(right, func(c *Case) { c.Got.Countries = []string{"KZ", "KG"} })}, map[string]float64{
			"countries exact": 1, "countries f1": 1,
		}},
		{"the main theme is another", []Case{changed(right, func(c *Case) { c.Got.Themes = []string{"air", "water"} })}, map[string]float64{
			"main theme": 0, "themes f1": 0.6667,
		}},
		{"a wrong date is also one missed", []Case{right, changed(right, func(c *Case) { c.Got.ReplyBy.Day = 2 })}, map[string]float64{
			"reply_by f1": 0.5,
		}},
		{"a date where there is none", []Case{right, changed(right, func(c *Case) { c.Want.ReplyBy = intake.Date{} })}, map[string]float64{
			"reply_by f1": 0.6667,
		}},
		{"a date that was not seen", []Case{right, changed(right, func(c *Case) { c.Got.ReplyBy = intake.Date{} })}, map[string]float64{
			"reply_by f1": 0.6667,
		}},
		{"not seen as a request", []Case{right, changed(right, func(c *Case) {
			c.Got, c.Routed, c.Want.Official = Meaning{Kind: intake.KindOther, Language: "en"}, false, false
		})}, map[string]float64{
			"kind": 0.5, "official": 0.5, "division": 0.5, "services f1": 0.6667, AutoPrecision: 1, AutoCoverage: 0.5,
		}},
		{"a person decides", []Case{right, changed(right, func(c *Case) { c.Triage, c.Got.Division = true, "energy" })}, map[string]float64{
			"division": 0.5, AutoPrecision: 1, AutoCoverage: 0.5,
		}},
		{"routed wrongly", []Case{right, changed(right, func(c *Case) { c.Got.Division = "energy" })}, map[string]float64{
			AutoPrecision: 0.5, AutoCoverage: 1,
		}},
		{"spam that bothers a division", []Case{right, other(intake.KindSpam, intake.KindRequest)}, map[string]float64{
			"kind": 0.5, AutoPrecision: 0.5, AutoCoverage: 1, "division": 1,
		}},
		{"spam that a person looks at", []Case{right, changed(other(intake.KindSpam, intake.KindRequest), func(c *Case) { c.Triage = true })}, map[string]float64{
			AutoPrecision: 1, AutoCoverage: 1,
		}},
		{"our reference not seen", []Case{changed(other(intake.KindFollowUp, intake.KindFollowUp), func(c *Case) { c.Want.Reference = "TC-2026-00042" })}, map[string]float64{
			"kind": 1, "reference": 0, RecordScore: 1,
		}},
		{"not answered", []Case{changed(right, func(c *Case) { c.Got, c.Answered, c.Routed = Meaning{}, false, false })}, map[string]float64{
			"answered": 0, "kind": 0, "countries exact": 0, "countries f1": 0, RecordScore: 0,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := figures(tt.cases...)
			for name, want := range tt.want {
				if got(name) != want {
					t.Errorf("%s is %v, want %v", name, got(name), want)
				}
			}
		})
	}
}

func TestMissesAndConfusions(t *testing.T) {
	var s Score
	s.Add(asked("a"))
	s.Add(changed(asked("b"), func(c *Case) { c.Got.Division, c.Got.ReplyBy = "energy", intake.Date{} }))
	s.Add(changed(asked("c"), func(c *Case) { c.Got, c.Routed = Meaning{Kind: intake.KindOther, Language: "en"}, false }))
	r := s.Report()
	if want := []Miss{{"b", []string{"environment"}, []string{"energy"}}, {"c", []string{"environment"}, []string{}}}; !reflect.DeepEqual(r.Misses["division"], want) {
		t.Errorf("misses of division: %v", r.Misses["division"])
	}
	if want := (Miss{"b", []string{"2026-05-01"}, []string{}}); len(r.Misses["reply_by"]) != 2 || !reflect.DeepEqual(r.Misses["reply_by"][0], want) {
		t.Errorf("misses of reply_by: %v", r.Misses["reply_by"])
	}
	for field := range r.Misses {
		if !slices.Contains(Fields(), field) {
			t.Errorf("%s is no field that can be asked for", field)
		}
	}
	if want := (Confusion{"request": {"request": 2, "other": 1}}); !reflect.DeepEqual(r.Kinds, want) {
		t.Errorf("kinds: %v", r.Kinds)
	}
	const table = "" +
		"                    a    b    c\n" +
		"   a energy         ·    ·    ·\n" +
		"   b environment    1    1    1\n" +
		"   c nothing        ·    ·    ·\n"
	if got := r.Divisions.String(); got != table {
		t.Errorf("got\n%s", got)
	}
}
