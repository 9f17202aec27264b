package redisstore

import (
	"context"
	"fmt"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// scriptSettle notes what came of a claimed action. Repeating the same
// settlement by the same owner changes nothing and is no error.
//
//	KEYS  1 actions, 2 due, 3 leased, 4 parked, 5 group, 6 history, 7 messages
//	ARGV  key, owner, new state, moment (due again, or done), attempts to add,
//	      whether it waits for its group alone ("1", "", or "keep"), result
//	      ("" to keep it), operator's text ("" to keep it), history entry (""
//	      for none), message field of the mail sent ("" for none)
//	gives {"ok"}, {"unknown"} or {"lost"}
var scriptSettle = newScript(`
local key, owner, state, at, attempts = take(), take(), take(), take(), take()
local deferred, result, cause, entry, sent = take(), take(), take(), take(), take()
local value = redis.call("HGET", KEYS[1], key)
if not value then return {"unknown"} end
local fields, body = head(value)
if fields[7] ~= owner then return {"lost"} end
if fields[1] ~= "claimed" then
  if fields[1] == state then return {"ok"} end
  return {"lost"}
end

fields[1], fields[4], fields[8] = state, tostring(tonumber(fields[4]) + tonumber(attempts)), ""
if deferred ~= "keep" then fields[6] = deferred end
if result ~= "" then fields[10] = result end
if cause ~= "" then fields[11] = cause end
redis.call("ZREM", KEYS[3], key)
if state == "pending" then
  fields[5] = at
  redis.call("ZADD", KEYS[2], at, key)
else
  fields[9] = at
  redis.call("ZREM", KEYS[5], key)
end
if state == "parked" then redis.call("ZADD", KEYS[4], at, key) end
redis.call("HSET", KEYS[1], key, table.concat(fields, "\t") .. body)
if entry ~= "" then redis.call("RPUSH", KEYS[6], entry) end
if sent ~= "" then redis.call("HSETNX", KEYS[7], sent, "sent\t" .. fields[2] .. "\t") end
return {"ok"}
`)

// A settlement is what came of a claimed action.
type settlement struct {
	owner, key string
	to         bot.ActionState
	at         time.Time // due again, or done
	attempts   int       // to add
	deferred   string    // as in scriptSettle
	result     string
	note       string // the operator's text
	what       string // in the record's history; "" for no entry
	reason     string
	detail     string
	sent       string // message id of the mail that went out
}

// Complete implements bot.Queue. The result is the Message-ID that was sent:
// an answer to it finds the record, even where one mail stood for several.
func (s *Store) Complete(ctx context.Context, owner, key, result string, now time.Time) error {
	return s.settle(ctx, settlement{
		owner: owner, key: key, to: bot.ActionDone, at: now, result: result,
		what: historyMailOut, detail: result, sent: result,
	})
}

// Skip implements bot.Queue.
func (s *Store) Skip(ctx context.Context, owner, key, reason string, now time.Time) error {
	return s.settle(ctx, settlement{
		owner: owner, key: key, to: bot.ActionSkipped, at: now, result: reason,
		what: historySkipped, reason: reason,
	})
}

// Retry implements bot.Queue.
func (s *Store) Retry(ctx context.Context, owner, key, cause string, at time.Time) error {
	return s.settle(ctx, settlement{owner: owner, key: key, to: bot.ActionPending, at: at, attempts: 1, deferred: "keep", note: cause})
}

// Defer implements bot.Queue.
func (s *Store) Defer(ctx context.Context, owner, key, reason string, at time.Time) error {
	return s.settle(ctx, settlement{owner: owner, key: key, to: bot.ActionPending, at: at, deferred: flagDeferred, note: reason})
}

// Park implements bot.Queue.
func (s *Store) Park(ctx context.Context, owner, key, cause string, now time.Time) error {
	return s.settle(ctx, settlement{
		owner: owner, key: key, to: bot.ActionParked, at: now, attempts: 1, note: cause,
		what: historyParked, reason: cause,
	})
}

// What the history says of actions; the detail begins with the action's key.
const (
	historyMailOut = "mail_out"
	historySkipped = "skipped"
	historyParked  = "parked"
)

func (s *Store) settle(ctx context.Context, t settlement) error {
	attempt := fmt.Sprintf("note that action %s is %s", t.key, t.to)
	head, err := s.actionHead(ctx, t.key)
	if err != nil {
		return wrapped(attempt, err)
	}
	entry, err := t.entry(head[headReference])
	if err != nil {
		return wrapped(attempt, err)
	}
	sent := ""
	if t.sent != "" {
		sent = messageField(t.sent)
	}
	var args arguments
	args.add(t.key, oneLine(t.owner), string(t.to), milliseconds(t.at), fmt.Sprint(t.attempts), t.deferred, note(t.result), note(t.note))
	args.bytes(entry)
	args.add(sent)
	k := s.keys
	keys := []string{k.actions(), k.due(), k.leased(), k.parked(), k.group(head[headGroup]), k.history(head[headReference]), k.messages()}
	reply, err := run(ctx, s.client, scriptSettle, keys, args)
	if err != nil {
		return wrapped(attempt, err)
	}
	return wrapped(attempt, verdict(reply[0]))
}

func verdict(answer string) error {
	switch answer {
	case "unknown":
		return bot.ErrNotFound
	case "lost":
		return bot.ErrLeaseLost
	}
	return nil
}

// entry is the line in the record's history, nil for none.
func (t settlement) entry(reference string) ([]byte, error) {
	if t.what == "" || reference == "" {
		return nil, nil
	}
	detail := t.key
	if t.detail != "" {
		detail += " " + t.detail
	}
	return packHistory(intake.HistoryEntry{
		At: t.at, Actor: intake.ActorBot, What: t.what, Reason: note(t.reason), Detail: note(detail),
	})
}

// actionHead reads the fields of an action's header line. Its reference and
// group never change, so they may be read ahead of a script.
func (s *Store) actionHead(ctx context.Context, key string) ([]string, error) {
	value, err := s.client.HGet(ctx, s.keys.actions(), key).Result()
	if err != nil {
		return nil, missing(err)
	}
	return splitAction(value)
}

// scriptUnpark makes a parked action due now.
//
//	KEYS  1 actions, 2 due, 3 parked, 4 group
//	ARGV  key, now, rate group ("" for none)
//	gives {"ok"} or {"unknown"}
var scriptUnpark = newScript(`
local key, now, group = take(), take(), take()
local value = redis.call("HGET", KEYS[1], key)
if not value then return {"unknown"} end
local fields, body = head(value)
if fields[1] ~= "parked" then return {"unknown"} end
fields[1], fields[4], fields[5], fields[6] = "pending", "0", now, ""
fields[7], fields[8], fields[9] = "", "", ""
redis.call("ZREM", KEYS[3], key)
redis.call("ZADD", KEYS[2], now, key)
if group ~= "" then redis.call("ZADD", KEYS[4], now, key) end
redis.call("HSET", KEYS[1], key, table.concat(fields, "\t") .. body)
return {"ok"}
`)

// Unpark implements bot.Queue. An action that is not parked is not found.
func (s *Store) Unpark(ctx context.Context, key string, now time.Time) error {
	attempt := "unpark action " + key
	head, err := s.actionHead(ctx, key)
	if err != nil {
		return wrapped(attempt, err)
	}
	var args arguments
	args.add(key, milliseconds(now), head[headGroup])
	keys := []string{s.keys.actions(), s.keys.due(), s.keys.parked(), s.keys.group(head[headGroup])}
	reply, err := run(ctx, s.client, scriptUnpark, keys, args)
	if err != nil {
		return wrapped(attempt, err)
	}
	return wrapped(attempt, verdict(reply[0]))
}

// Parked implements bot.Queue. A limit of 0 is none.
func (s *Store) Parked(ctx context.Context, limit int) ([]bot.Action, error) {
	keys, err := s.client.ZRange(ctx, s.keys.parked(), 0, int64(limit)-1).Result()
	if err != nil {
		return nil, fmt.Errorf("list parked actions: %w", failure(err))
	}
	return s.readActions(ctx, keys)
}
