package inorder

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
)

func TestDoKeepsTheOrderOfItems(t *testing.T) {
	items := make([]int, 500)
	for i := range items {
		items[i] = i
	}
	var got []int
	var running, most atomic.Int32
	work := func(_ context.Context, n int) int {
		now := running.Add(1)
		for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
		}
		defer running.Add(-1)
		return n
	}
	err := Do(t.Context(), slices.Values(items), 4, work, func(n int) error { got = append(got, n); return nil })
	if err != nil || !slices.Equal(got, items) {
		t.Errorf("got %d results, error %v; want all %d in order", len(got), err, len(items))
	}
	if most.Load() > 4 {
		t.Errorf("%d items were worked on at once, want at most 4", most.Load())
	}
}

func TestDoStopsWhenEmitFails(t *testing.T) {
	stop := errors.New("pipe closed")
	endless := func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	}
	err := Do(t.Context(), endless, 2, func(_ context.Context, n int) int { return n }, func(n int) error {
		if n == 10 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		t.Errorf("error %v, want %v", err, stop)
	}
}

func TestDoStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	endless := func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	}
	err := Do(ctx, endless, 2, func(_ context.Context, n int) int { return n }, func(n int) error {
		if n == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

// Results are passed on as soon as they and all earlier ones are done, even if later ones take
// long, and never more at a time than the given limit.
func TestDoTogetherHandsOnWhatIsDone(t *testing.T) {
	const items, most = 300, 7
	var got []int
	var together []int
	slow := make(chan struct{})
	work := func(_ context.Context, n int) int {
		if n == 100 {
			<-slow
		}
		return n
	}
	err := DoTogether(t.Context(), func(yield func(int) bool) {
		for n := range items {
			if !yield(n) {
				return
			}
		}
	}, 4, most, work, func(results []int) error {
		got, together = append(got, results...), append(together, len(results))
		if len(got) == 100 { // the slow one ends only after all results before it were passed on
			close(slow)
		}
		return nil
	})
	if err != nil || len(got) != items || !slices.IsSorted(got) {
		t.Errorf("got %d results, sorted %v, error %v; want all %d in order", len(got), slices.IsSorted(got), err, items)
	}
	if slices.Max(together) > most || slices.Min(together) < 1 {
		t.Errorf("handed on together: %v", together)
	}
}
