package redisstore

import (
	"verbale/bot"
)

// queueing is shared by all scripts that move actions. Where a lane is named,
// its first action alone is due or in somebody's hands; the others wait until
// it is settled.
//
//   - due is the set in which an action waits for its time.
//   - advance makes the first of a lane due unless it is in somebody's hands.
//     What has been removed by hand holds up nothing.
//   - enqueue puts a pending action into due, or at the end of its lane.
//   - leave takes a settled action out of its lane.
//
// KEYS  those of queueKeys, first
const queueing = `
local actions, leased, lined = key(), key(), key()
local dues = {mail = key(), slack = key(), house = key()}
local function due(fields) return dues[fields[12] or "mail"] end
local function laned(fields) return (fields[13] or "") ~= "" end
local function moment(fields) return fields[5] ~= "" and fields[5] or "0" end
local function advance(lane)
  local first = redis.call("LINDEX", lane, 0)
  while first do
    redis.call("ZREM", lined, first)
    local value = redis.call("HGET", actions, first)
    if value then
      local fields = head(value)
      if fields[1] == "pending" then redis.call("ZADD", due(fields), moment(fields), first) end
      return
    end
    redis.call("LPOP", lane)
    first = redis.call("LINDEX", lane, 0)
  end
end
local function enqueue(name, fields, lane)
  if not laned(fields) then
    redis.call("ZADD", due(fields), moment(fields), name)
    return
  end
  redis.call("RPUSH", lane, name)
  redis.call("ZADD", lined, moment(fields), name)
  advance(lane)
end
local function leave(name, fields, lane)
  if not laned(fields) then return end
  redis.call("LREM", lane, 1, name)
  advance(lane)
end
`

// queueKeys are the first KEYS of every script that begins with queueing.
func (s *Store) queueKeys(more ...string) []string {
	k := s.keys
	keys := []string{k.actions(), k.leased(), k.lined(), k.due(bot.MouthMail), k.due(bot.MouthSlack), k.due(bot.MouthHouse)}
	return append(keys, more...)
}
