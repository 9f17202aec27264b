package routing_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/intake"
	"verbale/routing"
)

// vocabulary is a stub of the real one: it maps themes to divisions.
type vocabulary map[string]string

func (v vocabulary) DivisionOf(theme string) (string, bool) {
	division, ok := v[theme]
	return division, ok
}

var themes = vocabulary{
	"water": "environment", "air-quality": "environment", "road-safety": "transport", "price-statistics": "statistics",
	"trade-facilitation": "economic-cooperation-trade", "single-window": "economic-cooperation-trade",
	"electronic-business-standards": "economic-cooperation-trade", "regulatory-cooperation": "economic-cooperation-trade",
	"agricultural-quality-standards": "economic-cooperation-trade", "barriers-to-trade-studies": "economic-cooperation-trade",
	"circular-economy-traceability": "economic-cooperation-trade", "ppp": "economic-cooperation-trade",
	"innovation-policy": "economic-cooperation-trade", "entrepreneurship-sme": "economic-cooperation-trade",
	"intellectual-property": "economic-cooperation-trade", "economic-integration": "economic-cooperation-trade",
	"methane": "energy", "urban-planning": "forests-land-housing",
	"speca": "technical-cooperation", "gender-equality": "technical-cooperation", "sdg-mainstreaming": "technical-cooperation", "technical-cooperation-coordination": "technical-cooperation",
}

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// table compiles the embedded rules with the embedded directory, which a test may change.
func table(t testing.TB, change func(*routing.Directory)) *routing.Table {
	t.Helper()
	dir, err := routing.EmbeddedDirectory()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := routing.EmbeddedRules()
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(dir)
	}
	compiled, err := routing.Compile(dir, rules, themes)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// about returns the reading of a clear national request from Kyrgyzstan.
func about(theme string, services ...intake.Service) *intake.Reading {
	division, _ := themes.DivisionOf(theme)
	return &intake.Reading{Kind: intake.KindRequest, Language: "ru", Request: &intake.Request{
		Countries: []string{"KG"}, Scope: intake.ScopeNational, Services: services, Themes: []string{theme},
		Subjects: []intake.Subject{{Division: division, Themes: []string{theme}, Weight: 1, Asked: true}},
	}}
}

const (
	advisory = intake.ServiceAdvisory
	training = intake.ServiceCapacityBuilding
	project  = intake.ServiceProject
)

func TestRouteFollowsTheDefaultPolicy(t *testing.T) {
	type want struct {
		carriedBy intake.CarriedBy
		assignee  string
		support   string
		rule      string
		triage    bool
	}
	tests := map[string]struct {
		reading *intake.Reading
		want    want
	}{
		"advisory alone":             {about("water", advisory), want{"adviser", "ra-environment", "environment", "advisory", false}},
		"capacity-building alone":    {about("road-safety", training), want{"division", "transport", "ra-transport", "capacity-building", false}},
		"project alone":              {about("methane", project), want{"both", "energy", "ra-energy", "project", false}},
		"advisory and training":      {about("price-statistics", advisory, training), want{"both", "ra-statistics", "statistics", "mix", false}},
		"advisory and project":       {about("urban-planning", advisory, project), want{"both", "ra-forests-land-housing", "forests-land-housing", "mix", false}},
		"all three":                  {about("water", advisory, training, project), want{"both", "ra-environment", "environment", "mix", false}},
		"trade theme":                {about("single-window", advisory), want{"adviser", "ra-trade", "economic-cooperation-trade", "advisory", false}},
		"economic cooperation theme": {about("ppp", advisory), want{"adviser", "ra-economic-cooperation", "economic-cooperation-trade", "advisory", false}},
		"coordination":               {about("speca", advisory), want{"division", "technical-cooperation", "", "multi-sectoral", false}},
		"no service":                 {about("water"), want{"both", "environment", "ra-environment", "no-service", true}},
		"coordination, no service":   {about("speca"), want{"division", "technical-cooperation", "", "multi-sectoral-no-service", true}},
		"no subject":                 {&intake.Reading{Request: &intake.Request{Services: []intake.Service{advisory}}}, want{"division", "technical-cooperation", "", "no-subject", true}},
		"no request":                 {&intake.Reading{}, want{"division", "technical-cooperation", "", "no-subject", true}},
		"no reading":                 {nil, want{"division", "technical-cooperation", "", "no-subject", true}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := table(t, nil).Route(routing.Question{Reading: tt.reading, At: noon})
			got := want{r.CarriedBy, r.Assignee, strings.Join(r.Support, " "), r.Rule, r.Triage}
			if got != tt.want {
				t.Errorf("got  %+v\nwant %+v\nreasons %v", got, tt.want, r.Reasons)
			}
		})
	}
}

