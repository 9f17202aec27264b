package redisstore

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// Waiting counts the actions that are to be performed yet, by whatever mouth:
// due now or later, behind another one of their lane, or in the hands of a
// process.
func (s *Store) Waiting(ctx context.Context) (int, error) {
	sets := []string{s.keys.leased(), s.keys.lined()}
	for _, m := range bot.Mouths() {
		sets = append(sets, s.keys.due(m))
	}
	counts := make([]*redis.IntCmd, len(sets))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, set := range sets {
			counts[i] = p.ZCard(ctx, set)
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
