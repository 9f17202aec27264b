package redisstore

import (
	"maps"
	"sync"
	"time"
)

// latestFor is how long what the last commit told is taken for the present
// state: long enough for the mails of a backlog, which then need one round trip
// each, and too short for another process's work to count for much.
const latestFor = time.Second

// latest is what this process's last commits told of the office. It answers
// questions whose answer is a hint: a reference that is not the next any more
// is refused by the commit, and counts of open records break ties alone.
type latest struct {
	mu   sync.Mutex
	at   time.Time
	last map[int]int    // last number given, by year
	open map[string]int // open records by owner
}

// number returns the last number given in a year, if it was told just now.
func (l *latest) number(year int) (int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, known := l.last[year]
	return n, known && time.Since(l.at) < latestFor
}

// counts returns the open records by owner, if they were told just now.
func (l *latest) counts() (map[string]int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.open), l.open != nil && time.Since(l.at) < latestFor
}

// told keeps what a commit of a record told.
func (l *latest) told(year, number int, open map[string]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.at) >= latestFor {
		l.last = map[int]int{}
	}
	if year != 0 {
		l.last[year] = max(l.last[year], number) // of two commits, the later may tell first
	}
	l.open, l.at = open, time.Now()
}

// refused keeps the number that a refused commit should have had: whoever
// commits again at once is ahead of another process that does the same.
func (l *latest) refused(year, next int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.at) >= latestFor {
		l.last, l.open, l.at = map[int]int{}, nil, time.Now()
	}
	l.last[year] = next - 1
}

// forget makes the next questions go to Redis.
func (l *latest) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at = time.Time{}
}
