package redisstore

import (
	"maps"
	"sync"
	"time"

	"verbale/bot"
)

// latestFor is how long the results of the last commit are used as the current state: long
// enough for a backlog of mail to need only one round trip per mail, and too short for
// changes by other processes to matter.
const latestFor = time.Second

// latest caches what this process last learned about the office, mostly from its own commits.
// It is used only where the answer is a hint: a commit refuses an outdated reference number,
// and the counts of open records only break ties. An absence reported by another process is
// noticed at most a second late.
type latest struct {
	mu   sync.Mutex
	at   time.Time
	last map[int]int    // last number assigned, by year
	open map[string]int // open records by owner

	leaves      map[string]bot.Leave // absences, by directory ID
	leavesAt    time.Time            // when the absences were read
	leavesNoted time.Time            // when an absence was last changed by this process
}

// number returns the last number assigned in a year, if that is cached.
func (l *latest) number(year int) (int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, known := l.last[year]
	return n, known && time.Since(l.at) < latestFor
}

// counts returns the open records by owner, if that is cached.
func (l *latest) counts() (map[string]int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.open), l.open != nil && time.Since(l.at) < latestFor
}

// away returns the absences, if they are cached.
func (l *latest) away() (map[string]bot.Leave, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.leaves), time.Since(l.leavesAt) < latestFor
}

// heardAway caches the absences read at a moment, unless this process has changed one since.
func (l *latest) heardAway(asked time.Time, leaves map[string]bot.Leave) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if asked.After(l.leavesNoted) {
		l.leavesAt, l.leaves = asked, maps.Clone(leaves)
	}
}

// notedAway drops the cached absences after this process has changed one.
func (l *latest) notedAway() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.leavesNoted, l.leavesAt = time.Now(), time.Time{}
}

// told caches the results of committed records: the last numbers assigned by year, and the
// open records by owner.
func (l *latest) told(last map[int]int, open map[string]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.at) >= latestFor {
		l.last = map[int]int{}
	}
	for year, number := range last {
		l.last[year] = max(l.last[year], number) // the results of two commits may arrive in reverse order
	}
	l.open, l.at = open, time.Now()
}

// refused caches the number that a refused commit should have used: if the caller commits
// again at once, it is ahead of another process doing the same.
func (l *latest) refused(year, next int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.at) >= latestFor {
		l.last, l.open, l.at = map[int]int{}, nil, time.Now()
	}
	l.last[year] = next - 1
}

// forget drops the cached numbers and counts.
func (l *latest) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at = time.Time{}
}
