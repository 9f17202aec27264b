package storetest

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

var findTests = map[string]func(*testing.T, Store){
	"words begin words of the record":            findWords,
	"words go with all else":                     findCombined,
	"words come newest first, page by page":      findPages,
	"records imported out of order are in order": findUnordered,
	"words follow the record":                    findChanged,
	"words that hardly ever meet":                findRareMeeting,
	"a beginning of very many words":             findManyWords,
	"persons are found by name and address":      findPersons,
	"what asks the desk":                         findAsks,
	"what came until a moment":                   findUntil,
	"a cursor that is none of ours is an error":  findBadCursor,
	"what strangers write is cut, but found":     findLongWords,
	"words of all years stand together":          findYears,
	"a word is found however it is written":      findFolded,
}

// about commits the n-th record with the given subject and nothing else to be
// found by.
func about(t *testing.T, s Store, n int, subject string, change ...func(*intake.Record)) {
	t.Helper()
	c := NewChange(n)
	c.Actions = nil
	c.Record.Origin.Subject, c.Record.Request.Summary = subject, ""
	for _, f := range change {
		f(c.Record)
	}
	commit(t, s, c)
}

func expectListed(t *testing.T, s Store, q bot.Query, want ...int) {
	t.Helper()
	if got := listed(t, s, q); !reflect.DeepEqual(got, references(want)) {
		t.Errorf("%+v: got %v, want %v", q, got, want)
	}
}

func findWords(t *testing.T, s Store) {
	about(t, s, 1, "Water convention", func(r *intake.Record) { r.Request.Institution = "Ministry of Environment" })
	about(t, s, 2, "Watershed", func(r *intake.Record) { r.Request.OfficialRef = "No. 02-14/355" })
	about(t, s, 3, "Trade", func(r *intake.Record) {
		r.Request.Summary, r.Request.Countries = "Road safety is to be assessed", []string{"GE"}
	})
	for _, c := range []struct {
		words []string
		want  []int
	}{
		{[]string{"water"}, []int{2, 1}},
		{[]string{"waters"}, []int{2}},
		{[]string{"ater"}, nil},
		{[]string{"water", "conv"}, []int{1}},
		{[]string{"conv", "water", "envi"}, []int{1}},
		{[]string{"water", "trade"}, nil},
		{[]string{"TC-2026-00003"}, []int{3}},
		{[]string{"00002"}, []int{2}},
		{[]string{"355"}, []int{2}},
		{[]string{"ge"}, []int{3}},
		{[]string{"road safety"}, []int{3}},
		{[]string{"xyz"}, nil},
		{[]string{"—"}, []int{3, 2, 1}}, // no word at all
	} {
		expectListed(t, s, bot.Query{Words: c.words}, c.want...)
	}
}

func findCombined(t *testing.T, s Store) {
	for n := 1; n <= 6; n++ {
		about(t, s, n, "Water", func(r *intake.Record) {
			if n%2 == 0 {
				r.Status = intake.StatusClosed
			}
			if n > 3 {
				r.Request.Countries = []string{"GE"}
			}
		})
	}
	expectListed(t, s, bot.Query{Words: []string{"water"}, Open: true}, 5, 3, 1)
	expectListed(t, s, bot.Query{Words: []string{"wat"}, Country: "GE"}, 6, 5, 4)
	expectListed(t, s, bot.Query{Words: []string{"wat"}, Country: "GE", Open: true, Owner: "statistics"}, 5)
	expectListed(t, s, bot.Query{Words: []string{"water"}, Since: Start.Add(3 * time.Minute), Until: Start.Add(5 * time.Minute)}, 4, 3)
	expectListed(t, s, bot.Query{Words: []string{"water"}, Status: intake.StatusAccepted})
}

func findPages(t *testing.T, s Store) {
	const records = 300 // more than is read at once
	var even []int
	for n := 1; n <= records; n++ {
		subject := "Water"
		if n%2 == 0 {
			subject = "Waste water"
		}
		about(t, s, n, subject)
	}
	for n := records; n > 0; n -= 2 {
		even = append(even, n)
	}
	for _, limit := range []int{1, 7, 150, 1000} {
		expectListed(t, s, bot.Query{Words: []string{"wa", "was"}, Limit: limit}, even...)
	}
	page, cursor, err := s.List(t.Context(), bot.Query{Words: []string{"water"}, Limit: 2})
	if err != nil || len(page) != 2 || page[1].Reference != Reference(records-1) {
		t.Fatalf("the first page has %d records, %v", len(page), err)
	}
	about(t, s, records+1, "Water")
	next, _, err := s.List(t.Context(), bot.Query{Words: []string{"water"}, Limit: 1, Cursor: cursor})
	if err != nil || len(next) != 1 || next[0].Reference != Reference(records-2) {
		t.Errorf("after a new record the next page has %d records, %v", len(next), err)
	}
}

func findUnordered(t *testing.T, s Store) {
	for n, minute := range []int{50, 10, 30, 10, 40, 20} {
		about(t, s, n+1, "Water", func(r *intake.Record) { r.ReceivedAt = Start.Add(time.Duration(minute) * time.Minute) })
	}
	expectListed(t, s, bot.Query{Words: []string{"water"}, Limit: 2}, 1, 5, 3, 6, 4, 2)
}

