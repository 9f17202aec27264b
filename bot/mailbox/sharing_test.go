package mailbox_test

import (
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/mailbox"
	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
	"verbale/internal/secret"
)

func TestProcessesShareAFolder(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.LeaseTTL = 200 * time.Millisecond
	deliver(t, server, "INBOX", 1, 2)
	stopFirst := watch(t, f.options)
	f.await(t, "the first process", func() bool { return f.cursor("INBOX").UID == 2 })
	second := f.options
	second.Owner = "two"
	watch(t, second)
	deliver(t, server, "INBOX", 3)
	f.await(t, "the mail, from whoever holds the lease", func() bool { return f.cursor("INBOX").UID == 3 })
	if f.holder("INBOX") != "one" {
		t.Errorf("the lease went from a living process to %q", f.holder("INBOX"))
	}
	stopFirst()
	deliver(t, server, "INBOX", 4)
	f.await(t, "the second process", func() bool { return f.cursor("INBOX").UID == 4 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 4}) {
		t.Errorf("handed over %v", got)
	}
}

// A process that starts after a crash waits until the lease of the crashed process is released
// or expires.
func TestWaitForTheLeaseOfACrashedProcessIsLoggedOnce(t *testing.T) {
	_, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.LeaseTTL = 30 * time.Millisecond
	var rounds atomic.Int64
	f.options.OnState = func(l mailbox.FolderState) {
		if l.Elsewhere {
			rounds.Add(1)
		}
	}
	lease := "mailbox:" + f.options.Account.Name() + "/INBOX"
	if _, err := f.Acquire(t.Context(), lease, "desk-4711", time.Now(), time.Hour); err != nil {
		t.Fatal(err)
	}
	watch(t, f.options)
	f.await(t, "rounds in vain", func() bool { return rounds.Load() >= 3 })
	if err := f.Release(t.Context(), lease, "desk-4711"); err != nil {
		t.Fatal(err)
	}
	f.await(t, "the folder", func() bool { return f.cursor("INBOX").UIDValidity != 0 })
	for _, line := range []string{"level=INFO msg=\"another process holds the folder", "holder=desk-4711 within=40ms", "level=INFO msg=\"the wait for the folder is over"} {
		if n := strings.Count(f.logs.String(), line); n != 1 {
			t.Errorf("%d times %q in the log:\n%s", n, line, f.logs)
		}
	}
}

func TestFolderThatNobodyHoldsIsWatchedWithoutAWord(t *testing.T) {
	_, f := inMemory(t, mailtest.IMAPOptions{})
	watch(t, f.options)
	f.await(t, "the folder", func() bool { return f.cursor("INBOX").UIDValidity != 0 })
	if log := f.logs.String(); strings.Contains(log, "another process") || strings.Contains(log, "the wait for") {
		t.Errorf("the log says:\n%s", f.logs)
	}
}

func TestLostLeaseEndsTheWork(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.LeaseTTL = 100 * time.Millisecond
	watch(t, f.options)
	f.await(t, "the lease", func() bool { return f.cursor("INBOX").UIDValidity != 0 })
	f.store.mu.Lock()
	for name := range f.leases {
		f.leases[name] = lease{"two", time.Now().Add(time.Hour)}
	}
	f.store.mu.Unlock()
	f.await(t, "the retreat", func() bool { return strings.Contains(f.logs.String(), "left to another process") })
	f.store.mu.Lock() // the other process handles a mail and releases the lease
	for p, c := range f.cursors {
		f.cursors[p] = bot.Cursor{UIDValidity: c.UIDValidity, UID: 1, Since: c.Since}
	}
	clear(f.leases)
	f.store.mu.Unlock()
	deliver(t, server, "INBOX", 1, 2)
	f.await(t, "the next mail", func() bool { return f.cursor("INBOX").UID == 2 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{2}) {
		t.Errorf("handed over %v, want what the other process left", got)
	}
}

// proxy is a TCP proxy whose connections can become half-open.
type proxy struct {
	net.Listener
	target string
	mu     sync.Mutex
	open   []*halfOpenConn
}

type halfOpenConn struct {
	net.Conn
	mu   sync.Mutex
	dead bool
}

func (d *halfOpenConn) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return len(p), nil
	}
	return d.Conn.Write(p)
}

func newProxy(t *testing.T, target string) *proxy {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	p := &proxy{Listener: listener, target: target}
	go p.serve()
	return p
}

