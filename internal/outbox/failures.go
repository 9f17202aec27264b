package outbox

import (
	"sync"
	"time"
)

// sameFailure is how often a failure is logged that all actions of a mouth have alike, for
// example while the other side cannot be reached.
const sameFailure = time.Minute

// mostFailures limits how many different failures are remembered.
const mostFailures = 100

// failures decides which failures of actions are logged.
type failures struct {
	mu   sync.Mutex
	seen map[string]failure
}

type failure struct {
	logged time.Time
	since  int // how many times it occurred since then
}

// note reports whether a failure is to be logged, and how many like it were left out since the
// last that was.
func (f *failures) note(text string, now time.Time) (log bool, leftOut int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	last, known := f.seen[text]
	if known && now.Sub(last.logged) < sameFailure {
		last.since++
		f.seen[text] = last
		return false, 0
	}
	if f.seen == nil || !known && len(f.seen) >= mostFailures {
		f.seen = map[string]failure{}
	}
	f.seen[text] = failure{logged: now}
	return true, last.since
}
