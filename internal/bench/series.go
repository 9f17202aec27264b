package bench

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"verbale/internal/redisstore"
	"verbale/internal/wait"
)

// sampleEvery is how often the outcomes are counted.
const sampleEvery = 20 * time.Millisecond

// A series records how many mails had their outcome at which moment.
type series struct {
	mu      sync.Mutex
	samples []sample // one for each change of the number, the first when it was not 0
}

type sample struct {
	at    time.Time
	mails int
}

// follow counts outcomes until the context ends. While the server does not answer it
// adds no sample.
func (s *series) follow(ctx context.Context, store *redisstore.Store, progress io.Writer) {
	_ = wait.Until(ctx, sampleEvery, func() (bool, error) {
		if totals, err := store.Totals(ctx); err == nil {
			mails := totals.Recorded + totals.Joined + totals.SetAside
			s.add(sample{time.Now(), mails})
			fmt.Fprintf(progress, "\r%d mails", mails)
		}
		return false, nil
	})
}

func (s *series) add(now sample) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.mails > 0 && (len(s.samples) == 0 || s.samples[len(s.samples)-1].mails != now.mails) {
		s.samples = append(s.samples, now)
	}
}

// forget adds a count of 0, after the server that was asked was replaced by another one,
// which may know of fewer outcomes.
func (s *series) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.samples = append(s.samples, sample{time.Now(), 0})
}

func (s *series) last() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.samples) == 0 {
		return 0
	}
	return s.samples[len(s.samples)-1].mails
}

// lasted is the time from the first outcome to the last.
func (s *series) lasted() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.samples) == 0 {
		return 0
	}
	return s.samples[len(s.samples)-1].at.Sub(s.samples[0].at)
}

// rate is how many mails a second have had their outcome so far.
func (s *series) rate() float64 {
	took := s.lasted().Seconds()
	if took == 0 {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return float64(s.samples[len(s.samples)-1].mails-s.samples[0].mails) / took
}

// pause is the longest time without a further outcome from a moment on.
func (s *series) pause(from time.Time) (longest time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.samples {
		if one.at.After(from) {
			longest, from = max(longest, one.at.Sub(from)), one.at
		}
	}
	return longest
}
