package redisstore

import (
	"context"
	"sync"
)

// heads caches the header lines of the actions that this process has claimed, until they are
// settled. The fields that settle reads from them never change.
type heads struct {
	mu    sync.Mutex
	known map[string][]string // by the action's key
}

func (h *heads) keep(key string, head []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known == nil {
		h.known = map[string][]string{}
	}
	h.known[key] = head
}

// take returns and removes the header line of an action; nil if there is none.
func (h *heads) take(key string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	head := h.known[key]
	delete(h.known, key)
	return head
}

// headInHand returns the header line of an action that is being settled, from the cache or
// from Redis.
func (s *Store) headInHand(ctx context.Context, key string) ([]string, error) {
	if head := s.heads.take(key); head != nil {
		return head, nil
	}
	return s.actionHead(ctx, key)
}
