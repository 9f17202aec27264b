package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// scriptCommit applies changes in order, up to the first that is refused; nothing of a
// refused change is written. A change that was seen before does not stop the batch. But if it
// would have written a record, later changes may have been decided on the basis of that
// record, so the next change that was not seen is refused as stale.
//
// KEYS and ARGV begin with those of queueKeys and the number of changes; then, for each
// change, follow those of commitCall's parts in order.
//
//	gives {number of answers, answers, owner, open records of the owner, owner, open
//	      records …}, where an answer is, separated by tabs: "ok"; "seen", outcome,
//	      reference, revision, "again" if this place is already known; "renumber", next
//	      number; "stale", current revision ("" if there is no record); "absent". Owners
//	      follow only if there was an "ok".
var scriptCommit = newScript(queueing + filing + `
local function commit(foretold)
  local once, onceFor = key(), take()
  local messages, folder, totals = key(), key(), key()
  local field, mark, outcome, uid, gone = take(), take(), take(), take(), take()
  local numbers, record, letterKey, history, openByOwner = key(), key(), key(), key(), key()
  local reference, year, number, out, expected = take(), take(), take(), take(), take()
  local owner, document, letter = take(), take(), take()
  local wakes, wakeAt = key(), take()
  local places = filed()
  local setAside, setAsideIndex, toConfirm, asideLetter, asideLetterMarked = key(), key(), key(), key(), key()
  local aside, second, asks, asideText, asideFor = take(), take(), take(), take(), take()
  local takenFolder, takenLetter = key(), key()
  local taken, takenSecond, takenOutcome, takenUID = take(), take(), take(), take()
  local dismissed, dismissedSecond, settled = take(), take(), take()
  local entries, proposed = list(), {}
  for i = 1, tonumber(take()) do
    proposed[i] = {of = key(), group = key(), lane = key(), name = take(), sent = take(), value = take()}
  end

  if onceFor ~= "" then
    local known = redis.call("GET", once)
    if known then
      local was = split(known)
      redis.call("EXPIRE", once, onceFor) -- replicas confirm no more than what was written
      return {"seen", "", was[1], was[2], ""}, expected ~= ""
    end
  end
  if field ~= "" then
    local known = redis.call("HGET", messages, field)
    if known and split(known)[3] ~= mark then
      field, asideLetter = field .. "\t" .. mark, asideLetterMarked
      known = redis.call("HGET", messages, field)
    end
    known = known or redis.call("HGET", messages, gone)
    if known then
      local was, again = split(known), ""
      if uid ~= "" and redis.call("HSETNX", folder, uid, was[1] .. "\t" .. was[2] .. "\trepeat") == 0 then
        again = "again"
      end
      return {"seen", was[1], was[2], "0", again}, expected ~= ""
    end
  end
  if foretold then return {"stale", ""} end
  if year ~= "" then
    local last = tonumber(redis.call("HGET", numbers, year) or "0")
    if last < tonumber(out) then last = tonumber(out) end
    if tonumber(number) ~= last + 1 then return {"renumber", string.format("%d", last + 1)} end
  end
  local old = nil
  if expected ~= "" and expected ~= "0" then
    local value = redis.call("GET", record)
    if not value then return {"stale", ""} end
    old = head(value)
    if old[2] ~= expected then return {"stale", old[2]} end
  end
  for _, named in ipairs({taken, dismissed}) do
    if named ~= "" and redis.call("HEXISTS", setAside, named) == 0 then return {"absent"} end
  end

  if onceFor ~= "" then
    local revision = string.format("%d", expected == "" and 0 or tonumber(expected) + 1)
    redis.call("SET", once, reference .. "\t" .. revision, "EX", onceFor)
  end
  if field ~= "" then
    redis.call("HSET", messages, field, outcome .. "\t" .. reference .. "\t" .. mark)
    redis.call("HINCRBY", totals, outcome, 1)
    if uid ~= "" then redis.call("HSET", folder, uid, outcome .. "\t" .. reference .. "\t") end
  end
  if year ~= "" then redis.call("HSET", numbers, year, number) end
  if expected ~= "" then
    redis.call("SET", record, document)
    if letter ~= "" then redis.call("SET", letterKey, letter) end
    if wakeAt ~= "" then redis.call("ZADD", wakes, wakeAt, reference) else redis.call("ZREM", wakes, reference) end
    file(places, old)
    local oldOwner = old and old[3] or ""
    if oldOwner ~= owner then
      if owner ~= "" then redis.call("HINCRBY", openByOwner, owner, 1) end
      if oldOwner ~= "" and redis.call("HINCRBY", openByOwner, oldOwner, -1) <= 0 then
        redis.call("HDEL", openByOwner, oldOwner)
      end
    end
  end
  if aside ~= "" then
    redis.call("HSET", setAside, field, aside)
    redis.call("ZADD", setAsideIndex, 0, second .. "/" .. field)
    if asks ~= "" then redis.call("ZADD", toConfirm, 0, second .. "/" .. field) end
    if asideText ~= "" then redis.call("SET", asideLetter, asideText, "EX", asideFor) end
  end
  if taken ~= "" then
    local was = split(redis.call("HGET", messages, taken) or "")
    redis.call("HSET", messages, taken, takenOutcome .. "\t" .. reference .. "\t" .. (was[3] or ""))
    redis.call("HINCRBY", totals, "set_aside", -1)
    redis.call("HINCRBY", totals, takenOutcome, 1)
    if takenUID ~= "" then redis.call("HSET", takenFolder, takenUID, takenOutcome .. "\t" .. reference .. "\t") end
    redis.call("HDEL", setAside, taken)
    redis.call("ZREM", setAsideIndex, takenSecond .. "/" .. taken)
    redis.call("ZREM", toConfirm, takenSecond .. "/" .. taken)
    redis.call("DEL", takenLetter)
  end
  if dismissed ~= "" then
    redis.call("HSET", setAside, dismissed, settled)
    redis.call("ZREM", toConfirm, dismissedSecond .. "/" .. dismissed)
  end

  for _, entry in ipairs(entries) do redis.call("RPUSH", history, entry) end
  for _, a in ipairs(proposed) do
    if redis.call("HSETNX", actions, a.name, a.value) == 1 then
      local fields = head(a.value)
      if fields[2] ~= "" then redis.call("RPUSH", a.of, a.name) end
      if fields[1] == "pending" then
        if fields[3] ~= "" then redis.call("ZADD", a.group, moment(fields), a.name) end
        enqueue(a.name, fields, a.lane)
      end
      if a.sent ~= "" then redis.call("HSETNX", messages, a.sent, "sent\t" .. fields[2] .. "\t") end
    end
  end
  return {"ok"}
end

local answers, told, foretold, openByOwner = {"0"}, false, false, key()
for i = 1, tonumber(take()) do
  local said, unwritten = commit(foretold)
  foretold = foretold or unwritten
  answers[i + 1] = table.concat(said, "\t")
  told = told or said[1] == "ok"
  if said[1] ~= "ok" and said[1] ~= "seen" then break end
end
answers[1] = tostring(#answers - 1)
if told then
  for _, value in ipairs(redis.call("HGETALL", openByOwner)) do answers[#answers + 1] = value end
end
return answers
`)

