package redisstore

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// Waiting counts the unsettled actions of all mouths: due now or later, behind another one in
// their lane, or claimed. Parked actions do not count.
func (s *Store) Waiting(ctx context.Context) (int, error) {
	return s.waiting(ctx, "+inf")
}

// WaitingBy is Waiting without the actions that become due after a moment, such as those
// deferred by a rate limit.
func (s *Store) WaitingBy(ctx context.Context, by time.Time) (int, error) {
	return s.waiting(ctx, milliseconds(by))
}

func (s *Store) waiting(ctx context.Context, until string) (int, error) {
	var counts []*redis.IntCmd
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		counts = append(counts, p.ZCard(ctx, s.keys.leased()), p.ZCard(ctx, s.keys.lined()))
		for _, m := range bot.Mouths() {
			counts = append(counts, p.ZCount(ctx, s.keys.due(m), "-inf", until))
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("count waiting actions: %w", failure(err))
	}
	total := 0
	for _, c := range counts {
		total += int(c.Val())
	}
	return total, nil
}
