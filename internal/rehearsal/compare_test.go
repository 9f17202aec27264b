package rehearsal_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbale/bot/registry"
	"verbale/intake"
	"verbale/internal/rehearsal"
)

var noon = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)

// request returns the assessment of a mail that was read as a request and routed.
func request(changes ...func(*registry.Assessment)) registry.Assessment {
	a := registry.Assessment{
		Reading: intake.Reading{Kind: intake.KindRequest, KindReason: intake.Remark{ID: "kind.asks"}, Language: "fr", Request: &intake.Request{
			Countries: []string{"KG"}, Services: []intake.Service{intake.ServiceAdvisory}, Themes: []string{"water"},
			Institution: "Ministère de l'eau", ReplyBy: intake.Date{Year: 2026, Month: time.May, Day: 4},
		}},
		Routing: &intake.Routing{Division: "environment", CarriedBy: intake.CarriedByAdviser, Assignee: "ra-environment",
			Support: []string{"environment"}, Rule: "advisory", Confidence: 0.9},
		Plan: []intake.PlanStep{{At: noon, Step: intake.StepAcknowledge}, {At: noon.AddDate(0, 0, 14), Step: intake.StepAnswer}},
	}
	for _, change := range changes {
		change(&a)
	}
	return a
}

func noRequest(kind intake.Kind) registry.Assessment {
	return registry.Assessment{Reading: intake.Reading{Kind: kind, Language: "fr"}}
}

func TestWhatIsCompared(t *testing.T) {
	tests := []struct {
		name          string
		before, after registry.Assessment
		want          []string
	}{
		{"nothing changed", request(), request(), nil},
		{"reasons and confidence alone", request(), request(func(a *registry.Assessment) {
			a.Reading.KindReason, a.Routing.Confidence, a.Routing.Reasons = intake.Plain("wants"), 0.8, []intake.Remark{intake.Plain("because")}
		}), nil},
		{"another owner", request(), request(func(a *registry.Assessment) {
			a.Routing.Assignee, a.Routing.Support = "environment", nil
		}), []string{"assignee: ra-environment → environment", "support: environment → nothing"}},
		{"another theme, another division", request(), request(func(a *registry.Assessment) {
			a.Reading.Request.Themes = []string{"air", "water"}
			a.Routing.Division, a.Routing.Triage = "energy", true
		}), []string{"division: environment → energy", "triage: no → yes", "themes: water → air, water"}},
		{"the order of themes counts: the first is the main one",
			request(func(a *registry.Assessment) { a.Reading.Request.Themes = []string{"water", "air"} }),
			request(func(a *registry.Assessment) { a.Reading.Request.Themes = []string{"air", "water"} }),
			[]string{"themes: water, air → air, water"}},
		{"a date is not read any more", request(), request(func(a *registry.Assessment) { a.Reading.Request.ReplyBy = intake.Date{} }),
			[]string{"reply_by: 2026-05-04 → nothing"}},
		{"two doubts on one field", request(), request(func(a *registry.Assessment) {
			a.Reading.Doubts = []intake.Doubt{{Field: intake.FieldThemes}, {Field: intake.FieldKind}, {Field: intake.FieldThemes, Reason: intake.Plain("split")}}
		}), []string{"doubts: nothing → kind, themes"}},
		{"due earlier", request(), request(func(a *registry.Assessment) { a.Plan[1].At = noon }),
			[]string{"due.answer: 2026-03-16T12:00:00Z → 2026-03-02T12:00:00Z"}},
		{"a step less follows from what is shown", request(), request(func(a *registry.Assessment) { a.Plan = a.Plan[:1] }), nil},
		{"a request no more: what it asked for says nothing", request(), noRequest(intake.KindOther), []string{
			"kind: request → other", "division: environment → nothing", "carried_by: adviser → nothing", "assignee: ra-environment → nothing",
			"support: environment → nothing", "rule: advisory → nothing", "triage: no → nothing"}},
		{"no request, in another way", noRequest(intake.KindOther), noRequest(intake.KindSpam), []string{"kind: other → spam"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range rehearsal.Compare(tt.before, tt.after) {
				got = append(got, fmt.Sprintf("%s: %s", d.Field, d))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTally(t *testing.T) {
	to := func(division string) []rehearsal.Difference {
		return rehearsal.Compare(request(), request(func(a *registry.Assessment) { a.Routing.Division = division }))
	}
	var sums rehearsal.Tally
	for _, d := range [][]rehearsal.Difference{
		to("environment"), to("trade"), to("energy"), to("energy"),
		rehearsal.Compare(noRequest(intake.KindOther), noRequest(intake.KindSpam)),
	} {
		sums.Add(d)
	}
	if sums.Compared != 5 || sums.Moved != 4 {
		t.Errorf("%d of %d moved, want 4 of 5", sums.Moved, sums.Compared)
	}
	if diff := cmp.Diff([]rehearsal.Count{{Of: "environment → energy", N: 2}, {Of: "environment → trade", N: 1}}, sums.Divisions()); diff != "" {
		t.Errorf("divisions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]rehearsal.Count{{Of: "division", N: 3}, {Of: "kind", N: 1}}, sums.Fields()); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}
