package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"verbale/internal/app"
	"verbale/internal/mailtest"
)

// deliverWhile delivers a series of mails and calls breakIt after the first third. A mail that
// the mailbox refused is delivered again, as an MTA would do.
func (k *desk) deliverWhile(mails int, breakIt func()) {
	k.t.Helper()
	begun, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for n := range mails {
			if n == mails/3 {
				close(begun)
			}
			if err := k.deliverAtLast(request(n)); err != nil {
				done <- err
				return
			}
		}
		close(done)
	}()
	select {
	case <-begun:
	case err := <-done:
		k.t.Fatal(err)
	}
	breakIt()
	if err := <-done; err != nil {
		k.t.Fatal(err)
	}
}

// deliverAtLast retries until the mailbox accepts the mail.
func (k *desk) deliverAtLast(raw []byte) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		err := k.tryDeliver("INBOX", raw, time.Now())
		if err == nil || time.Now().After(deadline) {
			return err
		}
	}
}

func TestRedisKilledMeanwhile(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	k.timing.Attempt = 15 * time.Second // a short lease, so that work left by a crash is soon resumed
	s := k.serve()
	const mails = 20
	k.deliverWhile(mails, func() {
		for range 2 {
			k.killRedis()
			k.await("the store to answer again", func() bool {
				_, err := s.server.Store().NextReference(t.Context(), 2026)
				return err == nil
			})
		}
	})
	s.settled(mails)
	k.eachAcknowledgedOnce(mails)
	k.audit()
}

// killRedis kills the desk's private redis-server, as in a crash.
func (k *desk) killRedis() {
	k.t.Helper()
	var pid int
	k.await("the private server to tell its process", func() bool {
		pid = k.redisProcess()
		return pid > 0
	})
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		k.t.Fatal(err)
	}
	k.await("another private server", func() bool {
		next := k.redisProcess()
		return next > 0 && next != pid
	})
}

// redisProcess returns the process ID of the private redis-server, or 0 if it does not answer.
func (k *desk) redisProcess() (pid int) {
	for line := range strings.Lines(k.redis("INFO", "server")) {
		if rest, ok := strings.CutPrefix(line, "process_id:"); ok {
			fmt.Sscan(rest, &pid)
		}
	}
	return pid
}

func TestDovecotKilledMeanwhile(t *testing.T) {
	t.Parallel()
	d := mailtest.RunDovecot(t)
	k := deskAt(t, d)
	s := k.serve()
	const mails = 20
	k.deliverWhile(mails, func() {
		d.Kill()
		if err := d.Restart(); err != nil {
			t.Fatal(err)
		}
	})
	// A mail whose delivery was interrupted may be in the folder twice.
	s.settled(len(k.flags("INBOX")))
	k.eachAcknowledgedOnce(mails)
	k.audit()
}

func TestRelayFailsMeanwhile(t *testing.T) {
	t.Parallel()
	greylisted := func(string) error { return &smtp.SMTPError{Code: 451, Message: "try again later"} }
	cases := map[string]func(*mailtest.SMTPServer){
		"refuses senders for now":       func(s *mailtest.SMTPServer) { s.Fail(mailtest.Fault{Mail: greylisted}) },
		"refuses recipients for now":    func(s *mailtest.SMTPServer) { s.Fail(mailtest.Fault{Rcpt: greylisted}) },
		"hangs up after it took a mail": func(s *mailtest.SMTPServer) { s.Fail(mailtest.Fault{DropAfterData: true}) },
		"is down":                       func(s *mailtest.SMTPServer) { s.Stop() },
		"is full":                       func(s *mailtest.SMTPServer) { s.Fail(mailtest.Fault{Data: full}) },
	}
	for name, breakIt := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newDesk(t)
			s := k.serve()
			const mails = 9
			k.deliverWhile(mails, func() {
				breakIt(k.smtp)
				k.await("a failure", func() bool { return strings.Contains(k.logs.String(), "action failed") })
				k.smtp.Fail(mailtest.Fault{})
				k.smtp.Stop()
				if err := k.smtp.Start(); err != nil {
					t.Fatal(err)
				}
			})
			s.settled(mails)
			k.eachAcknowledgedOnce(mails)
			k.audit()
		})
	}
}

func full(mailtest.Received) error {
	return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "no room"}
}

func TestWrongPasswordIsAdvisedAndTriedAgain(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	password := filepath.Join(k.folder, "password")
	k.write(password, "wrong")
	s := k.start()
	k.await("advice", func() bool {
		return strings.Contains(k.logs.String(), "advice=") && strings.Count(k.logs.String(), "the folder cannot be read") >= 2
	})
	if strings.Contains(k.logs.String(), "password=") {
		t.Errorf("the log shows a password:\n%s", k.logs)
	}
	s.stop()
	k.write(password, k.imap.Password)
	s = k.serve()
	k.deliver(request(1))
	s.settled(1)
}

func TestServeSaysInOneLineWhyItCannotStart(t *testing.T) {
	k := newDesk(t)
	nothing := filepath.Join(k.folder, "nothing.yaml")
	cases := map[string]struct {
		file string
		redo func()
		want string
	}{
		"no configuration": {nothing, func() {}, "read configuration"},
		"Redis is down":    {k.file, func() { k.configure(func(c *configLines) { c.redis = "redis://127.0.0.1:1" }) }, "open the store"},
		"no mailbox": {filepath.Join(k.folder, "none.yaml"), func() { k.write(filepath.Join(k.folder, "none.yaml"), "send: off\n") },
			"names no mailbox"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.redo()
			err := app.Serve(t.Context(), app.ServeOptions{Config: c.file, Log: k.log()})
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestServeNeedsARedisServerForItsOwn(t *testing.T) {
	k := newDesk(t)
	t.Setenv("PATH", t.TempDir())
	err := app.Serve(t.Context(), app.ServeOptions{Config: k.file, Log: k.log()})
	if err == nil || !strings.Contains(err.Error(), "install redis-server, or set redis.url") {
		t.Errorf("%v", err)
	}
}

func TestServeEndsWhenItIsTold(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- app.Serve(ctx, app.ServeOptions{Config: k.file, Log: k.log()}) }()
	k.await("the service", func() bool { return strings.Contains(k.logs.String(), "msg=serving") })
	stop()
	select {
	case err := <-ended:
		if err != nil || !strings.Contains(k.logs.String(), "msg=stopped") {
			t.Errorf("%v\n%s", err, k.logs)
		}
	case <-time.After(patience):
		t.Fatal("it does not end")
	}
	if _, err := os.Stat(filepath.Join(k.folder, "data", "redis", "redis.sock")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its private server lives on: %v", err)
	}
}
