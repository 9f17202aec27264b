package redisstore

import (
	"verbale/bot"
)

// queueing is shared by all scripts that move actions. In a lane, only the first action can
// be due or claimed; the others wait until it is settled.
//
//   - due returns the queue in which a pending action waits for its due time.
//   - advance makes the first action of a lane due unless it is claimed. Entries whose action
//     was deleted by hand are removed.
//   - enqueue adds a pending action to its queue, or to the end of its lane.
//   - leave removes a settled action from its lane.
//
// KEYS begin with those of queueKeys.
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

// queueKeys returns the KEYS of a script that begins with queueing, followed by more.
func (s *Store) queueKeys(more ...string) []string {
	k := s.keys
	keys := []string{k.actions(), k.leased(), k.lined(), k.due(bot.MouthMail), k.due(bot.MouthSlack), k.due(bot.MouthInternal)}
	return append(keys, more...)
}
