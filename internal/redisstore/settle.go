package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// scriptSettle records the outcome of claimed actions: of all of them or, if one is not held
// by the owner, of none. Repeating the same settlement by the same owner changes nothing and
// is no error.
//
//	KEYS  those of queueKeys, parked, messages, then group, history and lane of each
//	ARGV  owner, new state, time (due again, or done), attempts to add, whether they are
//	      deferred by their group's rate limit ("1", "", or "keep"), result ("" to keep
//	      it), error text ("" to keep it), how many; then for each its key, history entry
//	      ("" for none), message field of the mail sent ("" for none)
//	gives {"ok"}, {"unknown"} or {"lost"}
var scriptSettle = newScript(queueing + `
local parked, messages = key(), key()
local owner, state, at, attempts = take(), take(), take(), take()
local deferred, result, cause = take(), take(), take()
local open = {}
for i = 1, tonumber(take()) do
  local a = {}
  a.group, a.history, a.lane = key(), key(), key()
  a.name, a.entry, a.sent = take(), take(), take()
  local value = redis.call("HGET", actions, a.name)
  if not value then return {"unknown"} end
  a.fields, a.body = head(value)
  if a.fields[7] ~= owner then return {"lost"} end
  if a.fields[1] == "claimed" then
    open[#open + 1] = a
  elseif a.fields[1] ~= state then
    return {"lost"}
  end
end

local settled = state ~= "pending"
for _, a in ipairs(open) do
  local fields, name = a.fields, a.name
  fields[1], fields[4], fields[8] = state, tostring(tonumber(fields[4]) + tonumber(attempts)), ""
  fields[settled and 9 or 5] = at
  if deferred ~= "keep" then fields[6] = deferred end
  if result ~= "" then fields[10] = result end
  if cause ~= "" then fields[11] = cause end
  redis.call("HSET", actions, name, table.concat(fields, "\t") .. a.body)
  redis.call("ZREM", leased, name)
  if settled then
    redis.call("ZREM", a.group, name)
    leave(name, fields, a.lane)
  else
    redis.call("ZADD", due(fields), at, name)
  end
  if state == "parked" then redis.call("ZADD", parked, at, name) end
  if a.entry ~= "" then redis.call("RPUSH", a.history, a.entry) end
  if a.sent ~= "" then redis.call("HSETNX", messages, a.sent, "sent\t" .. fields[2] .. "\t") end
end
return {"ok"}
`)

// A settlement is the outcome of claimed actions.
type settlement struct {
	owner    string
	keys     []string
	to       bot.ActionState
	at       time.Time // due again, or done
	attempts int       // to add
	deferred string    // as in scriptSettle
	result   string
	note     string // error text for the operator
	what     string // in the record's history; "" for no entry
	reason   string
	detail   string
	sent     string // message id of the mail that went out
}

// Complete implements bot.Queue. The result is the Message-ID that was sent; it is registered
// so that replies find the record, even if one mail stood for several actions.
func (s *Store) Complete(ctx context.Context, owner, key, result string, now time.Time) error {
	return s.CompleteAll(ctx, owner, []string{key}, result, now)
}

// CompleteAll implements bot.Queue like Complete.
func (s *Store) CompleteAll(ctx context.Context, owner string, keys []string, result string, now time.Time) error {
	return s.settle(ctx, settlement{
		owner: owner, keys: keys, to: bot.ActionDone, at: now, result: result,
		what: historyMailOut, detail: result, sent: result,
	})
}

// Skip implements bot.Queue.
func (s *Store) Skip(ctx context.Context, owner, key, reason string, now time.Time) error {
	return s.settle(ctx, settlement{
		owner: owner, keys: []string{key}, to: bot.ActionSkipped, at: now, result: reason,
		what: historySkipped, reason: reason,
	})
}

// Retry implements bot.Queue.
func (s *Store) Retry(ctx context.Context, owner, key, cause string, at time.Time) error {
	return s.settle(ctx, settlement{owner: owner, keys: []string{key}, to: bot.ActionPending, at: at, attempts: 1, deferred: "keep", note: cause})
}

// Defer implements bot.Queue.
func (s *Store) Defer(ctx context.Context, owner, key, reason string, at time.Time) error {
	return s.settle(ctx, settlement{owner: owner, keys: []string{key}, to: bot.ActionPending, at: at, deferred: flagDeferred, note: reason})
}

// Park implements bot.Queue.
func (s *Store) Park(ctx context.Context, owner, key, cause string, now time.Time) error {
	return s.settle(ctx, settlement{
		owner: owner, keys: []string{key}, to: bot.ActionParked, at: now, attempts: 1, note: cause,
		what: historyParked, reason: cause,
	})
}

