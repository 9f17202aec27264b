package routing_test

import (
	"testing"

	"verbale/intake"
	"verbale/routing"
)

func post(dir *routing.Directory, id string) *routing.Post {
	p, ok := dir.Post(id)
	if !ok {
		panic("no post " + id)
	}
	return p
}

func day(s string) intake.Date {
	d, err := intake.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func away(from, until string) []routing.Absence {
	return []routing.Absence{{From: day(from), Until: day(until)}}
}

func TestAbsenceChangesTheAssigneeNeverWhoCarriesItOut(t *testing.T) {
	tests := map[string]struct {
		change func(*routing.Directory)
		want   string
	}{
		"vacant": {func(d *routing.Directory) { post(d, "ra-environment").Vacant = true }, "environment"},
		"away on the first day": {func(d *routing.Directory) {
			post(d, "ra-environment").Absences = away("2026-03-10", "2026-03-20")
		}, "environment"},
		"away on the last day": {func(d *routing.Directory) {
			post(d, "ra-environment").Absences = away("2026-03-01", "2026-03-10")
		}, "environment"},
		"back again": {func(d *routing.Directory) {
			post(d, "ra-environment").Absences = away("2026-03-01", "2026-03-09")
		}, "ra-environment"},
		"with a stand-in": {func(d *routing.Directory) {
			post(d, "ra-environment").Vacant = true
			post(d, "ra-environment").StandIn = "ra-energy"
		}, "ra-energy"},
		"the stand-in away too": {func(d *routing.Directory) {
			post(d, "ra-environment").Vacant = true
			post(d, "ra-environment").StandIn = "ra-energy"
			post(d, "ra-energy").Absences = away("2026-03-10", "2026-03-10")
		}, "environment"},
		"the stand-in's stand-in": {func(d *routing.Directory) {
			post(d, "ra-environment").Vacant = true
			post(d, "ra-environment").StandIn = "ra-energy"
			post(d, "ra-energy").Vacant = true
			post(d, "ra-energy").StandIn = "ra-transport"
		}, "ra-transport"},
		"all in a circle away": {func(d *routing.Directory) {
			post(d, "ra-environment").Vacant = true
			post(d, "ra-environment").StandIn = "ra-energy"
			post(d, "ra-energy").Vacant = true
			post(d, "ra-energy").StandIn = "ra-environment"
		}, "environment"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := table(t, tt.change).Route(routing.Question{Reading: about("water", advisory), At: noon})
			if r.Assignee != tt.want || r.CarriedBy != intake.CarriedByAdviser || r.Division != "environment" {
				t.Errorf("assignee %s, carried by %s, division %s", r.Assignee, r.CarriedBy, r.Division)
			}
			dir, err := routing.EmbeddedDirectory()
			if err != nil {
				t.Fatal(err)
			}
			tt.change(dir)
			if got := dir.Present("ra-environment", day("2026-03-10")); got != tt.want {
				t.Errorf("present is %s", got)
			}
			if got := dir.Present("energy", day("2026-03-10")); got != "energy" {
				t.Errorf("a division gave its work to %s", got)
			}
		})
	}
}

// second adds a post to the environment division.
func second(p routing.Post) func(*routing.Directory) {
	return func(d *routing.Directory) {
		p.ID, p.Division = "ra-a", "environment"
		d.Posts = append(d.Posts, p)
	}
}

func TestOfSeveralPostsTheNearestIsChosen(t *testing.T) {
	ru, none := []string{"en", "fr", "ru"}, map[string]int(nil)
	tests := map[string]struct {
		second routing.Post
		open   map[string]int
		want   string
	}{
		"names the theme":         {routing.Post{Themes: []string{"water"}}, none, "ra-a"},
		"names another theme":     {routing.Post{Themes: []string{"air-quality"}, Countries: []string{"KG"}, Languages: ru}, none, "ra-environment"},
		"names the country":       {routing.Post{Countries: []string{"KG", "TJ"}}, none, "ra-a"},
		"names another country":   {routing.Post{Countries: []string{"TJ"}, Languages: ru}, none, "ra-environment"},
		"theme before country":    {routing.Post{Themes: []string{"water"}, Countries: []string{"TJ"}}, none, "ra-a"},
		"speaks the language not": {routing.Post{Languages: []string{"en"}}, none, "ra-environment"},
		"fewest open":             {routing.Post{Languages: ru}, map[string]int{"ra-a": 3, "ra-environment": 2}, "ra-environment"},
		"first by id":             {routing.Post{Languages: ru}, none, "ra-a"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := table(t, second(tt.second)).Route(routing.Question{Reading: about("water", advisory), At: noon, Open: tt.open})
			if r.Assignee != tt.want {
				t.Errorf("assignee %s, want %s", r.Assignee, tt.want)
			}
		})
	}
}

func TestAThemeThatNoPostCoversGoesToTheDivision(t *testing.T) {
	change := func(d *routing.Directory) { post(d, "ra-environment").Themes = []string{"air-quality"} }
	r := table(t, change).Route(routing.Question{Reading: about("water", advisory), At: noon})
	if r.Assignee != "environment" || r.CarriedBy != intake.CarriedByAdviser || len(r.Support) != 0 {
		t.Errorf("%+v", r)
	}
}
