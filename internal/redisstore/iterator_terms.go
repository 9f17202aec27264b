package redisstore

import (
	"context"
	"fmt"
	"strconv"
)

// A termsIterator iterates over the records that have several terms, along the rarest of these.
type termsIterator struct {
	store    *Store
	terms    []string
	from, to string
}

// scriptAlong walks the records along the rarest of several terms, newest first. The rarest
// term may differ from call to call, since every match has all of them.
//
//	KEYS  index
//	ARGV  from, to ("" for the newest), how many to examine, terms
//	gives {how many were examined, the last of them, stamps of those that have all terms}
var scriptAlong = newScript(`
local index, from, to, most, terms = key(), take(), take(), take(), list()
local along, fewest = terms[1], nil
for _, term in ipairs(terms) do
  local count = redis.call("ZLEXCOUNT", index, "[" .. term .. "/", "(" .. term .. "0")
  if not fewest or count < fewest then along, fewest = term, count end
end
local stop = to == "" and along .. "0" or along .. "/" .. to
local stamps = redis.call("ZREVRANGEBYLEX", index, "(" .. stop, "[" .. along .. "/" .. from, "LIMIT", 0, most)
for i, member in ipairs(stamps) do stamps[i] = string.sub(member, #along + 2) end
local found = {tostring(#stamps), stamps[#stamps] or ""}
for _, term in ipairs(#stamps > 0 and terms or {}) do
  if term ~= along then
    local members = {}
    for i, stamp in ipairs(stamps) do members[i] = term .. "/" .. stamp end
    local kept, scores = {}, redis.call("ZMSCORE", index, unpack(members))
    for i, stamp in ipairs(stamps) do
      if scores[i] then kept[#kept + 1] = stamp end
    end
    stamps = kept
    if #stamps == 0 then break end
  end
end
for _, stamp in ipairs(stamps) do found[#found + 1] = stamp end
return found
`)

func (t *termsIterator) next(ctx context.Context, n int) ([]string, bool, error) {
	var args arguments
	args.add(t.from, t.to, strconv.Itoa(n))
	args.list(t.terms)
	reply, err := t.store.ask(ctx, scriptAlong, []string{t.store.keys.index()}, args)
	if err != nil {
		return nil, false, fmt.Errorf("read the index along %d terms: %w", len(t.terms), err)
	}
	passed, err := strconv.Atoi(reply[0])
	if err != nil {
		return nil, false, fmt.Errorf("read the index along %d terms: count %q is not a number", len(t.terms), reply[0])
	}
	t.to = reply[1]
	return reply[2:], passed < n, nil
}
