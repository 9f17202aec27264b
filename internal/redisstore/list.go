package redisstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

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
	limit := pageSize(q.Limit)
	along, err := s.shortestIndex(ctx, q)
	if err != nil {
		return nil, "", err
	}
	var found []*intake.Record
	for cursor := q.Cursor; ; {
		members, err := s.indexPage(ctx, along, cursor, q, limit)
		if err != nil {
			return nil, "", err
		}
		records, err := s.loadAll(ctx, members)
		if err != nil {
			return nil, "", err
		}
		for i, r := range records {
			cursor = strings.TrimPrefix(members[i], along+"/")
			if r == nil || !matches(q, r) {
				continue
			}
			if found = append(found, r); len(found) == limit {
				return found, cursor, nil
			}
		}
		if len(members) < limit {
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
	if len(terms) == 0 {
		terms = []string{termAll}
	}
	return terms
}

func (s *Store) shortestIndex(ctx context.Context, q bot.Query) (string, error) {
	terms := queryTerms(q)
	if len(terms) == 1 {
		return terms[0], nil
	}
	counts := make([]*redis.IntCmd, len(terms))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, t := range terms {
			counts[i] = p.ZLexCount(ctx, s.keys.index(), "["+t+"/", "("+t+"0") // "0" follows "/"
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("measure the indexes: %w", failure(err))
	}
	shortest := slices.MinFunc(counts, func(a, b *redis.IntCmd) int { return int(a.Val() - b.Val()) })
	return terms[slices.Index(counts, shortest)], nil
}

// indexPage reads the members of one term that come before the cursor, newest
// first, down to the query's Since.
func (s *Store) indexPage(ctx context.Context, along, cursor string, q bot.Query, n int) ([]string, error) {
	from, to := "["+along+"/", "("+along+"0"
	if !q.Since.IsZero() {
		from = "[" + along + "/" + second(q.Since)
	}
	if cursor != "" {
		to = "(" + along + "/" + cursor
	}
	members, err := s.client.ZRevRangeByLex(ctx, s.keys.index(), &redis.ZRangeBy{Min: from, Max: to, Count: int64(n)}).Result()
	if err != nil {
		return nil, fmt.Errorf("read index %s: %w", along, failure(err))
	}
	return members, nil
}

// loadAll loads the records of index members; nil where one is gone.
func (s *Store) loadAll(ctx context.Context, members []string) ([]*intake.Record, error) {
	if len(members) == 0 {
		return nil, nil
	}
	references := each(members, referenceOf)
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

// matches asks a record for everything that the query wants.
func matches(q bot.Query, r *intake.Record) bool {
	if r.ReceivedAt.Before(q.Since) {
		return false
	}
	has := recordTerms(r)
	for _, t := range queryTerms(q) {
		if !slices.Contains(has, t) {
			return false
		}
	}
	return true
}

func wrapped(attempt string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", attempt, err)
}
