package redisstore

import (
	"context"
	"sync"
)

// headerCache caches the header lines of the actions that this process has claimed, until they are
// settled. The fields that settle reads from them never change.
type headerCache struct {
	mu    sync.Mutex
	known map[string][]string // by the action's key
}

func (h *headerCache) keep(key string, head []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known == nil {
		h.known = map[string][]string{}
	}
	h.known[key] = head
}

// take returns and removes the header line of an action; nil if there is none.
func (h *headerCache) take(key string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	head := h.known[key]
	delete(h.known, key)
	return head
}

// headerOf returns the header line of an action that is being settled, from the cache or
// from Redis.
func (s *Store) headerOf(ctx context.Context, key string) ([]string, error) {
	if head := s.headers.take(key); head != nil {
		return head, nil
	}
	return s.actionHead(ctx, key)
}
