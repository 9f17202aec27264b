package slackpeer

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// Kinds of changes.
const (
	Posted    = "posted"    // a message in a channel
	Updated   = "updated"   // a message
	Deleted   = "deleted"   // a message
	Whispered = "whispered" // an ephemeral message, to User
	Reacted   = "reacted"   // User, to a message
	Opened    = "opened"    // a modal, for User
	Redrawn   = "redrawn"   // a modal or a home tab of User
	Closed    = "closed"    // a modal of User
	Missed    = "missed"    // the app did not acknowledge in time what User did, or an event
	Lost      = "lost"      // an event that no redelivery brought to the app
)

// A Change is something that happened in the workspace.
type Change struct {
	Kind    string
	Channel string
	TS      string
	User    string
	View    string
}

// A feed is what happened so far. The channel is closed when there is more.
type feed struct {
	all        []Change
	more       chan struct{}
	deliveries []Delivery
}

// changed adds a change. The caller holds the lock.
func (p *Peer) changed(c Change) {
	p.feed.all = append(p.feed.all, c)
	p.stir()
}

// stir wakes all who wait for a change.
func (p *Peer) stir() {
	close(p.feed.more)
	p.feed.more = make(chan struct{})
}

// note is changed for callers that do not hold the lock.
func (p *Peer) note(c Change) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changed(c)
}

// Changes returns the changes after the first n, and a channel that is closed when there
// are more.
func (p *Peer) Changes(n int) (list []Change, more <-chan struct{}) {
	p.locked(func() { list, more = slices.Clone(p.feed.all[min(n, len(p.feed.all)):]), p.feed.more })
	return list, more
}

// Watch calls f with each change from now on, one after the other, until stop is
// called or the peer closes. f may use the peer.
func (p *Peer) Watch(f func(Change)) (stop func()) {
	ctx, cancel := context.WithCancel(p.ctx)
	seen := 0
	p.locked(func() {
		seen = len(p.feed.all)
		p.spawn(func() { p.watch(ctx, seen, f) })
	})
	return cancel
}

func (p *Peer) watch(ctx context.Context, seen int, f func(Change)) {
	for ctx.Err() == nil {
		list, more := p.Changes(seen)
		for _, c := range list {
			f(c)
		}
		seen += len(list)
		if len(list) == 0 {
			wait(ctx, more)
		}
	}
}

// Until waits for a condition, which it checks after every change. It fails if ctx ends
// before.
func (p *Peer) Until(ctx context.Context, met func() bool) error {
	for n := 0; ; {
		list, more := p.Changes(n)
		n += len(list)
		if met() {
			return nil
		}
		if !wait(ctx, more) {
			return fmt.Errorf("wait for the workspace to change: %w", context.Cause(ctx))
		}
	}
}

// wait waits for a channel to close, and says whether it did before ctx ended.
func wait(ctx context.Context, more <-chan struct{}) bool {
	select {
	case <-more:
		return true
	case <-ctx.Done():
		return false
	}
}

// Calls returns the calls of a method so far, or of all methods if it is "".
func (p *Peer) Calls(method string) (list []Call) {
	p.locked(func() {
		for _, c := range p.calls {
			if method == "" || c.Method == method {
				c.Args = maps.Clone(c.Args)
				list = append(list, c)
			}
		}
	})
	return list
}
