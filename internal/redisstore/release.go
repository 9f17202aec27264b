package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// replicasFor is how long the number of replicas is cached.
const replicasFor = 5 * time.Second

// confirmWithin is how long a replica may take to confirm a write.
const confirmWithin = time.Second

// replicas caches whether the server has any.
type replicas struct {
	mu      sync.Mutex
	checked time.Time
	present bool
}

// node returns the server that holds the office's keys.
func (s *Store) node(ctx context.Context) (*redis.Client, error) {
	switch c := s.client.(type) {
	case *redis.Client:
		return c, nil
	case *redis.ClusterClient:
		node, err := c.MasterForKey(ctx, s.keys.numbers())
		if err != nil {
			return nil, fmt.Errorf("find the node that holds the keys: %w", failure(err))
		}
		return node, nil
	}
	return nil, fmt.Errorf("unknown kind of client %T", s.client)
}

// info reads one field of a section of INFO; "" if the server does not report it.
func info(ctx context.Context, c *redis.Client, section, field string) (string, error) {
	text, err := c.Info(ctx, section).Result()
	if err != nil {
		var reply redis.Error
		if errors.As(err, &reply) && strings.Contains(reply.Error(), "not supported") {
			return "", nil // an in-memory server
		}
		return "", fmt.Errorf("read INFO %s: %w", section, failure(err))
	}
	for line := range strings.Lines(text) {
		if name, value, found := strings.Cut(strings.TrimSpace(line), ":"); found && name == field {
			return value, nil
		}
	}
	return "", nil
}

// life returns the run ID of the server that holds the records; it changes when the server is
// restarted or a replica takes over. It is empty if the server does not report it (an
// in-memory one).
func (s *Store) life(ctx context.Context) (string, error) {
	node, err := s.node(ctx)
	if err != nil {
		return "", err
	}
	return info(ctx, node, "server", "run_id")
}

// Restarts returns a function for one caller that reports whether the store may have lost
// recent writes since its previous call, because the server was restarted or a replica took
// over. The first call returns true, since nothing is known about the time before. Whenever
// it returns true, the numbers used in outgoing actions have been raised in Redis again.
func (s *Store) Restarts() func(context.Context) (bool, error) {
	var mu sync.Mutex
	var known string
	return func(ctx context.Context) (bool, error) {
		mu.Lock()
		defer mu.Unlock()
		life, err := s.life(ctx)
		if err != nil || life == known {
			return false, wrapped("ask whether Redis was restarted", err)
		}
		if err := s.raiseNumbers(ctx); err != nil {
			return false, err
		}
		known = life
		return true, nil
	}
}

// hasReplicas asks the server at most once per replicasFor.
func (s *Store) hasReplicas(ctx context.Context, node *redis.Client) (bool, error) {
	s.replicas.mu.Lock()
	defer s.replicas.mu.Unlock()
	if time.Since(s.replicas.checked) < replicasFor {
		return s.replicas.present, nil
	}
	count, err := info(ctx, node, "replication", "connected_slaves")
	if err != nil {
		return false, err
	}
	s.replicas.present = count != "" && count != "0"
	s.replicas.checked = time.Now()
	return s.replicas.present, nil
}

// confirm waits until a replica, if there is one, has acknowledged all writes made so far on
// this connection. It must follow a write on the same connection.
func (s *Store) confirm(ctx context.Context, node *redis.Client, conn *redis.Conn) error {
	present, err := s.hasReplicas(ctx, node)
	if err != nil || !present {
		return err
	}
	confirmed, err := conn.Wait(ctx, 1, confirmWithin).Result()
	if err != nil {
		return fmt.Errorf("wait for a replica: %w", failure(err))
	}
	if confirmed < 1 {
		return bot.Temporary(errors.New("no replica has confirmed the last writes"))
	}
	return nil
}
