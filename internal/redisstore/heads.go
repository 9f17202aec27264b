package redisstore

import (
	"context"
	"sync"
)

// heads keeps the header lines of the actions that this process has in hand, for
// as long as it has. What is read of them to note an outcome never changes.
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

// take gives the header line of an action away; nil where it is not known.
func (h *heads) take(key string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	head := h.known[key]
	delete(h.known, key)
	return head
}

// headInHand is the header line of an action that is settled: as it was claimed
// here, or read anew.
func (s *Store) headInHand(ctx context.Context, key string) ([]string, error) {
	if head := s.heads.take(key); head != nil {
		return head, nil
	}
	return s.actionHead(ctx, key)
}
