package slackio

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// A cache keeps results for a limited time. It evicts the oldest when full, makes one request
// for all concurrent callers, and does not cache errors.
type cache[V any] struct {
	keep time.Duration
	most int
	now  func() time.Time

	mu     sync.Mutex
	kept   map[string]cacheEntry[V]
	order  []string // keys, the oldest first
	asking singleflight.Group
}

type cacheEntry[V any] struct {
	value V
	until time.Time
}

func newCache[V any](now func() time.Time, keep time.Duration, most int) *cache[V] {
	return &cache[V]{keep: keep, most: most, now: now, kept: map[string]cacheEntry[V]{}}
}

// get returns the cached value of the key, or calls ask. The call continues for the other
// callers if one gives up.
func (c *cache[V]) get(ctx context.Context, key string, ask func(context.Context) (V, error)) (V, error) {
	if v, ok := c.find(key); ok {
		return v, nil
	}
	answer := c.asking.DoChan(key, func() (any, error) {
		if v, ok := c.find(key); ok { // cached between find and DoChan
			return v, nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callWithin)
		defer cancel()
		v, err := ask(ctx)
		if err == nil {
			c.put(key, v)
		}
		return v, err
	})
	select {
	case a := <-answer:
		v, _ := a.Val.(V)
		return v, a.Err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

func (c *cache[V]) find(key string) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.kept[key]
	return k.value, ok && c.now().Before(k.until)
}

func (c *cache[V]) put(key string, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.kept[key]; !known {
		c.order = append(c.order, key)
	}
	c.kept[key] = cacheEntry[V]{v, c.now().Add(c.keep)}
	for len(c.order) > c.most {
		delete(c.kept, c.order[0])
		c.order = c.order[1:]
	}
}

// forget expires the key, so that it is asked for again.
func (c *cache[V]) forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k, ok := c.kept[key]; ok {
		k.until = time.Time{}
		c.kept[key] = k
	}
}
