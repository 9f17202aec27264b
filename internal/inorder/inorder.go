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
	return DoTogether(ctx, items, width, 1, work, func(results []R) error { return emit(results[0]) })
}

// DoTogether does as Do, and hands on what is done at a time: the next result, as soon
// as those before it are, with those after it that are done as well, most of them at
// once. So many results may wait besides those that Do lets wait.
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

// ready adds those results that are done by now, and returns where the one after them
// will be found, if that is known.
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

// start begins the work of the items, width at once, and queues where each result
// will be found. The goroutines that did the first items do the others, since one
// that has worked has a stack for it.
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