func TestNoSubjectIsAlsoTheCatchAllThemeWithoutWords(t *testing.T) {
	reading := about("technical-cooperation-coordination", training)
	reading.Request.Subjects = nil
	if r := table(t, nil).Route(routing.Question{Reading: reading, At: noon}); r.Rule != "no-subject" || !r.Triage {
		t.Errorf("rule %s, triage %v", r.Rule, r.Triage)
	}
}

func TestSubRegionalScopeInformsTheCoordination(t *testing.T) {
	reading := about("water", training)
	reading.Request.Scope = intake.ScopeSubRegional
	r := table(t, nil).Route(routing.Question{Reading: reading, At: noon})
	if want := []string{"ra-environment", "technical-cooperation"}; !slices.Equal(r.Support, want) {
		t.Errorf("support %q, want %q", r.Support, want)
	}
}

func TestCountriesOutsideTheProgrammeAreServedAndNamed(t *testing.T) {
	reading := about("water", advisory)
	reading.Request.Countries = []string{"KG", "MN"}
	r := table(t, nil).Route(routing.Question{Reading: reading, At: noon})
	if r.Triage || !slices.ContainsFunc(r.Reasons, func(why intake.Remark) bool { return why.Args["countries"] == "MN" }) {
		t.Errorf("triage %v, reasons %v", r.Triage, r.Reasons)
	}
}

// The rules of an office may explain themselves in any words, also in English only.
func TestRulesSayThemselvesWhyTheyApply(t *testing.T) {
	files, err := os.ReadFile("data/rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(files), "rules:\n")
	rules, err := routing.LoadRules("rules.yaml", []byte(before+`rules:
  - {id: rest, then: {carried_by: both, lead: adviser}, because: advisers do it all}
`))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := routing.EmbeddedDirectory()
	if err != nil {
		t.Fatal(err)
	}
	office, err := routing.Compile(dir, rules, themes)
	if err != nil {
		t.Fatal(err)
	}
	for want, table := range map[string]*routing.Table{
		"en: advisers do it all": office,
		"ru: сочетание услуг ведет советник при поддержке отдела": table(t, nil),
	} {
		lang, sentence, _ := strings.Cut(want, ": ")
		r := table.Route(routing.Question{Reading: about("water", advisory, training), At: noon})
		if !slices.ContainsFunc(r.Reasons, func(why intake.Remark) bool { return why.Said[lang] == sentence }) {
			t.Errorf("%v does not say %q", r.Reasons, want)
		}
	}
}

// shared returns a reading about water in which another division has a share.
func shared(own float64, other intake.Subject) *intake.Reading {
	reading := about("water", training)
	reading.Request.Subjects = []intake.Subject{{Division: "environment", Themes: []string{"water"}, Weight: own, Asked: true}, other}
	return reading
}

func TestOtherDivisionsShareTheWork(t *testing.T) {
	energy := func(weight float64) intake.Subject {
		return intake.Subject{Division: "energy", Themes: []string{"methane"}, Weight: weight, Asked: true}
	}
	tests := map[string]struct {
		reading *intake.Reading
		themes  []string
		want    string
		triage  bool
	}{
		"its theme is one of the request's": {shared(0.7, energy(0.3)), []string{"water", "methane"}, "energy", false},
		"it is but mentioned":               {shared(0.95, energy(0.05)), []string{"water", "methane"}, "", false},
		"it is called in by the letter":     {shared(0.99, intake.Subject{Division: "energy", Weight: 0.01, Called: true}), []string{"water"}, "energy", false},
		"its theme is none of them":         {shared(0.7, energy(0.3)), []string{"water"}, "", false},
		"none of them, but close behind":    {shared(0.52, energy(0.48)), []string{"water"}, "energy", true},
		"a division nobody knows":           {shared(0.7, intake.Subject{Division: "space", Weight: 0.3, Asked: true}), []string{"water"}, "", false},
		"more words, but not the main":      {shared(0.2, energy(0.8)), []string{"water"}, "energy", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.reading.Request.Themes = tt.themes
			r := table(t, nil).Route(routing.Question{Reading: tt.reading, At: noon})
			if got := strings.Join(r.DivisionsSupport, " "); got != tt.want || r.Triage != tt.triage || r.Division != "environment" {
				t.Errorf("division %s, support %q, triage %v (%v)", r.Division, got, r.Triage, r.Reasons)
			}
		})
	}
}

