package mailbox

import (
	"maps"
	"slices"
	"time"
)

// A progress tracks which messages of a folder have their outcome: all up to reached, except for
// the gaps.
type progress struct {
	reached uint32
	gaps    map[uint32]gap
}

// A gap is a message that was tried and has no outcome yet.
type gap struct {
	failures int
	again    time.Time // when to retry it
}

func newProgress(reached uint32) progress { return progress{reached, map[uint32]gap{}} }

// cursor is the UID up to which every message has its outcome.
func (g *progress) cursor() uint32 {
	cursor := g.reached
	for uid := range g.gaps {
		cursor = min(cursor, uid-1)
	}
	return cursor
}

// settle notes that a message has its outcome, or no longer exists.
func (g *progress) settle(uid uint32) {
	delete(g.gaps, uid)
	g.reached = max(g.reached, uid)
}

// leave notes that a message has no outcome and is to be retried after the pause that wait
// returns for its number of failures.
func (g *progress) leave(uid uint32, now time.Time, wait func(failures int) time.Duration) gap {
	failed := g.gaps[uid].failures + 1
	left := gap{failed, now.Add(wait(failed))}
	g.gaps[uid] = left
	g.reached = max(g.reached, uid)
	return left
}

// reopen revokes the outcome of messages: they are due immediately.
func (g *progress) reopen(uids []uint32) {
	for _, uid := range uids {
		if _, open := g.gaps[uid]; !open && uid <= g.reached {
			g.gaps[uid] = gap{}
		}
	}
}

// due lists the gaps whose retry is due, in order.
func (g *progress) due(now time.Time) []uint32 {
	var uids []uint32
	for _, uid := range slices.Sorted(maps.Keys(g.gaps)) {
		if !g.gaps[uid].again.After(now) {
			uids = append(uids, uid)
		}
	}
	return uids
}

// next is when the first gap is due; false if there are no gaps.
func (g *progress) next() (time.Time, bool) {
	var first time.Time
	for _, left := range g.gaps {
		if first.IsZero() || left.again.Before(first) {
			first = left.again
		}
	}
	return first, len(g.gaps) > 0
}