// History entries about actions; their detail begins with the action's key.
const (
	historyMailOut = "mail_out"
	historySkipped = "skipped"
	historyParked  = "parked"
)

func (s *Store) settle(ctx context.Context, t settlement) error {
	attempt := fmt.Sprintf("note that action %s is %s", strings.Join(t.keys, ", "), t.to)
	k := s.keys
	keys, args := s.queueKeys(k.parked(), k.messages()), t.arguments()
	for _, key := range t.keys {
		head, err := s.headerOf(ctx, key)
		if err != nil {
			return wrapped(attempt, err)
		}
		keys = append(keys, k.group(head[headGroup]), k.history(head[headReference]), k.lane(head[headLane]))
		if err := t.of(&args, key, head); err != nil {
			return wrapped(attempt, err)
		}
	}
	reply, err := s.run(ctx, scriptSettle, keys, args)
	if err != nil {
		return wrapped(attempt, err)
	}
	return wrapped(attempt, verdict(reply[0]))
}

// arguments builds the ARGV of scriptSettle that all actions share.
func (t settlement) arguments() (args arguments) {
	args.add(oneLine(t.owner), string(t.to), milliseconds(t.at), fmt.Sprint(t.attempts), t.deferred, note(t.result), note(t.note))
	args.add(strconv.Itoa(len(t.keys)))
	return args
}

// of adds the arguments of one action. For actions other than mail, only parking is entered
// into the record's history, since the others leave their traces in Slack or in the records.
func (t settlement) of(args *arguments, key string, head []string) error {
	args.add(key)
	mail := bot.Mouth(head[headMouth]) == bot.MouthMail
	if !mail && t.to != bot.ActionParked {
		t.what = ""
	}
	entry, err := t.entry(key, head[headReference])
	args.bytes(entry)
	if t.sent != "" && mail {
		args.add(messageField(t.sent))
	} else {
		args.add("")
	}
	return err
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

// entry returns the entry for the record's history, nil for none.
func (t settlement) entry(key, reference string) ([]byte, error) {
	if t.what == "" || reference == "" {
		return nil, nil
	}
	detail := key
	if t.detail != "" {
		detail += " " + t.detail
	}
	return packHistory(intake.HistoryEntry{
		At: t.at, Actor: intake.ActorBot, What: t.what, Reason: note(t.reason), Detail: note(detail),
	})
}

// actionHead returns the header line of an action. Its reference, group, mouth and lane never
// change, so they may be read before a script runs.
func (s *Store) actionHead(ctx context.Context, key string) ([]string, error) {
	value, err := s.client.HGet(ctx, s.keys.actions(), key).Result()
	if err != nil {
		return nil, missing(err)
	}
	return splitAction(value)
}

// scriptUnpark makes a parked action due now, or the last in its lane.
//
//	KEYS  those of queueKeys, parked, group, lane
//	ARGV  key, now
//	gives {"ok"} or {"unknown"}
var scriptUnpark = newScript(queueing + `
local parked, group, lane = key(), key(), key()
local name, now = take(), take()
local value = redis.call("HGET", actions, name)
if not value then return {"unknown"} end
local fields, body = head(value)
if fields[1] ~= "parked" then return {"unknown"} end
fields[1], fields[4], fields[5], fields[6] = "pending", "0", now, ""
fields[7], fields[8], fields[9] = "", "", ""
redis.call("ZREM", parked, name)
redis.call("HSET", actions, name, table.concat(fields, "\t") .. body)
if fields[3] ~= "" then redis.call("ZADD", group, now, name) end
enqueue(name, fields, lane)
return {"ok"}
`)

// Unpark implements bot.Queue. It returns bot.ErrNotFound for an action that is not parked.
func (s *Store) Unpark(ctx context.Context, key string, now time.Time) error {
	attempt := "unpark action " + key
	head, err := s.actionHead(ctx, key)
	if err != nil {
		return wrapped(attempt, err)
	}
	var args arguments
	args.add(key, milliseconds(now))
	keys := s.queueKeys(s.keys.parked(), s.keys.group(head[headGroup]), s.keys.lane(head[headLane]))
	reply, err := s.run(ctx, scriptUnpark, keys, args)
	if err != nil {
		return wrapped(attempt, err)
	}
	return wrapped(attempt, verdict(reply[0]))
}

// Parked implements bot.Queue. A limit of 0 means no limit.
func (s *Store) Parked(ctx context.Context, limit int) ([]bot.Action, error) {
	keys, err := s.client.ZRange(ctx, s.keys.parked(), 0, int64(limit)-1).Result()
	if err != nil {
		return nil, fmt.Errorf("list parked actions: %w", failure(err))
	}
	return s.readActions(ctx, keys)
}
