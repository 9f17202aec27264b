// Package inorder does work in parallel and passes the results on in the order of the
// items. It is for mails, which may be read in parallel but must be committed in order.
package inorder

import (
	"context"
	"iter"
	"sync"
)

// Do calls work for each item in up to width goroutines, and emit with the results in the
// order of the items, each as soon as all before it are done. At most 2×width results
// wait at a time. If emit fails or ctx ends, the context of the work is cancelled, and Do
// returns the error when no work is running any more.
func Do[T, R any](ctx context.Context, items iter.Seq[T], width int, work func(context.Context, T) R, emit func(R) error) error {
	return DoTogether(ctx, items, width, 1, work, func(results []R) error { return emit(results[0]) })
}

// DoTogether is like Do, but passes several results on together: the next one, as soon as
// it is done, with those after it that are done as well, up to most in all. Up to most
// further results may wait.
func DoTogether[T, R any](ctx context.Context, items iter.Seq[T], width, most int, work func(context.Context, T) R, emit func([]R) error) error {
	var running sync.WaitGroup
	defer running.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan chan R, max(width, most))
	running.Go(func() {
		defer close(results)
		start(ctx, &running, items, width, results, work)
	})
	for next, more := <-results; more; {
		var together []R
		select {
		case r := <-next:
			together = append(together, r)
		case <-ctx.Done():
			return ctx.Err()
		}
		together, next = ready(together, most, results)
		if err := emit(together); err != nil {
			return err
		}
		if next == nil {
			next, more = <-results
		}
	}
	return ctx.Err()
}

// ready adds the results that are done by now. It also returns the channel of the result
// after them, or nil if that is not known yet.
func ready[R any](together []R, most int, results <-chan chan R) ([]R, chan R) {
	for len(together) < most {
		select {
		case next := <-results:
			if next == nil {
				return together, nil
			}
			select {
			case r := <-next:
				together = append(together, r)
			default:
				return together, next
			}
		default:
			return together, nil
		}
	}
	return together, nil
}

// start begins the work of the items in up to width goroutines, and queues the channel of
// each result. The goroutines are reused for all items, because their stacks have grown
// to the size that the work needs.
func start[T, R any](ctx context.Context, running *sync.WaitGroup, items iter.Seq[T], width int, results chan<- chan R, work func(context.Context, T) R) {
	type job struct {
		item   T
		result chan R
	}
	jobs, workers := make(chan job), 0
	defer close(jobs)
	for item := range items {
		next := job{item, make(chan R, 1)}
		if workers < width {
			workers++
			running.Go(func() {
				next.result <- work(ctx, next.item)
				for j := range jobs {
					j.result <- work(ctx, j.item)
				}
			})
		} else {
			select {
			case jobs <- next:
			case <-ctx.Done():
				return
			}
		}
		select {
		case results <- next.result:
		case <-ctx.Done():
			return
		}
	}
}