func (p *proxy) serve() {
	for {
		client, err := p.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.target)
		if err != nil {
			client.Close()
			continue
		}
		toClient := &halfOpenConn{Conn: client}
		p.mu.Lock()
		p.open = append(p.open, toClient)
		p.mu.Unlock()
		go io.Copy(toClient, server)
		go func() {
			io.Copy(server, client)
			server.Close()
		}()
	}
}

// goHalfOpen makes the open connections discard what the server sends.
func (p *proxy) goHalfOpen() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range p.open {
		d.mu.Lock()
		d.dead = true
		d.mu.Unlock()
	}
}

func TestHalfOpenLineIsFoundOutAndReplaced(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	line := newProxy(t, server.Address())
	f.options.Server.Address = line.Addr().String()
	f.options.IdleRenew, f.options.Timeout = 20*time.Millisecond, 300*time.Millisecond
	watch(t, f.options)
	f.await(t, "the first look", func() bool { return f.cursor("INBOX").UIDValidity != 0 })
	line.goHalfOpen()
	deliver(t, server, "INBOX", 1)
	f.await(t, "the mail over another line", func() bool { return f.cursor("INBOX").UID == 1 })
	if !strings.Contains(f.logs.String(), "no answer from the server in time") {
		t.Errorf("the log does not say why:\n%s", f.logs)
	}
}

func TestLoginWithOAuth2(t *testing.T) {
	tokens := mailtest.NewTokenServer()
	t.Cleanup(tokens.Close)
	server, f := inMemory(t, mailtest.IMAPOptions{Token: tokens.Newest})
	f.options.Login = mailauth.NewLogin(mailauth.Credentials{User: deskUser,
		OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "verbale", ClientSecret: secret.New("client-secret-value")}})
	deliver(t, server, "INBOX", 1)
	watch(t, f.options)
	f.await(t, "a mail", func() bool { return f.cursor("INBOX").UID == 1 })
}

func TestNoSecretStandsInTheLog(t *testing.T) {
	tokens := mailtest.NewTokenServer()
	t.Cleanup(tokens.Close)
	byToken := mailauth.Credentials{User: deskUser, OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(),
		ClientID: "verbale", ClientSecret: secret.New("client-secret-value")}}
	byPassword := mailauth.Credentials{User: deskUser, Password: secret.New("wrong-password-value")}
	for name, c := range map[string]mailauth.Credentials{"token": byToken, "password": byPassword} {
		t.Run(name, func(t *testing.T) {
			o := mailtest.IMAPOptions{}
			if c.OAuth2 != nil {
				o.Token = func() string { return "another-token" }
			}
			_, f := inMemory(t, o)
			f.options.Login = mailauth.NewLogin(c)
			watch(t, f.options)
			f.await(t, "advice", func() bool { return strings.Contains(f.logs.String(), "check user and password_file") })
			for _, secret := range []string{"client-secret-value", "wrong-password-value", "token-1"} {
				if strings.Contains(f.logs.String(), secret) {
					t.Errorf("%q stands in the log:\n%s", secret, f.logs)
				}
			}
		})
	}
}

func TestInspectorLooksAndChangesNothing(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	deliver(t, server, "INBOX", 1, 2)
	ctx := t.Context()
	inspector, err := mailbox.Inspect(ctx, f.options.Account, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer inspector.Close(ctx)
	if can := inspector.Capabilities(); !can.Idle || !can.Move || !slices.Contains(can.All, "IMAP4rev1") {
		t.Errorf("abilities %+v", can)
	}
	if folders, err := inspector.Folders(ctx); err != nil || !slices.Equal(folders, []string{"INBOX"}) {
		t.Errorf("folders %v, %v", folders, err)
	}
	listing, err := inspector.List(ctx, "INBOX")
	if err != nil || !slices.Equal(listing.UIDs, []uint32{1, 2}) {
		t.Fatalf("listing %+v, %v", listing, err)
	}
	if keeps, err := inspector.KeepsKeywords(ctx, "INBOX"); err != nil || !keeps {
		t.Errorf("keeps keywords: %t, %v", keeps, err)
	}
	if all := flags(t, server.Address(), deskUser, deskPassword, "INBOX"); len(all[1])+len(all[2]) != 0 {
		t.Errorf("flags %v", all)
	}
	if _, err := inspector.List(ctx, "Lost"); mailbox.Advice(err) == "" {
		t.Errorf("no advice about a folder that is missing: %v", err)
	}
}
