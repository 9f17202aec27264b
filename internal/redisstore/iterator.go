package redisstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// A recordIterator iterates over the records that may match a query, newest first.
type recordIterator interface {
	// next examines up to n further records and returns the stamps of those that may match,
	// and whether there are no more.
	next(ctx context.Context, n int) (stamps []string, ended bool, err error)
}

// bounds returns the range of stamps that a query covers: from is inclusive, to is exclusive,
// and "" means no bound.
func bounds(w preparedQuery) (from, to string) {
	if !w.Since.IsZero() {
		from = second(w.Since)
	}
	if !w.Until.IsZero() {
		to = second(w.Until.Add(time.Second - 1)) // within that second, the record itself is checked
	}
	if w.Cursor != "" && (to == "" || w.Cursor < to) {
		to = w.Cursor
	}
	return from, to
}

// iterator chooses the index with the fewest entries for the query.
func (s *Store) iterator(ctx context.Context, w preparedQuery) (recordIterator, error) {
	from, to := bounds(w)
	beginnings := append(filedUnder(w.words), filedUnder(w.person)...)
	if len(beginnings) > 0 { // countries are indexed as words, too
		beginnings = append(beginnings, filedUnder(foldedWords(w.Country))...)
	}
	lists, err := s.wordLists(ctx, beginnings)
	if err != nil {
		return nil, err
	}
	terms := w.terms
	if len(terms) == 0 {
		terms = []string{termAll}
	}
	switch {
	case len(lists) == 0 && len(terms) == 1:
		return &termIterator{store: s, along: terms[0], from: from, to: to}, nil
	case len(lists) == 0:
		return &termsIterator{store: s, terms: terms, from: from, to: to}, nil
	}
	byTerm, byWord, err := s.measure(ctx, terms, lists)
	if err != nil {
		return nil, err
	}
	if slices.Min(byWord) <= leap*slices.Min(byTerm) {
		return s.newWordIterator(lists, from, to)
	}
	shortest := terms[slices.Index(byTerm, slices.Min(byTerm))]
	return &termIterator{store: s, along: shortest, from: from, to: to, words: s.wordReaders(lists, newest), seen: newest}, nil
}

// leap is how many entries of a word list can be passed in the time it takes to pass one of a
// term.
const leap = 4

// maxLists is how many words one prefix may match. A prefix of more words selects so little
// that it is checked on the records themselves.
const maxLists = 1000

// wordLists returns, for each prefix, the lists of the words that begin with it; prefixes of
// too many words are left out. A prefix of no word has an empty set of lists.
func (s *Store) wordLists(ctx context.Context, beginnings []string) ([][]string, error) {
	found := make([]*redis.StringSliceCmd, len(beginnings))
	if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, b := range beginnings {
			found[i] = p.ZRangeByLex(ctx, s.keys.vocabulary(), &redis.ZRangeBy{Min: "[" + b, Max: "(" + b + "\xff", Count: maxLists + 1})
		}
		return nil
	}); err != nil {
		return nil, fmt.Errorf("find words: %w", failure(err))
	}
	var lists [][]string
	for _, words := range found {
		if len(words.Val()) <= maxLists {
			lists = append(lists, each(words.Val(), s.keys.word))
		}
	}
	return lists, nil
}

// measure counts the entries of each term and of each word prefix.
func (s *Store) measure(ctx context.Context, terms []string, words [][]string) (byTerm, byWord []int64, err error) {
	counts, lengths := make([]*redis.IntCmd, len(terms)), make([][]*redis.IntCmd, len(words))
	if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, t := range terms {
			counts[i] = p.ZLexCount(ctx, s.keys.index(), "["+t+"/", "("+t+"0") // "0" follows "/"
		}
		for i, lists := range words {
			lengths[i] = each(lists, func(list string) *redis.IntCmd { return p.StrLen(ctx, list) })
		}
		return nil
	}); err != nil {
		return nil, nil, fmt.Errorf("measure the indexes: %w", failure(err))
	}
	for _, c := range counts {
		byTerm = append(byTerm, c.Val())
	}
	for _, lists := range lengths {
		total := int64(0)
		for _, length := range lists {
			total += length.Val() / entrySize
		}
		byWord = append(byWord, total)
	}
	return byTerm, byWord, nil
}

// A termIterator iterates along one term of the index.
type termIterator struct {
	store    *Store
	along    string
	from, to string
	words    []*wordReader // a record must be listed by each of these
	seen     entry         // the oldest entry that they were asked for
}

func (t *termIterator) next(ctx context.Context, n int) ([]string, bool, error) {
	prefix := t.along + "/"
	from, to := "["+prefix+t.from, "("+prefix+t.to
	if t.to == "" {
		to = "(" + t.along + "0" // "0" follows "/"
	}
	members, err := batched(ctx, t.store.reads, func(ctx context.Context, c redis.Cmdable) *redis.StringSliceCmd {
		return c.ZRevRangeByLex(ctx, t.store.keys.index(), &redis.ZRangeBy{Min: from, Max: to, Count: int64(n)})
	})
	if err != nil {
		return nil, false, fmt.Errorf("read index %s: %w", t.along, failure(err))
	}
	stamps := each(members.Val(), func(m string) string { return strings.TrimPrefix(m, prefix) })
	if len(stamps) > 0 {
		t.to = stamps[len(stamps)-1]
	}
	return stamps, len(stamps) < n, nil
}

// among returns those of the stamps that are listed for each word, which is faster than
// loading their records. A stamp that is out of order, as may happen within a second, is
// kept, and its record is checked later.
func (t *termIterator) among(ctx context.Context, stamps []string) ([]string, error) {
	if len(t.words) == 0 {
		return stamps, nil
	}
	var kept []string
	for _, stamp := range stamps {
		e, err := t.store.entryOf(stamp)
		if err != nil {
			return nil, err
		}
		held := true
		if e < t.seen {
			t.seen = e
			if held, err = t.inEach(ctx, e); err != nil {
				return nil, err
			}
		}
		if held {
			kept = append(kept, stamp)
		}
	}
	return kept, nil
}

func (t *termIterator) inEach(ctx context.Context, e entry) (bool, error) {
	for _, w := range t.words {
		found, any, err := w.newestBefore(ctx, e+1)
		if err != nil || !any || found != e {
			return false, err
		}
	}
	return true, nil
}
