package redisstore

import (
	"maps"
	"sync"
	"time"

	"verbale/bot"
)

// latestFor is how long what the last commit told is taken for the present
// state: long enough for the mails of a backlog, which then need one round trip
// each, and too short for another process's work to count for much.
const latestFor = time.Second

// latest is what this process was last told of the office, mostly by its commits. It answers
// questions whose answer is a hint: a reference that is not the next any more
// is refused by the commit, and counts of open records break ties alone. Who is
// away is heard a second late at the most, and that by other processes alone.
type latest struct {
	mu   sync.Mutex
	at   time.Time
	last map[int]int    // last number given, by year
	open map[string]int // open records by owner

	leaves      map[string]bot.Leave // who is away, by directory id
	leavesAt    time.Time            // when that was asked
	leavesNoted time.Time            // when an absence was last noted here
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

// away returns who is away, if it was asked just now.
func (l *latest) away() (map[string]bot.Leave, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.leaves), time.Since(l.leavesAt) < latestFor
}

// heardAway keeps the answer to who was away at the moment of asking, unless an
// absence has been noted here since.
func (l *latest) heardAway(asked time.Time, leaves map[string]bot.Leave) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if asked.After(l.leavesNoted) {
		l.leavesAt, l.leaves = asked, maps.Clone(leaves)
	}
}

// notedAway forgets who was away: somebody here has said otherwise.
func (l *latest) notedAway() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.leavesNoted, l.leavesAt = time.Now(), time.Time{}
}

// told keeps what commits of records told: the last number given by year, and what
// is open.
func (l *latest) told(last map[int]int, open map[string]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.at) >= latestFor {
		l.last = map[int]int{}
	}
	for year, number := range last {
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