// Commit implements bot.Store.
func (s *Store) Commit(ctx context.Context, c bot.Change) (bot.Committed, error) {
	done, err := s.CommitAll(ctx, []bot.Change{c})
	if err != nil {
		return bot.Committed{}, err
	}
	return done[0], nil
}

// CommitAll implements bot.Store in one round trip, so that Redis syncs its append-only file
// once for all changes.
func (s *Store) CommitAll(ctx context.Context, changes []bot.Change) ([]bot.Committed, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	call, err := s.commitCall(ctx, changes)
	if err != nil {
		return nil, err
	}
	reply, err := s.runCommit(ctx, call)
	if err != nil {
		return nil, wrapped("commit "+changeNames(changes), err)
	}
	done, err := s.outcomes(changes, reply)
	for i, d := range done {
		if !d.Seen {
			call.committed(i)
		}
	}
	return done, err
}

// outcomes parses the reply of scriptCommit.
func (s *Store) outcomes(changes []bot.Change, reply []string) (done []bot.Committed, err error) {
	answers, open, err := splitAnswers(reply)
	if err != nil {
		return nil, wrapped("commit "+changeNames(changes), err)
	}
	for i, answer := range answers {
		one, refused := s.outcome(changes[i], answer)
		if err = refused; err != nil {
			break
		}
		done = append(done, one)
	}
	s.learn(changes, done, open)
	return done, err
}

