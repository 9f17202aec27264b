package redisstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

// invented is the vocabulary of the benchmarks: made-up words whose frequencies follow Zipf's law,
// as in natural languages.
var invented = func() []string {
	syllables := strings.Fields("wa ter road sa fe ty sta tis tics en er gy tra de fo rest min ing cus toms coun try pro ject mis sion law re view")
	r := rand.New(rand.NewPCG(1, 1))
	list := make([]string, 20000)
	for i := range list {
		for range 2 + r.IntN(4) {
			list[i] += syllables[r.IntN(len(syllables))]
		}
	}
	return list
}()

// findable returns the nth record, with as many words as a real one.
func findable(n int) bot.Change {
	r := rand.New(rand.NewPCG(uint64(n), 2))
	zipf := rand.NewZipf(r, 1.1, 4, uint64(len(invented)-1))
	text := func(words int) string {
		var list []string
		for range words {
			list = append(list, invented[zipf.Uint64()])
		}
		return strings.Join(list, " ")
	}
	c := storetest.NewChange(n)
	c.Actions, c.Letter = nil, nil
	person := fmt.Sprintf("%s%d", invented[r.IntN(len(invented))], n/3)
	c.Record.Origin.Subject, c.Record.Request.Institution, c.Record.Request.Summary = text(7), text(6), text(30)
	c.Record.Request.OfficialRef = fmt.Sprintf("No. %d/%d", r.IntN(40), r.IntN(4000))
	c.Record.Request.Requester = intake.Requester{Name: person, Email: person + "@ministry.example"}
	c.Record.Request.Countries = []string{[]string{"KG", "UZ", "GE", "TJ", "MD", "AL", "RS", "KZ"}[r.IntN(8)]}
	if n%50 != 0 {
		c.Record.Status, c.Record.Doubts = intake.StatusClosed, nil
	}
	return c
}

// BenchmarkFind searches in an office with many records. It also reports how much memory the word
// index needs per record.
func BenchmarkFind(b *testing.B) {
	for _, records := range []int{1000, 100000} {
		s := openAt(b, startRedis(b), b.TempDir())
		for n := 1; n <= records; n++ {
			if _, err := s.Commit(context.Background(), findable(n)); err != nil {
				b.Fatal(err)
			}
		}
		middle := findable(records / 2).Record
		for _, c := range []struct {
			name  string
			query bot.Query
		}{
			{"frequent", bot.Query{Words: []string{invented[0]}}},
			{"beginning", bot.Query{Words: []string{invented[3][:4]}}},
			{"letter", bot.Query{Words: []string{"w"}}},
			{"rare", bot.Query{Words: []string{middle.Request.Requester.Name}}},
			{"reference", bot.Query{Words: []string{middle.Reference}}},
			{"three", bot.Query{Words: []string{invented[2], invented[5], invented[40]}}},
			{"country", bot.Query{Words: []string{invented[1]}, Country: "GE"}},
			{"country open", bot.Query{Words: []string{invented[1]}, Country: "GE", Open: true}},
			{"person", bot.Query{Person: middle.Request.Requester.Name}},
			{"asks", bot.Query{Asks: true}},
			{"past", bot.Query{Words: []string{invented[0]}, Until: middle.ReceivedAt}},
			{"none", bot.Query{Words: []string{"nowhere"}}},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, records), func(b *testing.B) {
				found := 0
				for b.Loop() {
					list, _, err := s.List(context.Background(), c.query)
					if err != nil {
						b.Fatal(err)
					}
					found = len(list)
				}
				b.ReportMetric(float64(found), "found")
			})
		}
		each := float64(memoryOfWords(b, s)) / float64(records)
		b.Run(fmt.Sprintf("memory/%d", records), func(b *testing.B) {
			for b.Loop() { // only the metric below is of interest
			}
			b.ReportMetric(each, "B/record")
		})
	}
}

// memoryOfWords returns the memory used by the word lists and the vocabulary: the difference in
// the server's memory when they are removed.
func memoryOfWords(b *testing.B, s *Store) int {
	b.Helper()
	ctx, node := context.Background(), usedMemory(b, s)
	words, err := s.client.ZRange(ctx, s.keys.vocabulary(), 0, -1).Result()
	if err != nil {
		b.Fatal(err)
	}
	for i, word := range words {
		words[i] = s.keys.word(word)
	}
	for len(words) > 0 {
		n := min(len(words), 1000)
		if err := s.client.Del(ctx, words[:n]...).Err(); err != nil {
			b.Fatal(err)
		}
		words = words[n:]
	}
	if err := s.client.Del(ctx, s.keys.vocabulary()).Err(); err != nil {
		b.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // the server frees large sets in the background
	return node - usedMemory(b, s)
}

// usedMemory returns the memory used by the server, in bytes.
func usedMemory(t testing.TB, s *Store) int {
	t.Helper()
	node, err := s.node(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	text, err := info(context.Background(), node, "memory", "used_memory")
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatal(err)
	}
	return n
}
