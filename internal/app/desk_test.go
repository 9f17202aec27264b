package app_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbale/internal/app"
	"verbale/internal/config"
	"verbale/internal/daemon"
	"verbale/internal/mailtest"
	"verbale/internal/outbox"
)

// deskAddress is the sender address of all outgoing mail in these tests.
const deskAddress = "tc@desk.unece.example"

// dovecot is shared by all tests that do not break it. Each test has its own user.
var dovecot = sync.OnceValues(mailtest.StartDovecot)

var users atomic.Int64

// TestMain runs more tests in parallel than there are processors, because they spend most of
// their time waiting for servers.
func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	code := m.Run()
	if users.Load() > 0 {
		if d, err := dovecot(); err == nil {
			d.Close()
		}
	}
	os.Exit(code)
}

func sharedDovecot(t testing.TB) *mailtest.Dovecot {
	t.Helper()
	d, err := dovecot()
	if errors.Is(err, mailtest.ErrNoDovecot) && !daemon.ServersRequired() {
		t.Skip(err)
	}
	if err != nil {
		t.Fatalf("start dovecot: %v", err)
	}
	return d
}

// A desk is an office with a real mailbox, a private redis-server and an SMTP server that keeps
// the mail it receives.
type desk struct {
	t      testing.TB
	file   string // configuration file
	folder string
	user   string
	imap   *mailtest.Dovecot
	smtp   *mailtest.SMTPServer
	timing app.Timing
	clock  *clock
	logs   *logbook
	lines  mailboxLines
	slack  string     // further lines of the configuration, if the desk uses Slack
	level  slog.Level // lowest level that is logged
}

// configLines are the parts of the configuration that tests replace.
type configLines struct{ send, mailbox, redis string }

func newDesk(t testing.TB, change ...func(*configLines)) *desk {
	t.Helper()
	return deskAt(t, sharedDovecot(t), change...)
}

func deskAt(t testing.TB, d *mailtest.Dovecot, change ...func(*configLines)) *desk {
	t.Helper()
	needRedis(t)
	smtp, err := mailtest.StartSMTP(mailtest.SMTPOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(smtp.Close)
	policies, err := outbox.DefaultPolicies()
	if err != nil {
		t.Fatal(err)
	}
	for mouth, policy := range policies {
		policy.Retry.First, policy.Retry.Longest = 100*time.Millisecond, 500*time.Millisecond
		policies[mouth] = policy
	}
	c := &clock{}
	k := &desk{t: t, clock: c, imap: d, smtp: smtp, folder: t.TempDir(), logs: &logbook{},
		user:   fmt.Sprintf("desk%d", users.Add(1)),
		timing: app.Timing{Now: c.now, Outbox: policies, OutboxPoll: time.Second, Attempt: patience / 5, FolderPoll: time.Second, Lease: 3 * time.Second}}
	k.configure(change...)
	return k
}

func (k *desk) configure(change ...func(*configLines)) {
	k.t.Helper()
	lines := configLines{send: "on", mailbox: "", redis: "embedded"}
	for _, c := range change {
		c(&lines)
	}
	password := filepath.Join(k.folder, "password")
	k.write(password, k.imap.Password)
	k.file = filepath.Join(k.folder, "office.yaml")
	k.write(k.file, fmt.Sprintf(`data_dir: %s
redis:
  url: %s
mailbox:
  - address: %s
    tls: none
    user: %s
    password_file: %s
%s
smtp:
  address: %s
  tls: none
desk:
  address: %s
send: %s
%s`, filepath.Join(k.folder, "data"), lines.redis, k.imap.Address, k.user, password, lines.mailbox, k.smtp.Address(), deskAddress, lines.send, k.slack))
}

func (k *desk) write(file, content string) {
	k.t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		k.t.Fatal(err)
	}
}

// A service is a running Server.
type service struct {
	*desk
	server *app.Server
	stop   func() // stops it and waits; may be called more than once
}

// serve starts the service and waits until it has read its folder once, so that mail delivered
// afterwards counts as new.
func (k *desk) serve() *service {
	k.t.Helper()
	s := k.start()
	k.await("the first look into the folder", func() bool {
		cursor, err := s.server.Store().Cursor(k.t.Context(), s.server.Folder(0, "INBOX"))
		return err == nil && !cursor.Since.IsZero()
	})
	return s
}

func (k *desk) start() *service {
	k.t.Helper()
	c, err := config.Load(k.file, os.LookupEnv)
	if err != nil {
		k.t.Fatal(err)
	}
	server, err := app.OpenWith(k.t.Context(), c, k.log(), k.timing)
	if err != nil {
		k.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := errors.Join(<-ended, server.Close()); err != nil {
			k.t.Errorf("the service ended with %v", err)
		}
	})
	k.t.Cleanup(stop)
	return &service{k, server, stop}
}

func (k *desk) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(k.logs, &slog.HandlerOptions{Level: k.level}))
}

// patience is the time limit for waiting for a condition.
const patience = 5 * time.Minute

// await waits until a condition holds.
func (k *desk) await(what string, holds func() bool) {
	k.t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			k.t.Fatalf("waited in vain for %s; the log says:\n%s", what, k.logs)
		}
	}
}

// settled waits until the given number of mails in the INBOX have an outcome and no action is
// waiting, except those deferred by a rate limit. The time limit restarts with each outcome.
func (s *service) settled(mails int) {
	s.t.Helper()
	for done := 0; done < mails; {
		before := done
		s.await(fmt.Sprintf("outcomes of more than %d of %d mails", before, mails), func() bool { done = s.placed(); return done > before })
	}
	s.await(fmt.Sprintf("outcomes of %d mails alone, and all mail sent", mails), func() bool {
		waiting, err := s.server.Store().WaitingBy(s.t.Context(), s.timing.Now().Add(time.Hour))
		return err == nil && waiting == 0 && s.placed() == mails
	})
}

// placed returns the number of mails in the INBOX that have an outcome, or -1 if the store
// cannot be read.
func (s *service) placed() int {
	place := s.server.Folder(0, "INBOX")
	cursor, err := s.server.Store().Cursor(s.t.Context(), place)
	place.UIDValidity = cursor.UIDValidity
	outcomes, errOutcomes := s.server.Store().Outcomes(s.t.Context(), place)
	if errors.Join(err, errOutcomes) != nil {
		return -1
	}
	return len(outcomes)
}

// audit fails the test unless every folder balances. It returns the output.
func (k *desk) audit() string {
	k.t.Helper()
	var out bytes.Buffer
	uneven, err := app.Audit(k.t.Context(), app.AuditOptions{Config: k.file, Out: &out, Log: k.log()})
	if err != nil || uneven != 0 {
		k.t.Errorf("audit: %d folders are uneven, %v\n%s", uneven, err, &out)
	}
	return out.String()
}

// A logbook keeps log lines. It is safe for concurrent use.
type logbook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
