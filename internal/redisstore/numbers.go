package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"verbale/intake"
)

// NextReference implements bot.Store.
func (s *Store) NextReference(ctx context.Context, year int) (string, error) {
	if last, known := s.latest.number(year); known {
		return intake.FormatReference(s.prefix, year, last+1), nil
	}
	last, err := s.client.HGet(ctx, s.keys.numbers(), strconv.Itoa(year)).Int()
	if err != nil && !errors.Is(err, redis.Nil) {
		return "", fmt.Errorf("read last number of %d: %w", year, failure(err))
	}
	return intake.FormatReference(s.prefix, year, max(last, s.usedNumbers.of(year))+1), nil
}

// parseReference splits a reference of this office into year and number.
func (s *Store) parseReference(reference string) (year, number int, err error) {
	rest, ours := strings.CutPrefix(reference, s.prefix+"-")
	y, n, parted := strings.Cut(rest, "-")
	year, errYear := strconv.Atoi(y)
	number, errNumber := strconv.Atoi(n)
	if !ours || !parted || errYear != nil || errNumber != nil || intake.FormatReference(s.prefix, year, number) != reference {
		return 0, 0, fmt.Errorf("%q is not a reference of the form %s", reference, intake.FormatReference(s.prefix, 2026, 1))
	}
	return year, number, nil
}

// scriptRaise raises the last number assigned.
//
//	KEYS  1 numbers
//	ARGV  list of years, list of their numbers
//	gives {"ok"}
var scriptRaise = newScript(`
local years, numbers = list(), list()
for i, year in ipairs(years) do
  local last = tonumber(redis.call("HGET", KEYS[1], year) or "0")
  if last < tonumber(numbers[i]) then redis.call("HSET", KEYS[1], year, numbers[i]) end
end
return {"ok"}
`)

// raiseNumbers restores in Redis every number used in an outgoing action, in case a failover
// has lost some.
func (s *Store) raiseNumbers(ctx context.Context) error {
	s.latest.forget()
	years, numbers := s.usedNumbers.lists()
	if len(years) == 0 {
		return nil
	}
	var args arguments
	args.list(years)
	args.list(numbers)
	if _, err := s.run(ctx, scriptRaise, []string{s.keys.numbers()}, args); err != nil {
		return fmt.Errorf("raise the last numbers assigned: %w", err)
	}
	return nil
}
