package redisstore

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

func TestCountriesAreFoundByTheirNames(t *testing.T) {
	names := map[string][]string{"KG": {"Kyrgyzstan", "Kirghizistan", "Кыргызстан"}}
	s, err := Open(t.Context(), Options{
		URL: servers["miniredis"](t), Office: "test", Prefix: "TC", Names: func(country string) []string { return names[country] },
	})
	if err != nil {
		t.Fatal(err)
	}
	commitOne(t, s, 1)
	for _, word := range []string{"kyrg", "KIRGHIZISTAN", "кыргызстан", "uz"} {
		if found, _, err := s.List(t.Context(), bot.Query{Words: []string{word}}); err != nil || len(found) != 1 {
			t.Errorf("%s: found %d, %v", word, len(found), err)
		}
	}
}

// Every search strategy must find the same records as a scan of all records.
func TestFindingAgreesWithAskingEveryRecord(t *testing.T) {
	s := openAt(t, servers["redis"](t), "")
	r := rand.New(rand.NewPCG(3, 3))
	some := strings.Fields("water waste wastewater road roads trade energy vision zero roadmap safety transit 14 140 2026")
	var records []*intake.Record
	for n := 1; n <= 250; n++ {
		c := storetest.NewChange(n)
		c.Actions = nil
		c.Record.ReceivedAt = storetest.Start.Add(time.Duration(r.IntN(300)) * time.Second)
		c.Record.Origin.Subject = some[r.IntN(len(some))] + " " + some[r.IntN(r.IntN(len(some))+1)]
		c.Record.Request.Countries = []string{[]string{"KG", "GE"}[r.IntN(2)]}
		if r.IntN(3) == 0 {
			c.Record.Status = intake.StatusClosed
		}
		if _, err := s.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		records = append(records, c.Record)
	}
	slices.SortFunc(records, func(a, b *intake.Record) int { return strings.Compare(stamp(b), stamp(a)) })
	for range 400 {
		q := bot.Query{Limit: 1 + r.IntN(60), Open: r.IntN(3) == 0}
		for range r.IntN(3) {
			word := some[r.IntN(len(some))]
			q.Words = append(q.Words, word[:1+r.IntN(len(word))])
		}
		if r.IntN(2) == 0 {
			q.Country = "GE"
		}
		if r.IntN(3) == 0 {
			q.Since = storetest.Start.Add(time.Duration(r.IntN(100)) * time.Second)
			q.Until = q.Since.Add(time.Duration(r.IntN(200)) * time.Second)
		}
		expectFound(t, s, q, records)
	}
}

func expectFound(t *testing.T, s *Store, q bot.Query, records []*intake.Record) {
	t.Helper()
	var want, got []string
	for _, r := range records {
		if s.matches(ready(q), r) {
			want = append(want, r.Reference)
		}
	}
	query := fmt.Sprintf("%+v", q)
	for {
		page, cursor, err := s.List(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, each(page, func(r *intake.Record) string { return r.Reference })...)
		if q.Cursor = cursor; cursor == "" {
			break
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\n got %v\nwant %v", query, got, want)
	}
}

func TestEntriesAreStampsInOrder(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	stamps := []string{
		"00000000000/TC-2026-00001", "01772442060/TC-2025-99999", "01772442060/TC-2026-00001",
		"01772442060/TC-2026-00002", "01772442061/TC-1999-00001", "04294967295/TC-4095-1048575",
	}
	for i, stamp := range stamps {
		e, err := s.entryOf(stamp)
		if err != nil || s.stampOf(e) != stamp {
			t.Errorf("%s came back as %s, %v", stamp, s.stampOf(e), err)
		}
		if i > 0 {
			if before, _ := s.entryOf(stamps[i-1]); before >= e {
				t.Errorf("%s does not come after %s", stamp, stamps[i-1])
			}
		}
	}
	for _, broken := range []string{"", "x/TC-2026-00001", "1/XX-2026-00001", "1/TC-4096-00001", "1/TC-2026-1048576"} {
		if e, err := s.entryOf(broken); err == nil {
			t.Errorf("%q gave %x", broken, e)
		}
	}
}

func FuzzSpelled(f *testing.F) {
	for _, text := range []string{"", "Road safety", "TC-2026-00042", "Берёза d'eau", "\xff\xfe", "a\x00b", "ŉ", strings.Repeat("я", 99)} {
		f.Add(text, 1)
	}
	f.Fuzz(func(t *testing.T, text string, cut int) {
		words := foldedWords(text)
		if !slices.IsSorted(words) || slices.Contains(words, "") {
			t.Fatalf("%q is spelled %q", text, words)
		}
		names := filedUnder(words)
		for _, word := range words {
			start := beginning(word, max(cut, 1))
			if !begun(words, []string{start}) {
				t.Fatalf("%q does not begin %q", start, word)
			}
			if list := filedUnder([]string{start})[0]; !begun(names, []string{list}) {
				t.Fatalf("%q leads to lists from %q, none of %q", start, list, names)
			}
		}
	})
}

// When iterating over a term, records without the words must be skipped without loading them.
func TestAlongATermTheListsOfWordsAreAsked(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		var want []string
		for n := 1; n <= 300; n++ {
			c := storetest.NewChange(n)
			if c.Record.Request.Summary = "roads"; n%3 == 0 {
				c.Record.Request.Summary = "waters"
				want = append(want, stamp(c.Record))
			}
			if _, err := s.Commit(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		slices.Reverse(want)
		lists, err := s.wordLists(t.Context(), []string{"wat"})
		if err != nil {
			t.Fatal(err)
		}
		along := &termIterator{store: s, along: termAll, words: s.wordReaders(lists, newest), seen: newest}
		var got []string
		for {
			stamps, ended, err := along.next(t.Context(), 70)
			if err != nil {
				t.Fatal(err)
			}
			kept, err := along.among(t.Context(), stamps)
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, kept...); ended {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d stamps, want %d", len(got), len(want))
		}
	})
}
