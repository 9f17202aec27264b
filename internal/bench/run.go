package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"verbale/internal/app"
	"verbale/internal/config"
	"verbale/internal/mailauth"
	"verbale/internal/redisstore"
	"verbale/internal/secret"
	"verbale/internal/wait"
)

// Embedded is the Redis of a run that starts a private server for itself.
const Embedded = redisstore.URLEmbedded

// Options of a run.
type Options struct {
	Count     int           // mails that lie in the mailbox when the bot starts
	Latencies int           // mails that arrive afterwards, one by one
	Gap       time.Duration // between two of those
	Peers     []string      // the command that runs ServePeers with the same count
	Redis     string        // redis.url of an empty server, or Embedded
	Progress  io.Writer
	Log       *slog.Logger
}

// Run measures the program in this process: first how fast it drains a backlog
// with all acknowledgements sent, then how long single mails take from arrival
// to commit.
func Run(ctx context.Context, o Options) (f Figures, err error) {
	dir, err := os.MkdirTemp("", "verbale-bench-")
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	p, err := startPeers(ctx, o.Peers)
	if err != nil {
		return f, err
	}
	defer p.stop()
	server, err := app.Open(ctx, configFor(p.Endpoints, dir, o.Redis), o.Log)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, server.Close()) }()

	m := &meter{Options: o, peers: p, server: server, seen: make(map[string]time.Time, o.Count)}
	server.Observe = func(a app.Arrival) { m.committed(a.Message.MessageID) }
	err = m.run(ctx)
	return m.figures, err
}

// configFor is the configuration of a bot that reads all mail, however old, and sends.
func configFor(ends Endpoints, dir, redis string) *config.Config {
	past := new(config.Since)
	if err := past.UnmarshalText([]byte("2000-01-01")); err != nil {
		panic(err) // the text is a constant
	}
	return &config.Config{
		DataDir: dir,
		Office:  "bench",
		Redis:   config.Redis{URL: redis},
		Mailbox: []config.Mailbox{{
			Address: ends.IMAP, TLS: mailauth.NoTLS, User: ends.User, Password: secret.New(ends.Password),
			Folders: []string{"INBOX"}, After: config.AfterFlag, Since: *past,
		}},
		SMTP: &config.SMTP{Address: ends.SMTP, TLS: mailauth.NoTLS},
		Desk: config.Desk{Address: deskAddress},
		Send: config.On,
	}
}

// A meter measures one run.
type meter struct {
	Options
	peers   *peers
	server  *app.Server
	figures Figures

	mu   sync.Mutex
	seen map[string]time.Time // when each mail was committed
}

// run measures the service while it runs, and stops it in the end.
func (m *meter) run(ctx context.Context) error {
	serving, stop := context.WithCancel(ctx)
	defer stop()
	group, serving := errgroup.WithContext(serving)
	started := time.Now()
	group.Go(func() error { return m.server.Run(serving) })
	group.Go(func() error {
		defer stop()
		return m.measure(serving, started)
	})
	return group.Wait()
}

// committed notes that the record of a mail is committed. The service calls it.
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
	before, err := m.processorTime(ctx)
	if err != nil {
		return err
	}
	if err := m.drain(ctx, started); err != nil {
		return err
	}
	after, err := m.processorTime(ctx)
	if err != nil {
		return err
	}
	m.figures.EachMail = after.sub(before).each(m.Options.Count)
	if err := m.single(ctx); err != nil {
		return err
	}
	usage, err := m.server.Store().Usage(ctx)
	m.figures.RedisMemory, m.figures.RecordBytes = usage.Total, usage.PerMessage()
	m.figures.PeakMemory = peakMemory()
	return err
}

// drain waits until the backlog is committed, and then until all mail is sent that is
// not held to be combined with other mail.
func (m *meter) drain(ctx context.Context, started time.Time) error {
	m.figures.Mails = m.Options.Count
	err := wait.Until(ctx, 20*time.Millisecond, func() (bool, error) {
		fmt.Fprintf(m.Progress, "\r%d of %d mails committed", m.count(), m.Options.Count)
		return m.count() >= m.Options.Count, nil
	})
	m.figures.Drained = time.Since(started)
	fmt.Fprintln(m.Progress)
	if err != nil {
		return err
	}
	err = wait.Until(ctx, 20*time.Millisecond, func() (bool, error) {
		waiting, err := m.server.Store().WaitingBy(ctx, time.Now().Add(soon))
		return waiting == 0, err
	})
	m.figures.Answered = time.Since(started)
	if err != nil {
		return err
	}
	if m.figures.Deferred, err = m.server.Store().Waiting(ctx); err != nil {
		return err
	}
	m.figures.Sent, err = m.peers.ask("sent")
	return err
}

// soon separates what a run waits for from what it does not: an action due later than
// that is held on purpose, such as mail to a colleague who has had enough mail for now.
const soon = 10 * time.Minute

// single lets mails arrive one by one and notes how long each takes.
func (m *meter) single(ctx context.Context) error {
	var taken []time.Duration
	for n := m.Options.Count; n < m.Options.Count+m.Latencies; n++ {
		arrived := time.Now()
		if _, err := m.peers.ask(fmt.Sprintf("post %d", n)); err != nil {
			return err
		}
		err := wait.Until(ctx, 200*time.Microsecond, func() (bool, error) {
			at, ok := m.when(MessageID(n))
			if ok {
				taken = append(taken, at.Sub(arrived))
			}
			return ok, nil
		})
		if err != nil {
			return err
		}
		if err := wait.For(ctx, m.Gap); err != nil {
			return err
		}
	}
	m.figures.Latencies = len(taken)
	m.figures.P50, m.figures.P99 = percentile(taken, 50), percentile(taken, 99)
	return nil
}
