package redisstore

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

func TestImpossibleChangesAreRefused(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	change := func(spoil func(*bot.Change)) bot.Change {
		c := storetest.NewChange(1)
		spoil(&c)
		return c
	}
	for _, c := range []struct {
		name      string
		change    bot.Change
		complaint string
	}{
		{"an arrival alone", bot.Change{Arrival: storetest.NewArrival(1)}, "neither record nor message set aside"},
		{"set aside without arrival", bot.Change{SetAside: &intake.SetAside{Identity: "x"}}, "no arrival"},
		{"history without record", bot.Change{History: []intake.HistoryEntry{{What: "note"}}}, "without a record"},
		{"a letter without record", bot.Change{Letter: &bot.Letter{}}, "without a record"},
		{"an arrival without identity", change(func(c *bot.Change) { c.Arrival.MessageID, c.Arrival.Fingerprint = "", "" }), "neither Message-ID nor fingerprint"},
		{"an arrival without outcome", change(func(c *bot.Change) { c.Arrival.Outcome = "" }), "no outcome"},
		{"an action without key", change(func(c *bot.Change) { c.Actions[0].Key = "" }), "no key"},
		{"a reference of another office", change(func(c *bot.Change) { c.Record.Reference = "XX-2026-00001" }), "not a reference"},
		{"a reference written otherwise", change(func(c *bot.Change) { c.Record.Reference = "TC-2026-1" }), "not a reference"},
	} {
		if _, err := s.Commit(t.Context(), c.change); err == nil || !strings.Contains(err.Error(), c.complaint) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if left := lying(t, s); len(left) != 2 { // the forms of the indexes
		t.Errorf("something was written: %v", left)
	}
}

func TestOpenRefusesWhatCannotWork(t *testing.T) {
	url := servers["miniredis"](t)
	for complaint, o := range map[string]Options{
		"no name":     {URL: url, Prefix: "TC"},
		"no prefix":   {URL: url, Office: "test"},
		"data folder": {URL: url, Office: "test", Prefix: "TC", DataDir: t.TempDir() + "/file\x00"},
	} {
		if _, err := Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%s: %v", complaint, err)
		}
	}
}

func TestTotalsBalance(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		commitOne(t, s, 1)
		repeat := storetest.NewChange(1)
		repeat.Arrival.Place = storetest.At(50)
		joined, aside := storetest.NewArrival(2), storetest.NewArrival(3)
		joined.Outcome, aside.Outcome = bot.ArrivalJoined, bot.ArrivalSetAside
		record := storetest.NewRecord(1)
		record.Revision = 1
		for _, c := range []bot.Change{
			repeat, {Arrival: joined, Record: record}, {Arrival: aside, SetAside: &intake.SetAside{Identity: "x"}},
		} {
			if _, err := s.Commit(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Totals(t.Context())
		if want := (Totals{Recorded: 1, Joined: 1, SetAside: 1}); err != nil || got != want {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

func TestWaitingCountsWhatIsToBePerformed(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		expectWaiting(t, s, 0)
		commitOne(t, s, 1)
		commitOne(t, s, 2)
		expectWaiting(t, s, 2)
		claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1)
		if err != nil || len(claimed) != 1 {
			t.Fatalf("claimed %d, %v", len(claimed), err)
		}
		expectWaiting(t, s, 2)
		if err := s.Park(t.Context(), "a", claimed[0].Key, "x", storetest.Start); err != nil {
			t.Fatal(err)
		}
		expectWaiting(t, s, 1)
		for at, want := range map[time.Time]int{storetest.Start.Add(-time.Second): 0, storetest.Start: 1} {
			if got, err := s.WaitingBy(t.Context(), at); err != nil || got != want {
				t.Errorf("%d wait by %s, want %d, %v", got, at, want, err)
			}
		}
	})
}

// An action behind a deferred one in the same lane is not due either.
func TestAtRestWhileNothingIsInHandOrDue(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		expectAtRest(t, s, storetest.Start, true)
		first := storetest.NewAction(1)
		first.Lane = "letters of one record"
		second := first
		second.Key += ":again"
		change := storetest.NewChange(1)
		change.Actions = []bot.Action{first, second}
		if _, err := s.Commit(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		expectAtRest(t, s, first.Due.Add(-time.Second), true)
		expectAtRest(t, s, first.Due, false)
		if _, err := s.Claim(t.Context(), first.Kind.Mouth(), "a", first.Due, time.Minute, 1); err != nil {
			t.Fatal(err)
		}
		expectAtRest(t, s, first.Due.Add(-time.Second), false)
		later := first.Due.Add(time.Hour)
		if err := s.Defer(t.Context(), "a", first.Key, "share used up", later); err != nil {
			t.Fatal(err)
		}
		expectAtRest(t, s, first.Due, true)
		expectAtRest(t, s, later, false)
	})
}

func expectAtRest(t *testing.T, s *Store, at time.Time, want bool) {
	t.Helper()
	if got, err := s.AtRest(t.Context(), at); err != nil || got != want {
		t.Errorf("at rest at %s: %v, want %v, %v", at, got, want, err)
	}
}

func expectWaiting(t *testing.T, s *Store, want int) {
	t.Helper()
	if got, err := s.Waiting(t.Context()); err != nil || got != want {
		t.Errorf("%d wait, want %d, %v", got, want, err)
	}
}

