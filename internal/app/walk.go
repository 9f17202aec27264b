package app

import (
	"context"
	"iter"

	"verbale/bot"
	"verbale/intake"
)

// pages walks through the records of a query, newest first, a page at a time;
// after an error there is none.
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

// recordsBy walks likewise, a record at a time.
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
