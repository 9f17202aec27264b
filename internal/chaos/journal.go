package chaos

import (
	"sync"
	"time"
)

// A journal is what broke, and when.
type journal struct {
	mu     sync.Mutex
	events []event
}

// An event is a fault that happened.
type event struct {
	fault
	from, to time.Time // to is zero while it lasts
}

func (j *journal) began(f fault) (ended func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := len(j.events)
	j.events = append(j.events, event{fault: f, from: time.Now()})
	return func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.events[n].to = time.Now()
	}
}

// between lists the faults that were there at some time between two moments, by
// their number.
func (j *journal) between(from, to time.Time) (list []int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for n, e := range j.events {
		if e.from.Before(to) && (e.to.IsZero() || e.to.After(from)) {
			list = append(list, n)
		}
	}
	return list
}

// reach is how long after a fault its effects may still come: what the lease of an
// attempt, and one more, take.
const reach = 2 * takeover

// unexplained counts the copies of a mail that no fault explains. A crash explains
// one; a server or a line that leaves open whether it took a mail explains each that
// came while it did.
func (j *journal) unexplained(copies []Received) (n int) {
	used := map[int]bool{}
	for i := 1; i < len(copies); i++ {
		explained := false
		for _, n := range j.between(copies[i-1].At.Add(-reach), copies[i].At) {
			if explained = !used[n] || j.events[n].again; explained {
				used[n] = true
				break
			}
		}
		if !explained {
			n++
		}
	}
	return n
}