func splitAnswers(reply []string) (answers [][]string, open []string, err error) {
	n, err := strconv.Atoi(reply[0])
	if err != nil || n >= len(reply) {
		return nil, nil, fmt.Errorf("the answer has %d lines and begins with %q", len(reply), reply[0])
	}
	return each(reply[1:1+n], func(line string) []string { return strings.Split(line, "\t") }), reply[1+n:], nil
}

// outcome parses the answer to one change.
func (s *Store) outcome(c bot.Change, answer []string) (done bot.Committed, err error) {
	attempt := "commit " + changeName(c)
	switch answer[0] {
	case "seen":
		done.Seen, done.Outcome, done.Reference, done.Again = true, bot.ArrivalOutcome(answer[1]), answer[2], answer[4] != ""
		done.Revision, err = strconv.ParseInt(answer[3], 10, 64)
		return done, wrapped(attempt, err)
	case "renumber":
		s.correct(c.Record, answer[1])
		return done, fmt.Errorf("%s: the next number is %s: %w", attempt, answer[1], bot.ErrRenumber)
	case "stale":
		return done, fmt.Errorf("%s, now at revision %q: %w", attempt, answer[1], bot.ErrStale)
	case "absent":
		return done, fmt.Errorf("%s: the message is not set aside: %w", attempt, bot.ErrNotFound)
	}
	if c.Arrival != nil {
		done.Outcome = c.Arrival.Outcome
	}
	if c.Record != nil {
		done.Reference, done.Revision = c.Record.Reference, c.Record.Revision+1
	}
	return done, nil
}

// runCommit waits for a replica, if there is one, to confirm changes ordered by a user: the
// user is told that the order was carried out, and unlike an e-mail it cannot be read again.
func (s *Store) runCommit(ctx context.Context, call *commitCall) ([]string, error) {
	if !call.ordered {
		return s.run(ctx, scriptCommit, call.keys, call.args)
	}
	node, err := s.node(ctx)
	if err != nil {
		return nil, err
	}
	conn := node.Conn()
	defer conn.Close()
	reply, err := run(ctx, conn, scriptCommit, call.keys, call.args)
	if err != nil {
		return nil, err
	}
	return reply, s.confirm(ctx, node, conn)
}

// learn caches what the commits of records reported about the office: the last numbers
// assigned and the open records by owner. If it cannot be parsed, the cache is dropped and
// Redis is asked again.
func (s *Store) learn(changes []bot.Change, done []bot.Committed, pairs []string) {
	last, records := map[int]int{}, false
	for i, d := range done {
		r := changes[i].Record
		if d.Seen || r == nil {
			continue
		}
		records = true
		if r.Revision == 0 {
			year, number, _ := s.parseReference(r.Reference) // parsed before the commit
			last[year] = max(last[year], number)
		}
	}
	if !records {
		return
	}
	open := make(map[string]int, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		n, err := strconv.Atoi(pairs[i+1])
		if err != nil {
			s.latest.forget()
			return
		}
		open[pairs[i]] = n
	}
	s.latest.told(last, open)
}

// correct caches the next number as reported by the refusal of a new record.
func (s *Store) correct(r *intake.Record, next string) {
	year, _, _ := s.parseReference(r.Reference) // parsed before the commit
	number, err := strconv.Atoi(next)
	if err != nil {
		s.latest.forget()
		return
	}
	s.latest.refused(year, number)
}

// changeNames describes changes that are committed together, for errors.
func changeNames(changes []bot.Change) string {
	if len(changes) == 1 {
		return changeName(changes[0])
	}
	return fmt.Sprintf("%d changes, the first %s", len(changes), changeName(changes[0]))
}

// changeName describes a change in errors without revealing its content.
func changeName(c bot.Change) string {
	if c.Record != nil {
		return fmt.Sprintf("%s at revision %d", c.Record.Reference, c.Record.Revision)
	}
	return "a message without record"
}
