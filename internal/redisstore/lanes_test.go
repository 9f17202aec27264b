package redisstore

import (
	"context"
	"fmt"
	"testing"
	"time"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

const cardsEach = 3

// inLane returns the nth record with cards in its lane.
func inLane(n int) bot.Change {
	c := storetest.NewChange(n)
	c.Actions, c.Letter = nil, nil
	for r := 1; r <= cardsEach; r++ {
		c.Actions = append(c.Actions, bot.Action{
			Key: cardKey(n, r), Kind: bot.ActionCard, Reference: storetest.Reference(n), Due: storetest.Start,
			Room: bot.RoomDesk, Revision: int64(r), Lane: fmt.Sprintf("slack:%s:desk", storetest.Reference(n)),
		})
	}
	return c
}

func cardKey(n, revision int) string {
	return fmt.Sprintf("card:%s:desk:%d", storetest.Reference(n), revision)
}

// drawAll claims and completes actions until none is left or the store fails. It calls drawn for
// each action whose completion was confirmed.
func drawAll(s *Store, owner string, now time.Time, drawn func(key string)) error {
	for {
		actions, err := s.Claim(context.Background(), bot.MouthSlack, owner, now, time.Minute, 8)
		if err != nil || len(actions) == 0 {
			return err
		}
		for _, a := range actions {
			if err := s.Complete(context.Background(), owner, a.Key, "", now); err != nil {
				return err
			}
			drawn(a.Key)
		}
	}
}

// The server is killed while cards are drawn. No card may be lost, none that was recorded as done
// may be claimed again, and the order in each lane must be kept.
func TestKilledServerKeepsLanes(t *testing.T) {
	const records = 40
	dir, data := shortDir(t), t.TempDir()
	url, server := startRedisIn(t, dir, durable...)
	s := openOffice(t, url, data, "test")
	for n := 1; n <= records; n++ {
		if _, err := s.Commit(t.Context(), inLane(n)); err != nil {
			t.Fatal(err)
		}
	}
	var order []string
	noted := func(key string) {
		if order = append(order, key); len(order) == records {
			server.Process.Kill()
		}
	}
	if err := drawAll(s, "a", storetest.Start, noted); err == nil {
		t.Fatal("the server was not killed in between")
	}
	url, _ = startRedisIn(t, dir, durable...)
	s = openOffice(t, url, data, "test")
	later := storetest.Start.Add(time.Hour)
	if _, err := s.Recover(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	if err := drawAll(s, "b", later, func(key string) { order = append(order, key) }); err != nil {
		t.Fatal(err)
	}
	expectLanesInOrder(t, order, records)
	expectWaiting(t, s, 0)
}

// expectLanesInOrder checks that all cards were drawn once and in order. One may be missing: its
// completion was stored but not confirmed.
func expectLanesInOrder(t *testing.T, order []string, records int) {
	t.Helper()
	place := map[string]int{}
	for i, key := range order {
		if _, again := place[key]; again {
			t.Errorf("%s was drawn twice", key)
		}
		place[key] = i
	}
	if missing := records*cardsEach - len(place); missing > 1 {
		t.Errorf("%d cards were not drawn", missing)
	}
	for n := 1; n <= records; n++ {
		for r := 2; r <= cardsEach; r++ {
			earlier, known := place[cardKey(n, r-1)]
			if at, drawn := place[cardKey(n, r)]; known && drawn && at < earlier {
				t.Errorf("%s was drawn before the one before it", cardKey(n, r))
			}
		}
	}
}

// A card that was removed by hand must not block its lane.
func TestLaneOutlivesWhatIsRemoved(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		if _, err := s.Commit(t.Context(), inLane(1)); err != nil {
			t.Fatal(err)
		}
		if err := s.client.HDel(t.Context(), s.keys.actions(), cardKey(1, 1), cardKey(1, 2)).Err(); err != nil {
			t.Fatal(err)
		}
		if err := drawAll(s, "a", storetest.Start, func(string) {}); err != nil {
			t.Fatal(err)
		}
		next := inLane(1)
		next.Arrival, next.Record.Revision = nil, 1
		next.Actions[0].Key = "post:1"
		next.Actions = next.Actions[:1]
		if _, err := s.Commit(t.Context(), next); err != nil {
			t.Fatal(err)
		}
		var drawn []string
		if err := drawAll(s, "a", storetest.Start, func(key string) { drawn = append(drawn, key) }); err != nil || fmt.Sprint(drawn) != fmt.Sprint([]string{cardKey(1, 3), "post:1"}) {
			t.Errorf("drawn %v, %v", drawn, err)
		}
	})
}

// BenchmarkLanes claims and completes cards with the given number of lanes waiting. One operation
// is a claim of up to eight cards and their completion.
func BenchmarkLanes(b *testing.B) {
	for _, lanes := range []int{100, 10000} {
		b.Run(fmt.Sprint(lanes), func(b *testing.B) {
			s, records := openAt(b, startRedis(b), b.TempDir()), 0
			for b.Loop() {
				if waiting, err := s.Waiting(context.Background()); err != nil || waiting < lanes*cardsEach/2 {
					b.StopTimer()
					addLanes(b, s, records, lanes/2+1)
					records += lanes/2 + 1
					b.StartTimer()
				}
				actions, err := s.Claim(context.Background(), bot.MouthSlack, "a", storetest.Start, time.Minute, 8)
				if err != nil {
					b.Fatal(err)
				}
				for _, a := range actions {
					if err := s.Complete(context.Background(), "a", a.Key, "", storetest.Start); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func addLanes(b *testing.B, s *Store, after, n int) {
	b.Helper()
	for i := range n {
		if _, err := s.Commit(context.Background(), inLane(after+i+1)); err != nil {
			b.Fatal(err)
		}
	}
}
