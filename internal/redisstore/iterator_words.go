package redisstore

import (
	"context"
	"fmt"
	"slices"
)

// A wordIterator iterates over the records that are listed for every word. It skips from one
// common entry to the next instead of reading the lists in full.
type wordIterator struct {
	store *Store
	words []*wordReader
	from  entry
	to    entry // entries from here on have been examined
}

func (s *Store) newWordIterator(lists [][]string, from, to string) (recordIterator, error) {
	t := &wordIterator{store: s, to: newest}
	var err error
	if from != "" {
		if t.from, err = s.entryOf(from); err != nil {
			return nil, err
		}
	}
	if to != "" {
		if t.to, err = s.entryOf(to); err != nil {
			return nil, err
		}
	}
	t.words = s.wordReaders(lists, t.to)
	return t, nil
}

// wordReaders returns a reader for each word's lists, starting below an entry.
func (s *Store) wordReaders(lists [][]string, below entry) []*wordReader {
	return each(lists, func(l []string) *wordReader {
		return &wordReader{store: s, lists: l, floor: below, most: firstRead, ended: len(l) == 0}
	})
}

func (t *wordIterator) next(ctx context.Context, n int) ([]string, bool, error) {
	var stamps []string
	for len(stamps) < n {
		oldest, newestFound, found, err := t.look(ctx)
		if err != nil || !found || oldest < t.from {
			return stamps, true, err
		}
		if oldest != newestFound {
			t.to = oldest + 1 // no entry in between is in all lists
			continue
		}
		stamps = append(stamps, t.store.stampOf(oldest))
		t.to = oldest
	}
	return stamps, false, nil
}

// look returns the oldest and the newest among the newest unexamined entries of each word;
// found is false if some word has none left.
func (t *wordIterator) look(ctx context.Context) (oldest, newestFound entry, found bool, err error) {
	oldest = newest
	for _, w := range t.words {
		e, more, err := w.newestBefore(ctx, t.to)
		if err != nil || !more {
			return 0, 0, false, err
		}
		oldest, newestFound = min(oldest, e), max(newestFound, e)
	}
	return oldest, newestFound, true, nil
}

// How many entries of each list are read at once: at first as many as a page may need, then
// more.
const (
	firstRead = 64
	mostRead  = 4096
)

// A wordReader reads the lists of all words with a common prefix, newest first.
type wordReader struct {
	store *Store
	lists []string
	known []entry // oldest first: all entries between the floor and the last bound
	floor entry
	most  int
	ended bool // the lists have no entries below the floor
}

// newestBefore returns the newest entry before the bound. Bounds must not increase between
// calls.
func (r *wordReader) newestBefore(ctx context.Context, bound entry) (entry, bool, error) {
	for {
		i, _ := slices.BinarySearch(r.known, bound)
		r.known = r.known[:i]
		if i > 0 {
			return r.known[i-1], true, nil
		}
		if r.ended {
			return 0, false, nil
		}
		r.floor = min(r.floor, bound)
		if err := r.read(ctx); err != nil {
			return 0, false, err
		}
	}
}

// scriptBefore reads the newest entries of lists before a bound.
//
//	KEYS  the lists
//	ARGV  bound, how many of each
//	gives the entries read of each list
var scriptBefore = newScript(listing + `
local bound, most = take(), tonumber(take())
local found = {}
for i, words in ipairs(KEYS) do
  local high = place(words, bound)
  local low = math.max(high - most, 0)
  found[i] = low < high and redis.call("GETRANGE", words, 8 * low, 8 * high - 1) or ""
end
return found
`)

// read reads the next, older entries. The floor is the highest of the oldest entries read
// from lists that may continue: below it, the entries read are incomplete and are dropped.
func (r *wordReader) read(ctx context.Context) error {
	var args arguments
	args.bytes(r.floor.written())
	args.add(fmt.Sprint(r.most))
	reply, err := r.store.ask(ctx, scriptBefore, r.lists, args)
	if err != nil {
		return fmt.Errorf("read the lists of words: %w", err)
	}
	var floor entry
	for _, packed := range reply {
		list := entries(packed)
		if len(list) == r.most {
			floor = max(floor, list[0])
		}
		r.known = append(r.known, list...)
	}
	slices.Sort(r.known)
	r.known = slices.Compact(r.known)
	i, _ := slices.BinarySearch(r.known, floor)
	r.known = r.known[i:]
	r.floor, r.ended, r.most = floor, floor == 0, min(2*r.most, mostRead)
	return nil
}
