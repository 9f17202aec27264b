package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// A Backlog is what waits in the store at one moment.
type Backlog struct {
	Outbox map[bot.Mouth]bot.Queued // actions that wait for nothing but their time
	Lined  int                      // actions that wait for an earlier one of their lane
	InHand int                      // actions that a process holds under a lease
	Parked int                      // actions that were given up until a person decides
	Bells  bot.Queued               // records to be looked at by now
}

// Backlog counts what waits, in one round trip.
func (s *Store) Backlog(ctx context.Context, now time.Time) (Backlog, error) {
	mouths := bot.Mouths()
	dues := make([]queuedReply, len(mouths))
	var lined, inHand, parked *redis.IntCmd
	var bells queuedReply
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, m := range mouths {
			dues[i] = askQueued(ctx, p, s.keys.due(m), "+inf")
		}
		bells = askQueued(ctx, p, s.keys.wakes(), strconv.FormatInt(now.UnixMilli(), 10))
		lined, inHand, parked = p.ZCard(ctx, s.keys.lined()), p.ZCard(ctx, s.keys.leased()), p.ZCard(ctx, s.keys.parked())
		return nil
	})
	if err != nil {
		return Backlog{}, fmt.Errorf("count what waits: %w", failure(err))
	}
	b := Backlog{Outbox: map[bot.Mouth]bot.Queued{}, Bells: bells.queued(),
		Lined: int(lined.Val()), InHand: int(inHand.Val()), Parked: int(parked.Val())}
	for i, m := range mouths {
		b.Outbox[m] = dues[i].queued()
	}
	return b, nil
}

// A queuedReply is what Redis says of a sorted set whose scores are moments.
type queuedReply struct {
	count *redis.IntCmd
	first *redis.ZSliceCmd
}

// askQueued asks for the members of a set up to a score.
func askQueued(ctx context.Context, p redis.Pipeliner, set, until string) queuedReply {
	return queuedReply{p.ZCount(ctx, set, "-inf", until),
		p.ZRangeArgsWithScores(ctx, redis.ZRangeArgs{Key: set, Start: "-inf", Stop: until, ByScore: true, Count: 1})}
}

func (q queuedReply) queued() bot.Queued {
	waiting := bot.Queued{Count: int(q.count.Val())}
	if first := q.first.Val(); len(first) > 0 {
		waiting.Oldest = time.UnixMilli(int64(first[0].Score)).UTC()
	}
	return waiting
}
