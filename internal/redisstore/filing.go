package redisstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"

	"verbale/intake"
)

// listing is shared by the scripts that work on word lists, which hold entries of eight
// bytes, oldest first. Redis's Lua compares strings by the collation of the locale, so
// entries are compared as two numbers each.
//
//   - place returns how many entries of a list come before a given one.
//   - append adds an entry that is known to come after all others; enter adds one that may
//     belong before others or be present already. Both report whether the list is new.
const listing = `
local function halves(entry)
  local a, b, c, d, e, f, g, h = string.byte(entry, 1, 8)
  return ((a * 256 + b) * 256 + c) * 256 + d, ((e * 256 + f) * 256 + g) * 256 + h
end
local function before(a, b)
  local high, low = halves(a)
  local above, below = halves(b)
  return high < above or high == above and low < below
end
local function at(words, i) return redis.call("GETRANGE", words, 8 * i, 8 * i + 7) end
local function place(words, entry)
  local low, high = 0, redis.call("STRLEN", words) / 8
  if high == 0 or before(at(words, high - 1), entry) then return high end
  while low < high do
    local middle = math.floor((low + high) / 2)
    if before(at(words, middle), entry) then low = middle + 1 else high = middle end
  end
  return low
end
local function append(words, entry) return redis.call("APPEND", words, entry) == 8 end
local function enter(words, entry)
  local last = redis.call("GETRANGE", words, -8, -1)
  if last == "" or before(last, entry) then return append(words, entry) end
  local n = place(words, entry)
  local rest = redis.call("GETRANGE", words, 8 * n, -1)
  if string.sub(rest, 1, 8) ~= entry then redis.call("SETRANGE", words, 8 * n, entry .. rest) end
  return false
end
`

// filing is shared by the scripts that index a record. filed reads what filedRecord.call
// writes. file removes the terms of the old header line (nil for a new record) and adds the
// current ones. If the record's words have changed, the new ones are added and the old ones
// are left, since the record itself is checked in the end. A new record is usually the latest
// one; its entry then comes last in every list and is appended without reading the lists.
const filing = listing + `
local function filed()
  local r = {index = key(), vocabulary = key(), stamp = take(), terms = list(), mark = take(), entry = take(), words = list(), lists = {}}
  for i = 1, #r.words do r.lists[i] = key() end
  return r
end
local function file(r, old)
  local marked = old and old[1] ~= "1"
  if old then
    for i = marked and 6 or 5, #old do redis.call("ZREM", r.index, old[i] .. "/" .. old[4]) end
  end
  for _, term in ipairs(r.terms) do redis.call("ZADD", r.index, 0, term .. "/" .. r.stamp) end
  if marked and old[5] == r.mark then return end
  local latest = not old and redis.call("ZLEXCOUNT", r.index, "(` + termAll + `/" .. r.stamp, "(` + termAll + `0") == 0
  local add = latest and append or enter
  for i, word in ipairs(r.words) do
    if add(r.lists[i], r.entry) then redis.call("ZADD", r.vocabulary, 0, word) end
  end
end
`

// A filedRecord holds the index terms and words of a record, and its header line at a
// revision.
type filedRecord struct {
	stamp  string
	terms  []string
	words  []string // names of its word lists
	entry  entry
	header string
}

func (s *Store) filed(r *intake.Record, revision int64) (filedRecord, error) {
	f := filedRecord{stamp: stamp(r), terms: recordTerms(r), words: filedUnder(s.recordWords(r))}
	var err error
	f.entry, err = s.entryOf(f.stamp)
	f.header = recordHeader(r, revision, f.terms, wordsMark(f.words))
	return f, err
}

// call builds the KEYS and ARGV that the Lua function filed reads.
func (f filedRecord) call(k keys) (names []string, args arguments) {
	names = append(names, k.index(), k.vocabulary())
	args.add(f.stamp)
	args.list(f.terms)
	args.add(wordsMark(f.words))
	args.bytes(f.entry.written())
	args.list(f.words)
	return append(names, each(f.words, k.word)...), args
}

// scriptRefile rewrites a record's header line and index entries in the current format.
//
//	KEYS  record, then as filed reads them
//	ARGV  revision, header line, then as filed reads them
//	gives {"refiled"}, or {"changed"} if the record was changed meanwhile or is up to date
var scriptRefile = newScript(filing + `
local record, revision, header = key(), take(), take()
local r = filed()
local value = redis.call("GET", record)
if not value then return {"changed"} end
local old, body = head(value)
if old[2] ~= revision or table.concat(old, "\t") .. "\n" == header then return {"changed"} end
file(r, old)
redis.call("SET", record, string.sub(header, 1, -2) .. body)
return {"refiled"}
`)

// Format versions of the indexes; a new one must come with the code that reindexes the
// affected records. Version 2 lacked the term for the open records of an owner.
const (
	indexForm       = "3"
	indexFormOfOpen = "2"
)

// refile indexes the records of an older version of this program. It may be interrupted, and
// may run in several processes at once.
func (s *Store) refile(ctx context.Context) error {
	form, err := s.client.Get(ctx, s.keys.indexForm()).Result()
	if err != nil && err != redis.Nil {
		return fmt.Errorf("read the format version of the indexes: %w", failure(err))
	}
	along := &termIterator{store: s, along: termAll}
	switch form {
	case indexForm:
		return nil
	case indexFormOfOpen:
		along.along = termOpen
	}
	for ended := false; !ended; {
		stamps, last, err := along.next(ctx, maxLimit)
		if err != nil {
			return err
		}
		if err := s.refileAll(ctx, stamps); err != nil {
			return err
		}
		ended = last
	}
	return wrapped("store the format version of the indexes", failure(s.client.Set(ctx, s.keys.indexForm(), indexForm, 0).Err()))
}

func (s *Store) refileAll(ctx context.Context, stamps []string) error {
	records, err := s.loadAll(ctx, stamps)
	if err != nil {
		return err
	}
	for _, r := range records {
		if r == nil {
			continue
		}
		f, err := s.filed(r, r.Revision)
		if err != nil {
			return fmt.Errorf("refile %s: %w", r.Reference, err)
		}
		names, rest := f.call(s.keys)
		var args arguments
		args.add(fmt.Sprint(r.Revision), f.header)
		if _, err := s.run(ctx, scriptRefile, append([]string{s.keys.record(r.Reference)}, names...), append(args, rest...)); err != nil {
			return fmt.Errorf("refile %s: %w", r.Reference, err)
		}
	}
	if len(records) > 0 {
		s.log.Info("records of an older version were reindexed", "records", len(records), "down to", strings.TrimPrefix(stamps[len(stamps)-1], "0"))
	}
	return nil
}
