package routing_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbale/intake"
	"verbale/routing"
)

var anyDivision = rapid.SampledFrom([]string{
	"environment", "transport", "statistics", "economic-cooperation-trade", "energy", "forests-land-housing", "technical-cooperation", "unknown",
})

var anySubject = rapid.Custom(func(t *rapid.T) intake.Subject {
	return intake.Subject{
		Division: anyDivision.Draw(t, "division"),
		Themes:   rapid.SliceOfN(rapid.SampledFrom([]string{"water", "ppp", "speca", "nonsense"}), 0, 2).Draw(t, "themes"),
		Weight:   rapid.Float64Range(0, 1).Draw(t, "weight"),
		Asked:    rapid.Bool().Draw(t, "asked"),
	}
})

var anyReading = rapid.Custom(func(t *rapid.T) *intake.Reading {
	return &intake.Reading{
		Language: rapid.SampledFrom([]string{"en", "fr", "ru", "tr", ""}).Draw(t, "language"),
		Doubts:   []intake.Doubt{{Field: rapid.SampledFrom([]intake.Field{"themes", "services", "reply_by", ""}).Draw(t, "doubt")}},
		Request: &intake.Request{
			Countries: rapid.SliceOfN(rapid.SampledFrom([]string{"KG", "AL", "CH"}), 0, 3).Draw(t, "countries"),
			Scope:     rapid.SampledFrom([]intake.Scope{"", "national", "sub_regional"}).Draw(t, "scope"),
			Services:  rapid.SliceOfN(rapid.SampledFrom([]intake.Service{advisory, training, project}), 0, 3).Draw(t, "services"),
			Themes:    rapid.SliceOfN(rapid.SampledFrom([]string{"water", "ppp", "single-window", "speca", "nonsense"}), 0, 3).Draw(t, "main"),
			Subjects:  rapid.SliceOfN(anySubject, 0, 5).Draw(t, "subjects"),
		},
	}
})

func TestRouteIsTotalAndDeterministic(t *testing.T) {
	plain := table(t, nil)
	thin := table(t, func(d *routing.Directory) {
		for i := range d.Posts {
			d.Posts[i].Vacant = i%2 == 0
		}
		d.Divisions = append(d.Divisions[:1:1], d.Divisions[3:]...) // without transport and statistics
		d.Posts = d.Posts[3:]
	})
	rapid.Check(t, func(t *rapid.T) {
		q := routing.Question{Reading: anyReading.Draw(t, "reading"), At: noon.Add(time.Duration(rapid.IntRange(0, 1000).Draw(t, "hours")) * time.Hour)}
		for _, table := range []*routing.Table{plain, thin} {
			got := table.Route(q)
			if !reflect.DeepEqual(got, table.Route(q)) {
				t.Fatal("asked twice, answered differently")
			}
			checkSound(t, table.Directory(), got)
		}
	})
}

func checkSound(t *rapid.T, dir *routing.Directory, r intake.Routing) {
	for _, id := range append([]string{r.Assignee}, r.Support...) {
		if _, ok := dir.Contact(id); !ok {
			t.Fatalf("%q is not in the directory", id)
		}
	}
	if _, ok := dir.Division(r.Division); !ok {
		t.Fatalf("division %q is not in the directory", r.Division)
	}
	if r.Rule == "" || len(r.Reasons) == 0 || r.RunnerUp.WhyNot.ID == "" || r.RunnerUp.Division == r.Division {
		t.Fatalf("without rule, reasons or runner-up: %+v", r)
	}
	if r.Confidence <= 0 || r.Confidence >= 1 {
		t.Fatalf("confidence %v", r.Confidence)
	}
	for _, id := range append(r.Support, r.DivisionsSupport...) {
		if id == r.Assignee {
			t.Fatalf("%s supports itself", id)
		}
	}
}

// Confidence must not decrease as the division's share grows.
func TestConfidenceGrowsWithTheShare(t *testing.T) {
	table := table(t, nil)
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(0.5, 1).Draw(t, "low")
		high := rapid.Float64Range(low, 1).Draw(t, "high")
		sure := func(w float64) float64 {
			reading := shared(w, intake.Subject{Division: "energy", Weight: 1 - w})
			return table.Route(routing.Question{Reading: reading, At: noon}).Confidence
		}
		if sure(high) < sure(low) {
			t.Fatalf("share %v gives %v, share %v gives %v", low, sure(low), high, sure(high))
		}
	})
}

func BenchmarkRoute(b *testing.B) {
	table := table(b, nil)
	q := routing.Question{Reading: shared(0.7, intake.Subject{Division: "energy", Weight: 0.3, Asked: true}), At: noon}
	b.ReportAllocs()
	for b.Loop() {
		table.Route(q)
	}
}
