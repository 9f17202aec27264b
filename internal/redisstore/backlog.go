package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// A Backlog counts the pending work in the store at one moment.
type Backlog struct {
	Outbox map[bot.Mouth]bot.Queued // pending actions that wait only for their due time, by mouth
	Lined  int                      // pending actions behind an earlier one in their lane
	InHand int                      // actions claimed by a process
	Parked int                      // actions given up, awaiting a person's decision
	Wakes  bot.Queued               // records due to be looked at again
}

// Backlog counts the pending work in one round trip.
func (s *Store) Backlog(ctx context.Context, now time.Time) (Backlog, error) {
	mouths := bot.Mouths()
	dues := make([]queuedReply, len(mouths))
	var lined, inHand, parked *redis.IntCmd
	var wakes queuedReply
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, m := range mouths {
			dues[i] = askQueued(ctx, p, s.keys.due(m), "+inf")
		}
		wakes = askQueued(ctx, p, s.keys.wakes(), strconv.FormatInt(now.UnixMilli(), 10))
		lined, inHand, parked = p.ZCard(ctx, s.keys.lined()), p.ZCard(ctx, s.keys.leased()), p.ZCard(ctx, s.keys.parked())
		return nil
	})
	if err != nil {
		return Backlog{}, fmt.Errorf("count pending work: %w", failure(err))
	}
	b := Backlog{Outbox: map[bot.Mouth]bot.Queued{}, Wakes: wakes.queued(),
		Lined: int(lined.Val()), InHand: int(inHand.Val()), Parked: int(parked.Val())}
	for i, m := range mouths {
		b.Outbox[m] = dues[i].queued()
	}
	return b, nil
}

// A queuedReply holds Redis's pending replies about a sorted set whose scores are times.
type queuedReply struct {
	count *redis.IntCmd
	first *redis.ZSliceCmd
}

// askQueued asks for the number of members up to a score, and for the first of them.
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
