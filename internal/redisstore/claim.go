package redisstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"verbale/bot"
)

// claiming is shared by the scripts that claim actions: lease assigns a due action to the
// owner and appends it to the script's reply.
const claiming = queueing + `
local claimed = {"claimed"}
local function lease(name, value, owner, stop)
  local fields, body = head(value)
  redis.call("ZREM", due(fields), name)
  fields[1], fields[7], fields[8] = "claimed", owner, stop
  value = table.concat(fields, "\t") .. body
  redis.call("HSET", actions, name, value)
  redis.call("ZADD", leased, stop, name)
  claimed[#claimed + 1] = name
  claimed[#claimed + 1] = value
end
`

// scriptClaim leases pending due actions of a mouth, oldest first. Queue members whose action
// no longer exists (deleted by hand) are removed from the queue.
//
//	KEYS  those of queueKeys
//	ARGV  mouth, owner, now, end of the lease, how many
//	gives {"claimed", key, value, key, value …}
var scriptClaim = newScript(claiming + `
local mouth, owner, now, stop, most = take(), take(), take(), take(), take()
for _, name in ipairs(redis.call("ZRANGEBYSCORE", dues[mouth], "-inf", now, "LIMIT", 0, most)) do
  local value = redis.call("HGET", actions, name)
  if value then lease(name, value, owner, stop) else redis.call("ZREM", dues[mouth], name) end
end
return claimed
`)

// Claim implements bot.Queue. Before it returns, the reference numbers of the actions'
// records are on the local disk, and on a replica if there is one; if that fails, the actions
// are given back and none is returned.
func (s *Store) Claim(ctx context.Context, mouth bot.Mouth, owner string, now time.Time, lease time.Duration, n int) ([]bot.Action, error) {
	attempt := "claim actions of the mouth " + string(mouth)
	if !slices.Contains(bot.Mouths(), mouth) {
		return nil, fmt.Errorf("%s: no such mouth", attempt)
	}
	var args arguments
	args.add(string(mouth), oneLine(owner), milliseconds(now), milliseconds(now.Add(lease)), strconv.Itoa(n))
	actions, err := s.release(ctx, owner, now, scriptCall{script: scriptClaim, keys: s.queueKeys(), args: args})
	return actions, wrapped(attempt, err)
}

// scriptClaimGroup leases pending actions of one rate group, oldest first: those that are
// due, those deferred only by the group's rate limit, and those bound to be sent together
// with others. Actions waiting in a lane are left out.
//
//	KEYS  those of queueKeys, group
//	ARGV  owner, now, end of the lease, how many
//	gives {"claimed", key, value, key, value …}
var scriptClaimGroup = newScript(claiming + `
local owner, now, stop, most = take(), tonumber(take()), take(), tonumber(take())
for _, name in ipairs(redis.call("ZRANGE", key(), 0, -1)) do
  if #claimed > 2 * most then break end
  local value = redis.call("HGET", actions, name)
  local fields = head(value or "\n")
  local together = (fields[10] or "") ~= "" and fields[10] ~= name
  local ready = together or fields[6] == "1" or (tonumber(fields[5]) or 0) <= now
  if fields[1] == "pending" and ready and redis.call("ZSCORE", due(fields), name) then
    lease(name, value, owner, stop)
  end
end
return claimed
`)

// ClaimGroup implements bot.Queue, with the guarantees of Claim.
func (s *Store) ClaimGroup(ctx context.Context, owner, group string, now time.Time, lease time.Duration, n int) ([]bot.Action, error) {
	var args arguments
	args.add(oneLine(owner), milliseconds(now), milliseconds(now.Add(lease)), strconv.Itoa(n))
	call := scriptCall{script: scriptClaimGroup, keys: s.queueKeys(s.keys.group(group)), args: args}
	actions, err := s.release(ctx, owner, now, call)
	return actions, wrapped("claim actions of one group", err)
}

// scriptBind records on claimed actions that they may have been sent, and as what.
//
//	KEYS  1 actions
//	ARGV  owner, what they are sent as ("" to undo), keys
//	gives {"ok"}, {"unknown"} or {"lost"}
var scriptBind = newScript(`
local actions, owner, as, names = key(), take(), take(), list()
local values = {}
for i, name in ipairs(names) do
  local value = redis.call("HGET", actions, name)
  if not value then return {"unknown"} end
  local fields, body = head(value)
  if fields[1] ~= "claimed" or fields[7] ~= owner then return {"lost"} end
  fields[10] = as
  values[i] = table.concat(fields, "\t") .. body
end
for i, name in ipairs(names) do redis.call("HSET", actions, name, values[i]) end
return {"ok"}
`)

