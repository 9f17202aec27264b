package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// scriptTakeRate counts one mail to a rate group, unless its limit for the window is used up.
//
//	KEYS  1 rate
//	ARGV  now, limit, window in milliseconds
//	gives {"taken"} or {"wait", milliseconds until one may be sent}
var scriptTakeRate = newScript(`
local now, limit, window = take(), tonumber(take()), take()
local oldest = redis.call("LINDEX", KEYS[1], limit - 1)
if oldest then
  local wait = tonumber(oldest) + tonumber(window) - tonumber(now)
  if wait > 0 then return {"wait", string.format("%.0f", wait)} end
end
redis.call("LPUSH", KEYS[1], now)
redis.call("LTRIM", KEYS[1], 0, limit - 1)
redis.call("PEXPIRE", KEYS[1], window)
return {"taken"}
`)

// TakeRate implements bot.Queue. Successive times within one group should not decrease.
func (s *Store) TakeRate(ctx context.Context, group string, now time.Time, limit int, window time.Duration) (time.Duration, error) {
	if limit < 1 {
		return 0, fmt.Errorf("count automatic mail: limit %d is below 1", limit)
	}
	var args arguments
	args.add(milliseconds(now), strconv.Itoa(limit), strconv.FormatInt(window.Milliseconds(), 10))
	reply, err := s.run(ctx, scriptTakeRate, []string{s.keys.rate(group)}, args)
	if err != nil {
		return 0, fmt.Errorf("count automatic mail: %w", err)
	}
	if reply[0] == "taken" {
		return 0, nil
	}
	wait, err := strconv.ParseInt(reply[1], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("count automatic mail: wait %q is not a number", reply[1])
	}
	return time.Duration(wait) * time.Millisecond, nil
}