func findChanged(t *testing.T, s Store) {
	about(t, s, 1, "Water")
	about(t, s, 2, "Water")
	r := must[*intake.Record](t)(s.Load(t.Context(), Reference(1)))
	r.Request.Summary, r.Origin.Subject = "Roads", ""
	commit(t, s, bot.Change{Record: r})
	expectListed(t, s, bot.Query{Words: []string{"water"}}, 2)
	expectListed(t, s, bot.Query{Words: []string{"road"}}, 1)
	r.Revision, r.Request.Summary = 2, "Water"
	commit(t, s, bot.Change{Record: r})
	expectListed(t, s, bot.Query{Words: []string{"water"}}, 2, 1)
}

func findRareMeeting(t *testing.T, s Store) {
	const records = 400
	for n := 1; n <= records; n++ {
		subject := "Water"
		if n%2 == 0 {
			subject = "Roads"
		}
		if n == 3 || n == 200 || n == records {
			subject = "Water and roads"
		}
		about(t, s, n, subject)
	}
	expectListed(t, s, bot.Query{Words: []string{"roads", "water"}, Limit: 2}, records, 200, 3)
}

func findManyWords(t *testing.T, s Store) {
	const records, each = 12, 100
	for n := 1; n <= records; n++ {
		subject := "Roads"
		for i := range each {
			subject += fmt.Sprintf(" x%d", each*n+i)
		}
		about(t, s, n, subject)
	}
	expectListed(t, s, bot.Query{Words: []string{"x", "roads"}, Limit: 5}, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
	expectListed(t, s, bot.Query{Words: []string{"x705"}}, 7)
}

func findPersons(t *testing.T, s Store) {
	about(t, s, 1, "About Otabek", func(r *intake.Record) { r.Request.Requester.Name = "Nino Model" })
	about(t, s, 2, "Water", func(r *intake.Record) { r.Correspondents = []string{"otabek.sample@water.example"} })
	about(t, s, 3, "Water", func(r *intake.Record) {
		r.Origin.From = intake.Address{Name: "Otabek Model", Address: "o@water.example"}
	})
	expectListed(t, s, bot.Query{Person: "otabek"}, 3, 2)
	expectListed(t, s, bot.Query{Person: "Model"}, 3, 1)
	expectListed(t, s, bot.Query{Person: "otabek model"}, 3)
	expectListed(t, s, bot.Query{Person: "otabek.sample@water.example"}, 2)
	expectListed(t, s, bot.Query{Person: "nino", Words: []string{"water"}})
}

func findAsks(t *testing.T, s Store) {
	sure := func(r *intake.Record) { r.Doubts = nil }
	alike := func(r *intake.Record) {
		r.Doubts, r.Similar = nil, []intake.Likeness{{Reference: Reference(1), Reason: intake.Plain("same theme")}}
	}
	about(t, s, 1, "Water", sure)
	about(t, s, 2, "Water")
	about(t, s, 3, "Water", alike)
	about(t, s, 4, "Water", alike, func(r *intake.Record) { r.Distinct = []string{Reference(1)} })
	about(t, s, 5, "Water", func(r *intake.Record) { r.Status = intake.StatusClosed })
	expectListed(t, s, bot.Query{Asks: true}, 3, 2)
	r := must[*intake.Record](t)(s.Load(t.Context(), Reference(3)))
	r.Distinct = []string{Reference(1)}
	commit(t, s, bot.Change{Record: r})
	expectListed(t, s, bot.Query{Asks: true}, 2)
}

func findUntil(t *testing.T, s Store) {
	several(t, s)
	for _, c := range []struct {
		until time.Duration
		want  []int
	}{
		{4 * time.Minute, []int{3, 2, 1}},
		{4*time.Minute + time.Millisecond, []int{4, 3, 2, 1}},
		{time.Minute, nil},
	} {
		expectListed(t, s, bot.Query{Until: Start.Add(c.until), Limit: 2}, c.want...)
		expectListed(t, s, bot.Query{Until: Start.Add(c.until), Words: []string{"request"}, Limit: 2}, c.want...)
	}
	expectListed(t, s, bot.Query{Since: Start.Add(2 * time.Minute), Until: Start.Add(4 * time.Minute)}, 3, 2)
}

func findBadCursor(t *testing.T, s Store) {
	several(t, s)
	if _, _, err := s.List(t.Context(), bot.Query{Words: []string{"request"}, Cursor: "0/x"}); err == nil {
		t.Error("no error")
	}
}

func findLongWords(t *testing.T, s Store) {
	long := ""
	for range 100 {
		long += "воды"
	}
	about(t, s, 1, long)
	about(t, s, 2, "воды")
	expectListed(t, s, bot.Query{Words: []string{long}}, 1)
	expectListed(t, s, bot.Query{Words: []string{"вод"}}, 2, 1)
}

func findYears(t *testing.T, s Store) {
	about(t, s, 1, "Water")
	c := NewChange(2)
	c.Actions, c.Record.Reference, c.Record.Origin.Subject = nil, "TC-2027-00001", "Water"
	c.Record.ReceivedAt = c.Record.ReceivedAt.AddDate(1, 0, 0)
	commit(t, s, c)
	if got, want := listed(t, s, bot.Query{Words: []string{"water"}}), []string{"TC-2027-00001", Reference(1)}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func findFolded(t *testing.T, s Store) {
	about(t, s, 1, "Sécurité routière")
	about(t, s, 2, "Берёза")
	expectListed(t, s, bot.Query{Words: []string{"SECURITE"}}, 1)
	expectListed(t, s, bot.Query{Words: []string{"береза"}}, 2)
}
