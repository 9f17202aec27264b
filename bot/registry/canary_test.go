package registry_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// canaryState keeps the state of the canary mail.
type canaryState struct{ bot.Canary }

func (c *canaryState) SetCanary(_ context.Context, at bot.Canary) error { c.Canary = at; return nil }

type canaryStore struct{ *canaryState }

func (c canaryStore) Canary(context.Context) (bot.Canary, error) { return c.canaryState.Canary, nil }

func TestCanaryIsDueAndLate(t *testing.T) {
	sent := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		canary    bot.Canary
		after     time.Duration
		due, late bool
	}{
		"never sent":           {bot.Canary{}, 0, true, false},
		"on its way":           {bot.Canary{Sent: sent}, time.Hour, false, false},
		"missing":              {bot.Canary{Sent: sent}, time.Hour + time.Second, false, true},
		"arrived":              {bot.Canary{Sent: sent, Arrived: sent.Add(time.Minute)}, 23 * time.Hour, false, false},
		"the last one arrived": {bot.Canary{Sent: sent, Arrived: sent.Add(-23 * time.Hour)}, 2 * time.Hour, false, true},
		"a day later":          {bot.Canary{Sent: sent, Arrived: sent.Add(time.Minute)}, 24 * time.Hour, true, false},
	} {
		now := sent.Add(c.after)
		if due, late := c.canary.Due(now, 24*time.Hour), c.canary.Late(now); due != c.due || late != c.late {
			t.Errorf("%s: due %v, late %v", name, due, late)
		}
	}
}

func TestCanaryThatCouldNotBeWrittenDownIsNotWaitedFor(t *testing.T) {
	o := open(t)
	kept := &canaryState{bot.Canary{MessageID: "earlier@desk.unece.example", Sent: time.Unix(1, 0)}}
	before := kept.Canary
	o.Store = refusing{o.Store}
	if err := o.ReleaseCanary(t.Context(), canaryStore{kept}); err == nil || kept.Canary != before {
		t.Errorf("%v, kept %+v", err, kept.Canary)
	}
}

type refusing struct{ bot.Store }

func (refusing) Commit(context.Context, bot.Change) (bot.Committed, error) {
	return bot.Committed{}, errors.New("no answer")
}

func TestOnlyTheLetterItselfIsTheCanary(t *testing.T) {
	o := open(t)
	kept := &canaryState{}
	if err := o.ReleaseCanary(t.Context(), canaryStore{kept}); err != nil {
		t.Fatal(err)
	}
	id := kept.MessageID
	for name, m := range map[string]*intake.Message{
		"without our mark": {MessageID: id},
		"of another name":  {MessageID: "canary.2026-03-02.guess@" + o.Office.Domain, Signs: intake.MachineSigns{LoopMark: true}},
		"of another house": {MessageID: id + ".example", Signs: intake.MachineSigns{LoopMark: true}},
	} {
		if arrived, err := o.CanaryArrived(t.Context(), canaryStore{kept}, m); err != nil || arrived {
			t.Errorf("%s: %v, %v", name, arrived, err)
		}
	}
	letter := &intake.Message{MessageID: id, Signs: intake.MachineSigns{LoopMark: true}}
	if arrived, err := o.CanaryArrived(t.Context(), canaryStore{kept}, letter); err != nil || !arrived || kept.Arrived.IsZero() {
		t.Errorf("%v, %v, kept %+v", arrived, err, kept)
	}
}

// The desk is told once of each canary mail that is late, and once more if it arrives later.
func TestDeskIsToldOfALateCanary(t *testing.T) {
	now := noon
	o := slackOffice(t, func(o *registry.Options) { o.Now = func() time.Time { return now } })
	kept := &canaryState{}
	if err := o.ReleaseCanary(t.Context(), canaryStore{kept}); err != nil {
		t.Fatal(err)
	}
	told := func() (n int) {
		for _, a := range o.store.Written {
			if a.Kind == bot.ActionPost && a.Room == bot.RoomDesk {
				n++
			}
		}
		return n
	}
	now = now.Add(2 * time.Hour)
	for range 3 {
		if err := o.CanaryLate(t.Context(), kept.Canary); err != nil || told() != 1 {
			t.Errorf("told %d times, %v", told(), err)
		}
	}
	letter := &intake.Message{MessageID: kept.MessageID, Signs: intake.MachineSigns{LoopMark: true}}
	for range 2 {
		if _, err := o.CanaryArrived(t.Context(), canaryStore{kept}, letter); err != nil || told() != 2 {
			t.Errorf("told %d times, %v", told(), err)
		}
	}
	without := open(t)
	if err := without.CanaryLate(t.Context(), kept.Canary); err != nil || len(without.store.Written) > 0 {
		t.Errorf("without Slack: %d actions, %v", len(without.store.Written), err)
	}
}
