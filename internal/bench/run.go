package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// A Bot is the program under measurement, in this process.
type Bot interface {
	// Run serves until ctx ends; it calls committed with the Message-ID of each
	// mail that got its outcome.
	Run(ctx context.Context, ends Endpoints, committed func(messageID string)) error
	// Idle reports that nothing waits to be sent.
	Idle(ctx context.Context) (bool, error)
	// Memory returns the bytes that the data takes in Redis, and the bytes a
	// message without the letters' text.
	Memory(ctx context.Context) (total, perMessage int64, err error)
}

// Options of a run.
type Options struct {
	Count     int           // mails that lie in the mailbox when the bot starts
	Latencies int           // mails that arrive afterwards, one by one
	Gap       time.Duration // between two of those
	Peers     []string      // the command that runs ServePeers with the same count
	Progress  io.Writer
}

// Run measures a bot: first how fast it drains a backlog, then how long single
// mails take from arrival to commit.
func Run(ctx context.Context, o Options, b Bot) (Figures, error) {
	dir, err := os.MkdirTemp("", "verbale-bench-")
	if err != nil {
		return Figures{}, err
	}
	defer os.RemoveAll(dir)
	p, err := startPeers(ctx, o.Peers)
	if err != nil {
		return Figures{}, err
	}
	defer p.stop()
	p.DataDir = dir

	m := &meter{Options: o, peers: p, bot: b, seen: map[string]time.Time{}}
	work, stop := context.WithCancel(ctx)
	group, work := errgroup.WithContext(work)
	started := time.Now()
	group.Go(func() error { return ignoreEnd(b.Run(work, p.Endpoints, m.committed)) })
	group.Go(func() error {
		defer stop()
		return m.measure(work, started)
	})
	err = group.Wait()
	return m.figures, err
}

func ignoreEnd(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// A meter watches one run.
type meter struct {
	Options
	peers   *peers
	bot     Bot
	figures Figures

	mu   sync.Mutex
	seen map[string]time.Time // when each mail was committed
}

func (m *meter) committed(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen[id] = time.Now()
}

func (m *meter) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.seen)
}

func (m *meter) when(id string) (time.Time, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.seen[id]
	return at, ok
}

func (m *meter) measure(ctx context.Context, started time.Time) error {
	if err := m.drain(ctx, started); err != nil {
		return err
	}
	if err := m.single(ctx); err != nil {
		return err
	}
	var err error
	m.figures.RedisMemory, m.figures.RecordBytes, err = m.bot.Memory(ctx)
	m.figures.PeakMemory = peakMemory()
	return err
}

func (m *meter) drain(ctx context.Context, started time.Time) error {
	m.figures.Mails = m.Options.Count
	err := m.await(ctx, 20*time.Millisecond, func() (bool, error) {
		fmt.Fprintf(m.Progress, "\r%d of %d mails committed", m.count(), m.Options.Count)
		return m.count() >= m.Options.Count, nil
	})
	m.figures.Drained = time.Since(started)
	if err != nil {
		return err
	}
	err = m.await(ctx, 20*time.Millisecond, func() (bool, error) { return m.bot.Idle(ctx) })
	m.figures.Answered = time.Since(started)
	fmt.Fprintln(m.Progress)
	if err != nil {
		return err
	}
	m.figures.Sent, err = m.peers.ask("sent")
	return err
}

// single lets mails arrive one by one and notes how long each takes.
func (m *meter) single(ctx context.Context) error {
	var taken []time.Duration
	for n := m.Options.Count; n < m.Options.Count+m.Latencies; n++ {
		arrived := time.Now()
		if _, err := m.peers.ask(fmt.Sprintf("post %d", n)); err != nil {
			return err
		}
		err := m.await(ctx, 200*time.Microsecond, func() (bool, error) {
			at, ok := m.when(MessageID(n))
			if ok {
				taken = append(taken, at.Sub(arrived))
			}
			return ok, nil
		})
		if err != nil {
			return err
		}
		if err := pause(ctx, m.Gap); err != nil {
			return err
		}
	}
	m.figures.Latencies = len(taken)
	m.figures.P50, m.figures.P99 = percentile(taken, 50), percentile(taken, 99)
	return nil
}

func (m *meter) await(ctx context.Context, every time.Duration, done func() (bool, error)) error {
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		if err := pause(ctx, every); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
