package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// scriptClaimWakes leases the records that are due to be looked at, the earliest first. A
// record that is not committed by the end of the lease becomes due again.
//
//	KEYS  1 wakes
//	ARGV  now, end of the lease, how many
//	gives {"claimed", reference, reference …}
var scriptClaimWakes = newScript(`
local wakes, now, stop, most = key(), take(), take(), take()
local claimed = {"claimed"}
for _, reference in ipairs(redis.call("ZRANGEBYSCORE", wakes, "-inf", now, "LIMIT", 0, most)) do
  redis.call("ZADD", wakes, stop, reference)
  claimed[#claimed + 1] = reference
end
return claimed
`)

// ClaimWakes implements bot.Wakes.
func (s *Store) ClaimWakes(ctx context.Context, now time.Time, lease time.Duration, n int) ([]string, error) {
	var args arguments
	args.add(milliseconds(now), milliseconds(now.Add(lease)), strconv.Itoa(n))
	reply, err := s.run(ctx, scriptClaimWakes, []string{s.keys.wakes()}, args)
	if err != nil {
		return nil, fmt.Errorf("claim records that are due: %w", err)
	}
	return reply[1:], nil
}

// WakesAt implements bot.Wakes.
func (s *Store) WakesAt(ctx context.Context, references ...string) (map[string]time.Time, error) {
	if len(references) == 0 {
		return nil, nil
	}
	scores, err := s.client.ZMScore(ctx, s.keys.wakes(), references...).Result()
	if err != nil {
		return nil, fmt.Errorf("ask when %d records are looked at again: %w", len(references), failure(err))
	}
	at := map[string]time.Time{}
	for i, score := range scores {
		if score > 0 {
			at[references[i]] = time.UnixMilli(int64(score)).UTC()
		}
	}
	return at, nil
}
