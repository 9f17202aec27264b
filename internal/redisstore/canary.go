package redisstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// canaryVersion is the version of storedCanary that this program writes.
const canaryVersion = 1

type storedCanary struct {
	V         int       `json:"v"`
	MessageID string    `json:"message_id"`
	Sent      time.Time `json:"sent"`
	Arrived   time.Time `json:"arrived,omitzero"`
}

// Canary implements bot.Canaries.
func (s *Store) Canary(ctx context.Context) (bot.Canary, error) {
	packed, err := s.client.Get(ctx, s.keys.canary()).Bytes()
	if errors.Is(err, redis.Nil) {
		return bot.Canary{}, nil
	}
	var c storedCanary
	if err == nil {
		err = unpack(packed, &c)
	}
	if err == nil {
		err = checkVersion(c.V, canaryVersion)
	}
	if err != nil {
		return bot.Canary{}, fmt.Errorf("read where the canary letter is: %w", failure(err))
	}
	return bot.Canary{MessageID: c.MessageID, Sent: c.Sent, Arrived: c.Arrived}, nil
}

// SetCanary implements bot.Canaries.
func (s *Store) SetCanary(ctx context.Context, c bot.Canary) error {
	packed, err := pack(storedCanary{V: canaryVersion, MessageID: c.MessageID, Sent: c.Sent.UTC(), Arrived: c.Arrived.UTC()})
	if err == nil {
		err = failure(s.client.Set(ctx, s.keys.canary(), packed, 0).Err())
	}
	return wrapped("note where the canary letter is", err)
}
