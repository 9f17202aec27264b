package redisstore

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// Waiting counts the actions that are to be performed yet: due now or later,
// or in the hands of a process.
func (s *Store) Waiting(ctx context.Context) (int, error) {
	var due, leased *redis.IntCmd
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		due = p.ZCard(ctx, s.keys.due())
		leased = p.ZCard(ctx, s.keys.leased())
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("count waiting actions: %w", failure(err))
	}
	return int(due.Val() + leased.Val()), nil
}