// An action that cannot be read must not block the others.
func TestActionThatCannotBeReadIsParked(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		commitOne(t, s, 1)
		commitOne(t, s, 2)
		broken := storetest.NewAction(1).Key
		header := strings.Join([]string{"pending", storetest.Reference(1), "", "0", "0", "", "", "", "", "", ""}, "\t")
		if err := s.client.HSet(t.Context(), s.keys.actions(), broken, header+"\n9later").Err(); err != nil {
			t.Fatal(err)
		}
		claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 9)
		if err != nil || len(claimed) != 1 || claimed[0].Key != storetest.NewAction(2).Key {
			t.Fatalf("claimed %+v, %v", claimed, err)
		}
		parked, err := s.Parked(t.Context(), 9)
		if err != nil || len(parked) != 1 || parked[0].Key != broken || !strings.Contains(parked[0].LastError, "newer version") {
			t.Errorf("parked %+v, %v", parked, err)
		}
	})
}

// An action that was removed by hand must not block the others either.
func TestActionThatIsGoneIsForgotten(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		commitOne(t, s, 1)
		commitOne(t, s, 2)
		commitOne(t, s, 3)
		remove := func(n int) {
			if err := s.client.HDel(t.Context(), s.keys.actions(), storetest.NewAction(n).Key).Err(); err != nil {
				t.Fatal(err)
			}
		}
		remove(1)
		claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 2)
		if err != nil || len(claimed) != 1 || claimed[0].Key != storetest.NewAction(2).Key {
			t.Fatalf("claimed %+v, %v", claimed, err)
		}
		remove(2)
		if n, err := s.Recover(t.Context(), storetest.Start.Add(time.Hour)); err != nil || n != 0 {
			t.Errorf("recovered %d, %v", n, err)
		}
		claimed, err = s.ClaimGroup(t.Context(), "a", storetest.NewAction(1).RateGroup, storetest.Start, time.Minute, 9)
		if err != nil || len(claimed) != 1 || claimed[0].Key != storetest.NewAction(3).Key {
			t.Errorf("claimed with the group %+v, %v", claimed, err)
		}
	})
}

func TestHealthOfServers(t *testing.T) {
	t.Run("durable", func(t *testing.T) {
		url, _ := startRedisIn(t, shortDir(t), durable...)
		expectWeaknesses(t, openAt(t, url, ""))
	})
	t.Run("careless", func(t *testing.T) {
		url, _ := startRedisIn(t, shortDir(t), "--save", "", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")
		expectWeaknesses(t, openAt(t, url, ""), "append-only", "allkeys-lru")
	})
	t.Run("every second", func(t *testing.T) {
		url, _ := startRedisIn(t, shortDir(t), "--appendonly", "yes", "--appendfsync", "everysec")
		expectWeaknesses(t, openAt(t, url, ""), "everysec")
	})
	t.Run("in memory", func(t *testing.T) {
		expectWeaknesses(t, openAt(t, servers["miniredis"](t), ""))
	})
}

func TestClocksThatLieApartAreTold(t *testing.T) {
	server := miniredis.RunT(t)
	server.SetTime(time.Now().Add(-time.Hour))
	expectWeaknesses(t, openAt(t, "redis://"+server.Addr(), ""), "1h0m0s apart")
}

func expectWeaknesses(t *testing.T, s *Store, want ...string) {
	t.Helper()
	h, err := s.Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := h.Weaknesses()
	if len(found) != len(want) {
		t.Fatalf("%s: weaknesses %v, want %v", h, found, want)
	}
	for i, w := range want {
		if !strings.Contains(found[i].Text, w) || found[i].Mend == "" {
			t.Errorf("weakness %+v, want %q", found[i], w)
		}
	}
}

func TestOldServersAreWeak(t *testing.T) {
	if found := (Health{Version: "6.2.1", AppendOnly: true, Fsync: "always"}).Weaknesses(); len(found) != 1 || !strings.Contains(found[0].Text, "6.2.1") {
		t.Errorf("got %v", found)
	}
	for text, h := range map[string]Health{
		"no replica follows":      {Replaceable: true},
		"min-replicas-to-write 0": {Replicas: 2},
		"":                        {Replicas: 2, ReplicasNeeded: 1, Replaceable: true},
	} {
		if found := h.Weaknesses(); len(found) != min(1, len(text)) || text != "" && !strings.Contains(found[0].Text, text) {
			t.Errorf("%+v: %+v", h, found)
		}
	}
}

func TestUsageLeavesLettersOut(t *testing.T) {
	s := openAt(t, startRedis(t), "")
	for n := 1; n <= 20; n++ {
		if _, err := s.Commit(context.Background(), richChange(n)); err != nil {
			t.Fatal(err)
		}
	}
	u, err := s.Usage(t.Context())
	if err != nil || u.Messages != 20 || u.Letters < 20*500 || u.PerMessage() <= 0 || u.PerMessage() >= u.Total/20 {
		t.Errorf("got %+v, %v", u, err)
	}
	if got := (Usage{}).PerMessage(); got != 0 {
		t.Errorf("of nothing: %d", got)
	}
}
