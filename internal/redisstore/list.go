package redisstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

// Page sizes.
const (
	defaultLimit = 50
	maxLimit     = 1000
)

func pageSize(limit int) int {
	if limit <= 0 {
		return defaultLimit
	}
	return min(limit, maxLimit)
}

// List implements bot.Store. It scans the shortest index that the query names and checks the
// remaining conditions on the records themselves. Records that do not change between two
// calls are neither repeated nor skipped.
func (s *Store) List(ctx context.Context, q bot.Query) ([]*intake.Record, string, error) {
	w, limit := ready(q), pageSize(q.Limit)
	t, err := s.iterator(ctx, w)
	if err != nil {
		return nil, "", err
	}
	page := &page{limit: limit}
	for n := limit; ; n = min(2*n, maxLimit) {
		stamps, ended, err := t.next(ctx, n)
		if err != nil {
			return nil, "", err
		}
		likely, err := s.likely(ctx, t, w, stamps)
		if err != nil {
			return nil, "", err
		}
		for some := range slices.Chunk(likely, limit) {
			if err := s.fill(ctx, page, w, some); err != nil {
				return nil, "", err
			}
			if page.cursor != "" {
				return page.found, page.cursor, nil
			}
		}
		if ended {
			return page.found, "", nil
		}
	}
}

// likely returns the stamps of records that may match, as far as the indexes tell.
func (s *Store) likely(ctx context.Context, t recordIterator, w preparedQuery, stamps []string) ([]string, error) {
	switch t := t.(type) {
	case *termsIterator:
		return stamps, nil
	case *termIterator:
		further := slices.DeleteFunc(slices.Clone(w.terms), func(term string) bool { return term == t.along })
		stamps, err := s.having(ctx, stamps, further)
		if err != nil {
			return nil, err
		}
		return t.among(ctx, stamps)
	}
	return s.having(ctx, stamps, w.terms)
}

// A page collects the results of one call of List.
type page struct {
	limit  int
	found  []*intake.Record
	cursor string // set once the page is full
}

// fill adds the matching records of stamps until the page is full.
func (s *Store) fill(ctx context.Context, p *page, w preparedQuery, stamps []string) error {
	records, err := s.loadAll(ctx, stamps)
	if err != nil {
		return err
	}
	for i, r := range records {
		if r == nil || stamp(r) != stamps[i] || !s.matches(w, r) {
			continue
		}
		if p.found = append(p.found, r); len(p.found) == p.limit {
			p.cursor = stamps[i]
			return nil
		}
	}
	return nil
}

// having returns the stamps that the index lists under all terms, which is faster than
// loading the records.
func (s *Store) having(ctx context.Context, stamps, terms []string) ([]string, error) {
	if len(stamps) == 0 || len(terms) == 0 {
		return stamps, nil
	}
	scores := make([]*redis.Cmd, len(terms))
	if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, t := range terms {
			members := each(stamps, func(stamp string) any { return t + "/" + stamp })
			scores[i] = p.Do(ctx, append([]any{"ZMSCORE", s.keys.index()}, members...)...)
		}
		return nil
	}); err != nil {
		return nil, fmt.Errorf("ask the index for %d records: %w", len(stamps), failure(err))
	}
	lacking := make([]bool, len(stamps))
	for _, of := range scores {
		found, err := of.Slice()
		if err != nil {
			return nil, fmt.Errorf("ask the index for %d records: %w", len(stamps), failure(err))
		}
		for i := range stamps {
			lacking[i] = lacking[i] || found[i] == nil
		}
	}
	var kept []string
	for i, stamp := range stamps {
		if !lacking[i] {
			kept = append(kept, stamp)
		}
	}
	return kept, nil
}

// loadAll loads the records of stamps; deleted records are nil.
func (s *Store) loadAll(ctx context.Context, stamps []string) ([]*intake.Record, error) {
	if len(stamps) == 0 {
		return nil, nil
	}
	references := each(stamps, referenceOf)
	values, err := batched(ctx, s.reads, func(ctx context.Context, c redis.Cmdable) *redis.SliceCmd {
		return c.MGet(ctx, each(references, s.keys.record)...)
	})
	if err != nil {
		return nil, fmt.Errorf("load %d records: %w", len(references), failure(err))
	}
	records := make([]*intake.Record, len(references))
	for i, v := range values.Val() {
		value, found := v.(string)
		if !found {
			continue
		}
		if records[i], err = s.readRecord(references[i], value); err != nil {
			return nil, err
		}
	}
	return records, nil
}

func wrapped(attempt string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", attempt, err)
}
