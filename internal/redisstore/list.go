package redisstore

import (
	"context"
	"fmt"

	"verbale/bot"
	"verbale/intake"
)

// Limits of a page.
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

// List implements bot.Store. It reads along the shortest index that the query
// names and asks the records themselves for the rest. A page that changes
// between two calls neither repeats nor skips the records that did not.
func (s *Store) List(ctx context.Context, q bot.Query) ([]*intake.Record, string, error) {
	w, limit := ready(q), pageSize(q.Limit)
	t, err := s.trail(ctx, w)
	if err != nil {
		return nil, "", err
	}
	var found []*intake.Record
	for n := limit; ; n = min(2*n, maxLimit) {
		stamps, err := t.next(ctx, n)
		if err != nil {
			return nil, "", err
		}
		records, err := s.loadAll(ctx, stamps)
		if err != nil {
			return nil, "", err
		}
		for i, r := range records {
			if r == nil || stamp(r) != stamps[i] || !s.matches(w, r) {
				continue
			}
			if found = append(found, r); len(found) == limit {
				return found, stamps[i], nil
			}
		}
		if len(stamps) < n {
			return found, "", nil
		}
	}
}

// queryTerms are the terms that every record of the query has.
func queryTerms(q bot.Query) []string {
	var terms []string
	for _, t := range []struct{ kind, value string }{
		{termCountry, q.Country}, {termOwner, q.Owner}, {termDivision, q.Division}, {termStatus, string(q.Status)},
	} {
		if t.value != "" {
			terms = append(terms, term(t.kind, t.value))
		}
	}
	if q.Open {
		terms = append(terms, termOpen)
	}
	if q.Asks {
		terms = append(terms, termAsks)
	}
	return terms
}

// loadAll loads the records of stamps; nil where one is gone.
func (s *Store) loadAll(ctx context.Context, stamps []string) ([]*intake.Record, error) {
	if len(stamps) == 0 {
		return nil, nil
	}
	references := each(stamps, referenceOf)
	values, err := s.client.MGet(ctx, each(references, s.keys.record)...).Result()
	if err != nil {
		return nil, fmt.Errorf("load %d records: %w", len(references), failure(err))
	}
	records := make([]*intake.Record, len(values))
	for i, v := range values {
		value, found := v.(string)
		if !found {
			continue
		}
		if records[i], err = readRecord(references[i], value); err != nil {
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
