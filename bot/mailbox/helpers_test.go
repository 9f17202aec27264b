package mailbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/mailbox"
	"verbale/intake"
	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
	"verbale/internal/secret"
)

const (
	deskUser     = "tc@desk.unece.example"
	deskPassword = "correct horse battery"
)

// store keeps cursors and leases in memory.
type store struct {
	mu      sync.Mutex
	cursors map[intake.Place]bot.Cursor
	leases  map[string]lease
	writes  []bot.Cursor
	down    error
}

type lease struct {
	owner string
	until time.Time
}

func newStore() *store {
	return &store{cursors: map[intake.Place]bot.Cursor{}, leases: map[string]lease{}}
}

func key(p intake.Place) intake.Place { return intake.Place{Mailbox: p.Mailbox, Folder: p.Folder} }

func (s *store) Cursor(_ context.Context, p intake.Place) (bot.Cursor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cursors[key(p)], s.down
}

func (s *store) SetCursor(ctx context.Context, p intake.Place, c bot.Cursor) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := errors.Join(s.down, ctx.Err()); err != nil {
		return err
	}
	s.cursors[key(p)] = c
	s.writes = append(s.writes, c)
	return nil
}

func (s *store) Acquire(_ context.Context, name, owner string, now time.Time, ttl time.Duration) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l, taken := s.leases[name]; taken && l.owner != owner && l.until.After(now) {
		return false, s.down
	}
	s.leases[name] = lease{owner, now.Add(ttl)}
	return true, s.down
}

func (s *store) Release(_ context.Context, name, owner string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.leases[name].owner == owner {
		delete(s.leases, name)
	}
	return nil
}

func (s *store) Holders(context.Context) (map[string]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	holders := map[string]string{}
	for name, l := range s.leases {
		holders[name] = l.owner
	}
	return holders, s.down
}

// holder returns the process that holds the lease of a folder.
func (s *store) holder(folder string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, l := range s.leases {
		if strings.HasSuffix(name, "/"+folder) {
			return l.owner
		}
	}
	return ""
}

func (s *store) cursor(folder string) bot.Cursor {
	s.mu.Lock()
	defer s.mu.Unlock()
	for p, c := range s.cursors {
		if p.Folder == folder {
			return c
		}
	}
	return bot.Cursor{}
}

// recorder is a Handler that keeps what it gets. If fail is set, it may return an error instead.
type recorder struct {
	mu   sync.Mutex
	got  []mailbox.Fetched
	fail func(f mailbox.Fetched, times int) error
	seen map[intake.Place]int
}

func (r *recorder) handle(_ context.Context, f mailbox.Fetched) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil {
		r.seen = map[intake.Place]int{}
	}
	r.seen[f.Place]++
	if r.fail != nil {
		if err := r.fail(f, r.seen[f.Place]); err != nil {
			return err
		}
	}
	r.got = append(r.got, f)
	return nil
}

func (r *recorder) mails() []mailbox.Fetched {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]mailbox.Fetched(nil), r.got...)
}

// uids lists the UIDs of the handled messages of a folder, in order.
func (r *recorder) uids(folder string) []uint32 {
	var uids []uint32
	for _, f := range r.mails() {
		if f.Place.Folder == folder {
			uids = append(uids, f.Place.UID)
		}
	}
	return uids
}

func (r *recorder) tries(uid uint32) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for p, times := range r.seen {
		if p.UID == uid {
			n += times
		}
	}
	return n
}

// logs is a log that can be read while it is written to.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// fixture is a server, a store and a handler, with options that use them.
type fixture struct {
	*store
	*recorder
	logs    *logs
	options mailbox.Options
}

func newFixture(server mailauth.Server, user, password string) *fixture {
	f := &fixture{store: newStore(), recorder: &recorder{}, logs: &logs{}}
	f.options = mailbox.Options{
		Account: mailbox.Account{Server: server,
			Login: mailauth.NewLogin(mailauth.Credentials{User: user, Password: secret.New(password)})},
		Since: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Handler: f.handle, Cursors: f.store, Leases: f.store, Owner: "one",
		Poll: 10 * time.Second, Retry: time.Millisecond, LeaseTTL: 10 * time.Second,
		Log: slog.New(slog.NewTextHandler(f.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	return f
}

// inMemory returns a fixture with an IMAP server in this process.
func inMemory(t *testing.T, o mailtest.IMAPOptions) (*mailtest.IMAPServer, *fixture) {
	t.Helper()
	o.User, o.Password = deskUser, deskPassword
	server, err := mailtest.StartIMAP(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server, newFixture(mailauth.Server{Address: server.Address(), TLS: mailauth.NoTLS}, deskUser, deskPassword)
}

// patience is the time limit of await.
const patience = 2 * time.Minute

// watch runs a watcher until stop is called or the test ends.
func watch(t *testing.T, o mailbox.Options) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- mailbox.New(o).Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(patience):
			t.Error("Run did not end with its context")
		}
	})
	t.Cleanup(stop)
	return stop
}

// await waits until a condition holds, or fails the test.
func (f *fixture) await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for: %s\ncursors: %v\nlog:\n%s", what, f.writes, f.logs)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func letter(n int) []byte {
	return fmt.Appendf(nil, "From: ministry@example.example\r\nSubject: letter %d\r\nMessage-ID: <%d@example.example>\r\n\r\nNumber %d.\r\n", n, n, n)
}

var received = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func deliver(t *testing.T, s *mailtest.IMAPServer, folder string, numbers ...int) {
	t.Helper()
	for _, n := range numbers {
		if _, err := s.Append(folder, letter(n), received); err != nil {
			t.Fatal(err)
		}
	}
}