func TestSectorsWithoutALeadSupportTheCoordination(t *testing.T) {
	reading := about("technical-cooperation-coordination", project)
	reading.Request.Subjects = []intake.Subject{
		{Division: "transport", Weight: 0.35, Asked: true}, {Division: "energy", Weight: 0.33, Asked: true}, {Division: "environment", Weight: 0.32, Asked: true},
	}
	r := table(t, nil).Route(routing.Question{Reading: reading, At: noon})
	if r.Assignee != "technical-cooperation" || r.Triage || strings.Join(r.DivisionsSupport, " ") != "energy environment transport" || r.RunnerUp.Division != "transport" {
		t.Errorf("%+v", r)
	}
}

func TestSectorsDoNotSupportAFieldOfTheCoordinationUnlessAsked(t *testing.T) {
	for name, tt := range map[string]struct {
		trade intake.Subject
		want  string
	}{
		"mentioned in the ask": {intake.Subject{Division: "economic-cooperation-trade", Weight: 0.3, Asked: true}, ""},
		"called in":            {intake.Subject{Division: "economic-cooperation-trade", Weight: 0.3, Called: true}, "economic-cooperation-trade"},
	} {
		t.Run(name, func(t *testing.T) {
			reading := about("gender-equality", project)
			reading.Request.Subjects = []intake.Subject{{Division: "technical-cooperation", Weight: 0.7, Asked: true}, tt.trade}
			r := table(t, nil).Route(routing.Question{Reading: reading, At: noon})
			if got := strings.Join(r.DivisionsSupport, " "); got != tt.want {
				t.Errorf("support %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTheCoordinationIsNoSectorThatSupports(t *testing.T) {
	reading := about("water", training)
	reading.Request.Themes = []string{"water", "gender-equality"}
	reading.Request.Subjects = []intake.Subject{
		{Division: "environment", Themes: []string{"water"}, Weight: 0.6, Asked: true},
		{Division: "technical-cooperation", Themes: []string{"gender-equality"}, Weight: 0.4, Asked: true},
	}
	if r := table(t, nil).Route(routing.Question{Reading: reading, At: noon}); len(r.DivisionsSupport) > 0 {
		t.Errorf("support %v, want none", r.DivisionsSupport)
	}
}

func TestDoubtsHoldUpOnlyWhereTheyMatter(t *testing.T) {
	for field, held := range map[intake.Field]bool{
		intake.FieldKind: true, intake.FieldCountries: true, intake.FieldThemes: true, intake.FieldServices: true,
		intake.FieldReplyBy: false, intake.FieldInstitution: false, intake.FieldOfficialRef: false,
	} {
		reading := about("water", advisory)
		reading.Doubts = []intake.Doubt{{Field: field, Reason: intake.Remark{ID: "doubt.several_states"}}}
		if r := table(t, nil).Route(routing.Question{Reading: reading, At: noon}); r.Triage != held || r.Assignee != "ra-environment" {
			t.Errorf("doubt on %s: triage %v, assignee %s", field, r.Triage, r.Assignee)
		}
	}
}
