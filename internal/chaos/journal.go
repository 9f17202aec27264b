package chaos

import (
	"slices"
	"sync"
	"time"
)

// A journal records what broke and when.
type journal struct {
	mu     sync.Mutex
	events []event
}

// An event is a fault that happened.
type event struct {
	fault
	from, to time.Time // to is zero while it lasts
}

// began notes the beginning of a fault, and ended its end.
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

// between lists the faults that lasted at any time between two moments, by their index
// in events.
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

// reach is how long after a fault its effects may still show: as long as the lease of the
// attempt that it broke, and that of the next one.
const reach = 2 * takeover

// unexplained counts the copies of a mail that no fault explains. A crash explains one
// copy. A server or connection that leaves open whether it took a mail explains each copy that
// came while it did so.
func (j *journal) unexplained(copies []Received) (count int) {
	used := map[int]bool{}
	for i := 1; i < len(copies); i++ {
		faults := j.between(copies[i-1].At.Add(-reach), copies[i].At)
		k := slices.IndexFunc(faults, func(n int) bool { return !used[n] || j.events[n].again })
		if k < 0 {
			count++
			continue
		}
		used[faults[k]] = true
	}
	return count
}
