// Package inorder does work side by side and hands the results on in the order
// of the items, for mails that may be read ahead of their turn but not
// committed before it.
package inorder

import (
	"context"
	"iter"
	"sync"
)

// Do does the work of each item in up to width goroutines and hands the results
// on in the order of the items, each as soon as those before it are done. At
// most 2×width results wait at a time. It ends when emit fails or ctx ends, and
// returns that error once no work is under way any more; the context of the
// work has ended then.
func Do[T, R any](ctx context.Context, items iter.Seq[T], width int, work func(context.Context, T) R, emit func(R) error) error {
	var running sync.WaitGroup
	defer running.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan chan R, width)
	running.Go(func() {
		defer close(results)
		start(ctx, &running, items, results, work)
	})
	for result := range results {
		select {
		case r := <-result:
			if err := emit(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}

// start begins the work of the items, as many at once as results holds, and
// queues where each result will be found.
func start[T, R any](ctx context.Context, running *sync.WaitGroup, items iter.Seq[T], results chan<- chan R, work func(context.Context, T) R) {
	slots := make(chan struct{}, cap(results))
	for item := range items {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		result := make(chan R, 1)
		running.Go(func() {
			defer func() { <-slots }()
			result <- work(ctx, item)
		})
		select {
		case results <- result:
		case <-ctx.Done():
			return
		}
	}
}