// Bind implements bot.Queue.
func (s *Store) Bind(ctx context.Context, owner string, keys []string, as string) error {
	attempt := "bind actions to " + as
	var args arguments
	args.add(oneLine(owner), note(as))
	args.list(keys)
	reply, err := s.run(ctx, scriptBind, []string{s.keys.actions()}, args)
	if err != nil {
		return wrapped(attempt, err)
	}
	return wrapped(attempt, verdict(reply[0]))
}

// release runs a claiming script and makes sure that the reference numbers of the claimed
// actions are durable before the actions are performed.
func (s *Store) release(ctx context.Context, owner string, now time.Time, call scriptCall) ([]bot.Action, error) {
	node, err := s.node(ctx)
	if err != nil {
		return nil, err
	}
	conn := node.Conn()
	defer conn.Close()
	reply, err := run(ctx, conn, call.script, call.keys, call.args)
	if err != nil || len(reply) == 1 {
		return nil, err
	}
	actions, broken := s.readClaimed(ctx, owner, now, reply[1:])
	err = s.remember(actions)
	if err == nil {
		err = s.confirm(ctx, node, conn)
	}
	if err != nil {
		return nil, errors.Join(err, broken, s.giveBack(ctx, owner, now, actions))
	}
	return actions, broken
}

// readClaimed decodes claimed actions. An action that cannot be decoded is parked, so that it
// does not block the others.
func (s *Store) readClaimed(ctx context.Context, owner string, now time.Time, pairs []string) ([]bot.Action, error) {
	var actions []bot.Action
	var problems []error
	for i := 0; i+1 < len(pairs); i += 2 {
		action, err := s.takeAction(pairs[i], pairs[i+1])
		if err == nil {
			head, _ := splitAction(pairs[i+1]) // it was decoded above, so this cannot fail
			s.headers.keep(pairs[i], head)
			actions = append(actions, action)
			continue
		}
		s.log.Error("action cannot be decoded and is parked", "action", pairs[i], "error", err)
		if err := s.Park(ctx, owner, pairs[i], err.Error(), now); err != nil {
			problems = append(problems, err)
		}
	}
	return actions, errors.Join(problems...)
}

// takeAction decodes a claimed action. One that this process committed recently is taken from
// the cache and dropped there, since it is rarely claimed again.
func (s *Store) takeAction(key, value string) (bot.Action, error) {
	return unpackActionBy(key, value, func(body string) (storedAction, error) {
		if known, found := s.bodies.find(key, body); found {
			s.bodies.drop(key)
			return known, nil
		}
		return unpackBody(body)
	})
}

// remember stores the reference numbers of the actions' records on disk.
func (s *Store) remember(actions []bot.Action) error {
	highest := map[int]int{}
	for _, a := range actions {
		if year, number, err := s.parseReference(a.Reference); err == nil {
			highest[year] = max(highest[year], number)
		}
	}
	return s.usedNumbers.raise(highest)
}

// giveBack makes claimed actions due again without counting an attempt.
func (s *Store) giveBack(ctx context.Context, owner string, now time.Time, actions []bot.Action) error {
	var problems []error
	for _, a := range actions {
		problems = append(problems, s.settle(ctx, settlement{
			owner: owner, keys: []string{a.Key}, to: bot.ActionPending, at: now, deferred: "keep", note: "not released",
		}))
	}
	return errors.Join(problems...)
}

// scriptRecover gives back actions whose lease has expired, each at its place in its lane.
// The interrupted attempt counts, since nobody knows how far it got, and the action may have
// been performed: a deferred action would have been bound before that, and any other is bound
// to its own key.
//
//	KEYS  those of queueKeys
//	ARGV  now, how many at most
//	gives {"recovered", count}
var scriptRecover = newScript(queueing + `
local now, most = take(), take()
local count = 0
for _, name in ipairs(redis.call("ZRANGEBYSCORE", leased, "-inf", now, "LIMIT", 0, most)) do
  redis.call("ZREM", leased, name)
  local value = redis.call("HGET", actions, name)
  if value then
    local fields, body = head(value)
    fields[1], fields[4], fields[5], fields[7], fields[8] = "pending", tostring(tonumber(fields[4]) + 1), now, "", ""
    if fields[10] == "" and fields[6] ~= "1" then fields[10] = name end
    fields[11] = "lease ended before the outcome was noted"
    redis.call("HSET", actions, name, table.concat(fields, "\t") .. body)
    redis.call("ZADD", due(fields), now, name)
    count = count + 1
  end
end
return {"recovered", tostring(count)}
`)

// recoverAtOnce limits how many actions one run of scriptRecover handles; the next run takes
// the rest.
const recoverAtOnce = "500"

// Recover implements bot.Queue.
func (s *Store) Recover(ctx context.Context, now time.Time) (int, error) {
	var args arguments
	args.add(milliseconds(now), recoverAtOnce)
	reply, err := s.run(ctx, scriptRecover, s.queueKeys(), args)
	if err != nil {
		return 0, fmt.Errorf("recover actions: %w", err)
	}
	return strconv.Atoi(reply[1])
}
