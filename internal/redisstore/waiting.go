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
	return s.unsettled(ctx, "+inf", s.keys.leased(), s.keys.lined())
}

// WaitingBy is Waiting without the actions that become due after a moment, such as those
// deferred by a rate limit.
func (s *Store) WaitingBy(ctx context.Context, by time.Time) (int, error) {
	return s.unsettled(ctx, milliseconds(by), s.keys.leased(), s.keys.lined())
}

// AtRest reports whether no action is claimed and none is due: all that was to be done is
// settled, or waits for a later time than now.
func (s *Store) AtRest(ctx context.Context, now time.Time) (bool, error) {
	n, err := s.unsettled(ctx, milliseconds(now), s.keys.leased())
	return err == nil && n == 0, err
}

// unsettled counts the actions that are due by a time, and those in the other sets. It counts
// in one transaction, since actions move from one set to another.
func (s *Store) unsettled(ctx context.Context, by string, others ...string) (int, error) {
	var counts []*redis.IntCmd
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		for _, set := range others {
			counts = append(counts, p.ZCard(ctx, set))
		}
		for _, m := range bot.Mouths() {
			counts = append(counts, p.ZCount(ctx, s.keys.due(m), "-inf", by))
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
