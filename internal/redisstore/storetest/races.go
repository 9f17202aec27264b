package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

var raceTests = map[string]func(*testing.T, Store){
	"commits that race for numbers leave no gap": raceNumbers,
	"one mail at several doors is one record":    raceArrival,
	"of two changes of one revision one wins":    raceRevision,
	"an action is claimed by one process":        raceClaim,
}

const racers = 8

// race runs f at the same time for each racer and returns the errors.
func race(f func(i int) error) []error {
	errs := make([]error, racers)
	var together sync.WaitGroup
	for i := range racers {
		together.Go(func() { errs[i] = f(i) })
	}
	together.Wait()
	return errs
}

// commitNew commits a record under whatever number is free.
func commitNew(ctx context.Context, s Store, c bot.Change) (bot.Committed, error) {
	for {
		reference, err := s.NextReference(ctx, 2026)
		if err != nil {
			return bot.Committed{}, err
		}
		r := *c.Record
		r.Reference = reference
		c.Record, c.Actions = &r, nil
		done, err := s.Commit(ctx, c)
		if !errors.Is(err, bot.ErrRenumber) {
			return done, err
		}
	}
}

func raceNumbers(t *testing.T, s Store) {
	const each = 5
	errs := race(func(i int) error {
		for j := range each {
			if _, err := commitNew(t.Context(), s, NewChange(100*i+j)); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= racers*each; n++ {
		if _, err := s.Load(t.Context(), Reference(n)); err != nil {
			t.Errorf("number %d: %v", n, err)
		}
	}
	if next := must[string](t)(s.NextReference(t.Context(), 2026)); next != Reference(racers*each+1) {
		t.Errorf("next is %s", next)
	}
}

func raceArrival(t *testing.T, s Store) {
	var mu sync.Mutex
	written := map[bot.Committed]int{}
	errs := race(func(i int) error {
		c := NewChange(1)
		c.Arrival.Place = At(uint32(i + 1))
		done, err := commitNew(t.Context(), s, c)
		mu.Lock()
		defer mu.Unlock()
		written[bot.Committed{Seen: done.Seen, Reference: done.Reference}]++
		return err
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if written[bot.Committed{Reference: Reference(1)}] != 1 || written[bot.Committed{Seen: true, Reference: Reference(1)}] != racers-1 {
		t.Errorf("got %v", written)
	}
	firsts := 0
	for _, p := range must[map[uint32]bot.Placed](t)(s.Outcomes(t.Context(), Folder)) {
		if !p.Repeat {
			firsts++
		}
	}
	if firsts != 1 {
		t.Errorf("%d of the copies count as the first", firsts)
	}
}

func raceRevision(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	won := 0
	for _, err := range race(func(i int) error {
		r := NewRecord(1)
		r.Revision, r.Owner = 1, fmt.Sprint("owner-", i)
		_, err := s.Commit(t.Context(), bot.Change{Record: r})
		return err
	}) {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, bot.ErrStale):
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d changes won", won)
	}
	r := must[*intake.Record](t)(s.Load(t.Context(), Reference(1)))
	expectOpen(t, s, map[string]int{r.Owner: 1})
}

func raceClaim(t *testing.T, s Store) {
	for n := 1; n <= 20; n++ {
		commit(t, s, NewChange(n))
	}
	var mu sync.Mutex
	times := map[string]int{}
	errs := race(func(i int) error {
		for {
			actions, err := s.Claim(t.Context(), bot.MouthMail, fmt.Sprint("owner-", i), Start, lease, 3)
			if err != nil || len(actions) == 0 {
				return err
			}
			mu.Lock()
			for _, a := range actions {
				times[a.Key]++
			}
			mu.Unlock()
		}
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if len(times) != 20 {
		t.Errorf("%d of 20 actions were claimed", len(times))
	}
	for key, n := range times {
		if n != 1 {
			t.Errorf("%s was claimed %d times", key, n)
		}
	}
}
