package app

import (
	"context"
	"iter"
)

// ordered does the work of each item in up to width goroutines and hands the
// results on in the order of the items, each as soon as those before it are
// done. At most 2×width results wait at a time. It ends when emit fails or ctx
// ends, and returns that error.
func ordered[T, R any](ctx context.Context, items iter.Seq[T], width int, work func(context.Context, T) R, emit func(R) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan chan R, width)
	slots := make(chan struct{}, width)
	go func() {
		defer close(results)
		for item := range items {
			result := make(chan R, 1)
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			go func() {
				defer func() { <-slots }()
				result <- work(ctx, item)
			}()
			select {
			case results <- result:
			case <-ctx.Done():
				return
			}
		}
	}()
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
