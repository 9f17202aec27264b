package storetest

import (
	"reflect"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

var listTests = map[string]func(*testing.T, Store){
	"queries select":                              queries,
	"pages neither repeat nor skip":               pages,
	"a record moves between lists as it changes":  moves,
	"messages set aside come back, newest first":  setAsidePages,
	"records of one second keep their order":      sameSecond,
	"a page is filled across records that do not": filledPage,
}

// several commits records 1 to 6: odd ones of Georgia, those above 4 closed,
// the third owned by another.
func several(t *testing.T, s Store) {
	for n := 1; n <= 6; n++ {
		c := NewChange(n)
		if n%2 == 1 {
			c.Record.Request.Countries = []string{"GE"}
		}
		if n > 4 {
			c.Record.Status = intake.StatusClosed
		}
		if n == 3 {
			c.Record.Owner, c.Record.Routing.Division = "ra-trade/éà", "trade"
		}
		commit(t, s, c)
	}
}

func queries(t *testing.T, s Store) {
	several(t, s)
	for _, c := range []struct {
		name  string
		query bot.Query
		want  []int
	}{
		{"all", bot.Query{}, []int{6, 5, 4, 3, 2, 1}},
		{"country", bot.Query{Country: "GE"}, []int{5, 3, 1}},
		{"one of two countries", bot.Query{Country: "UZ"}, []int{6, 4, 2}},
		{"open", bot.Query{Open: true}, []int{4, 3, 2, 1}},
		{"status", bot.Query{Status: intake.StatusClosed}, []int{6, 5}},
		{"owner with signs of its own", bot.Query{Owner: "ra-trade/éà"}, []int{3}},
		{"division", bot.Query{Division: "trade"}, []int{3}},
		{"open of one country", bot.Query{Open: true, Country: "GE"}, []int{3, 1}},
		{"open of an owner", bot.Query{Open: true, Owner: "statistics"}, []int{4, 2, 1}},
		{"an owner's of an open status", bot.Query{Status: intake.StatusAssigned, Owner: "statistics"}, []int{4, 2, 1}},
		{"an owner's that are closed", bot.Query{Status: intake.StatusClosed, Owner: "statistics"}, []int{6, 5}},
		{"open and closed at once", bot.Query{Open: true, Status: intake.StatusClosed, Owner: "statistics"}, nil},
		{"what asks of a division", bot.Query{Asks: true, Division: "statistics"}, []int{4, 2, 1}},
		{"three at once", bot.Query{Open: true, Country: "GE", Owner: "statistics"}, []int{1}},
		{"since", bot.Query{Since: Start.Add(4 * time.Minute)}, []int{6, 5, 4}},
		{"since within a second", bot.Query{Since: Start.Add(4*time.Minute + time.Millisecond)}, []int{6, 5}},
		{"nobody", bot.Query{Owner: "nobody"}, nil},
		{"part of a name", bot.Query{Owner: "statist"}, nil},
	} {
		if got := listed(t, s, c.query); !reflect.DeepEqual(got, references(c.want)) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func references(numbers []int) []string {
	var list []string
	for _, n := range numbers {
		list = append(list, Reference(n))
	}
	return list
}

// listed reads all pages of a query.
func listed(t *testing.T, s Store, q bot.Query) []string {
	t.Helper()
	var all []string
	for {
		records, cursor, err := s.List(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			all = append(all, r.Reference)
		}
		if q.Cursor = cursor; cursor == "" {
			return all
		}
	}
}

func pages(t *testing.T, s Store) {
	several(t, s)
	for limit := 1; limit <= 7; limit++ {
		if got := listed(t, s, bot.Query{Limit: limit}); !reflect.DeepEqual(got, references([]int{6, 5, 4, 3, 2, 1})) {
			t.Errorf("pages of %d: %v", limit, got)
		}
	}
	first, cursor, err := s.List(t.Context(), bot.Query{Limit: 2})
	if err != nil || len(first) != 2 {
		t.Fatalf("first page: %d records, %v", len(first), err)
	}
	commit(t, s, NewChange(7))
	if got := listed(t, s, bot.Query{Limit: 2, Cursor: cursor}); !reflect.DeepEqual(got, references([]int{4, 3, 2, 1})) {
		t.Errorf("after a new record: %v", got)
	}
}

func moves(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	r := must[*intake.Record](t)(s.Load(t.Context(), Reference(1)))
	r.Status, r.Owner, r.Request.Countries, r.Routing.Division = intake.StatusClosed, "environment", []string{"TJ"}, "environment"
	commit(t, s, bot.Change{Record: r})
	for _, gone := range []bot.Query{
		{Status: intake.StatusAssigned}, {Owner: "statistics"}, {Country: "KG"}, {Country: "UZ"}, {Division: "statistics"}, {Open: true},
	} {
		if got := listed(t, s, gone); got != nil {
			t.Errorf("still found by %+v", gone)
		}
	}
	for _, found := range []bot.Query{
		{}, {Status: intake.StatusClosed}, {Owner: "environment"}, {Country: "TJ"}, {Division: "environment"},
	} {
		if got := listed(t, s, found); len(got) != 1 {
			t.Errorf("found by %+v: %v", found, got)
		}
	}
}

func setAsidePages(t *testing.T, s Store) {
	for n := 1; n <= 5; n++ {
		commit(t, s, newSetAside(n))
	}
	var got []intake.SetAside
	for cursor := ""; ; {
		page, next, err := s.SetAside(t.Context(), 2, cursor)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page...)
		if cursor = next; cursor == "" {
			break
		}
	}
	var want []intake.SetAside
	for n := 5; n >= 1; n-- {
		want = append(want, *newSetAside(n).SetAside)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func sameSecond(t *testing.T, s Store) {
	for n := 1; n <= 4; n++ {
		c := NewChange(n)
		c.Record.ReceivedAt = Start
		commit(t, s, c)
	}
	if got := listed(t, s, bot.Query{Limit: 1}); !reflect.DeepEqual(got, references([]int{4, 3, 2, 1})) {
		t.Errorf("got %v", got)
	}
}

func filledPage(t *testing.T, s Store) {
	for n := 1; n <= 9; n++ {
		c := NewChange(n)
		if n%3 != 0 {
			c.Record.Owner = "environment"
		}
		commit(t, s, c)
	}
	page, cursor, err := s.List(t.Context(), bot.Query{Country: "KG", Owner: "statistics", Limit: 2})
	if err != nil || len(page) != 2 || cursor == "" {
		t.Errorf("got %d records, cursor %q, %v", len(page), cursor, err)
	}
}
