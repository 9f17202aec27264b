package redisstore

import (
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

func TestBacklogCountsWhatWaits(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		for n := 1; n <= 3; n++ {
			commitOne(t, s, n)
		}
		claimed, err := s.Claim(ctx, bot.MouthMail, "a", storetest.Start, time.Minute, 2)
		if err != nil || len(claimed) != 2 {
			t.Fatalf("claimed %d, %v", len(claimed), err)
		}
		if err := s.Park(ctx, "a", claimed[0].Key, "refused", storetest.Start); err != nil {
			t.Fatal(err)
		}
		b, err := s.Backlog(ctx, storetest.Start)
		if err != nil {
			t.Fatal(err)
		}
		if mail := b.Outbox[bot.MouthMail]; mail.Count != 1 || !mail.Oldest.Equal(storetest.Start) || b.Parked != 1 || b.InHand != 1 || b.Lined != 0 {
			t.Errorf("%+v", b)
		}
		if slack := b.Outbox[bot.MouthSlack]; slack != (bot.Queued{}) {
			t.Errorf("%+v", slack)
		}
	})
}

func TestWakesCountWhenDue(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		change := storetest.NewChange(1)
		next := storetest.Start.Add(time.Hour)
		change.Record.FollowUp.Next = intake.Reminder{At: next}
		if _, err := s.Commit(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		for now, want := range map[time.Time]bot.Queued{storetest.Start: {}, next: {Count: 1, Oldest: next}} {
			if b, err := s.Backlog(t.Context(), now); err != nil || b.Wakes.Count != want.Count || !b.Wakes.Oldest.Equal(want.Oldest) {
				t.Errorf("at %s: %+v, %v", now, b.Wakes, err)
			}
		}
	})
}

func TestCanaryIsKept(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		if c, err := s.Canary(t.Context()); err != nil || c != (bot.Canary{}) {
			t.Fatalf("before the first: %+v, %v", c, err)
		}
		for _, want := range []bot.Canary{
			{MessageID: "canary.1@desk.unece.example", Sent: storetest.Start},
			{MessageID: "canary.1@desk.unece.example", Sent: storetest.Start, Arrived: storetest.Start.Add(time.Minute)},
		} {
			if err := s.SetCanary(t.Context(), want); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Canary(t.Context()); err != nil || got != want {
				t.Errorf("%+v, %v, want %+v", got, err, want)
			}
		}
	})
}
