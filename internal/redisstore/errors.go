package redisstore

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// passing lists the prefixes of Redis error replies that are transient: starting, failing
// over, out of memory, disk or connections.
var passing = []string{
	"ERR max number of clients", "LOADING", "MOVED", "ASK", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS", "OOM", "MISCONF", "BUSY",
}

// failure marks transient errors: all network errors, and the server's error replies listed
// in passing.
func failure(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, redis.ErrClosed) {
		return err
	}
	var reply redis.Error
	if !errors.As(err, &reply) {
		return bot.Temporary(err)
	}
	for _, code := range passing {
		if strings.HasPrefix(reply.Error(), code) {
			return bot.Temporary(err)
		}
	}
	return err
}
