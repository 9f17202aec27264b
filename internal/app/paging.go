package app

import (
	"context"
	"iter"

	"verbale/bot"
	"verbale/intake"
)

// pages iterates over the pages of records of a query, newest first, and stops after an error.
func pages(ctx context.Context, s bot.Store, q bot.Query) iter.Seq2[[]*intake.Record, error] {
	return func(yield func([]*intake.Record, error) bool) {
		for {
			page, cursor, err := s.List(ctx, q)
			if !yield(page, err) || err != nil {
				return
			}
			if q.Cursor = cursor; cursor == "" {
				return
			}
		}
	}
}

// recordsBy iterates over the records of a query in the same way.
func recordsBy(ctx context.Context, s bot.Store, q bot.Query) iter.Seq2[*intake.Record, error] {
	return func(yield func(*intake.Record, error) bool) {
		for page, err := range pages(ctx, s, q) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, r := range page {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}
