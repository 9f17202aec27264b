package mailbox_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"verbale/bot/mailbox"
	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
)

// onDovecot returns a fixture with a Dovecot server, over implicit TLS.
func onDovecot(t *testing.T) (*mailtest.Dovecot, *fixture) {
	t.Helper()
	d := mailtest.RunDovecot(t)
	server := mailauth.Server{Address: d.TLSAddress, TLS: mailauth.Implicit, RootCAs: d.Certificate.Roots}
	return d, newFixture(server, "tc", d.Password)
}

// other connects another client to the same account.
func other(t *testing.T, d *mailtest.Dovecot) *imapclient.Client {
	t.Helper()
	client, err := imapclient.DialTLS(d.TLSAddress, &imapclient.Options{TLSConfig: &tls.Config{RootCAs: d.Certificate.Roots}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	if err := client.Login("tc", d.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	return client
}

func appendTo(t *testing.T, client *imapclient.Client, folder string, raws ...[]byte) {
	t.Helper()
	for _, raw := range raws {
		cmd := client.Append(folder, int64(len(raw)), &imap.AppendOptions{Time: received})
		_, err := cmd.Write(raw)
		if err := errors.Join(err, cmd.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDovecotDeliversByIdleAndShowsTheKeyword(t *testing.T) {
	d, f := onDovecot(t)
	client := other(t, d)
	appendTo(t, client, "INBOX", letter(1))
	watch(t, f.options)
	f.await(t, "the first mail", func() bool { return f.cursor("INBOX").UID == 1 })
	appendTo(t, client, "INBOX", letter(2))
	f.await(t, "the second, by IDLE", func() bool { return f.cursor("INBOX").UID == 2 })
	f.await(t, "the keyword", func() bool {
		all := flags(t, d.Address, "tc", d.Password, "INBOX")
		return has(all[1], mailbox.DefaultKeyword) && has(all[2], mailbox.DefaultKeyword) && !has(all[1], imap.FlagSeen)
	})
}

// When a folder is opened read-only, Dovecot announces no permanent flags. Keywords must be
// reported as kept all the same.
func TestDovecotKeepsKeywords(t *testing.T) {
	_, f := onDovecot(t)
	inspector, err := mailbox.Inspect(t.Context(), f.options.Account, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer inspector.Close(t.Context())
	if keeps, err := inspector.KeepsKeywords(t.Context(), "INBOX"); err != nil || !keeps {
		t.Errorf("keeps keywords: %t, %v", keeps, err)
	}
}

func TestDovecotKilledAndStartedAgain(t *testing.T) {
	d, f := onDovecot(t)
	appendTo(t, other(t, d), "INBOX", letter(1))
	watch(t, f.options)
	f.await(t, "a mail", func() bool { return f.cursor("INBOX").UID == 1 })
	d.Kill()
	f.await(t, "an attempt in vain", func() bool { return strings.Contains(f.logs.String(), "connection refused") })
	if err := d.Restart(); err != nil {
		t.Fatal(err)
	}
	appendTo(t, other(t, d), "INBOX", letter(2))
	f.await(t, "the mail after it", func() bool { return f.cursor("INBOX").UID == 2 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2}) {
		t.Errorf("handed over %v", got)
	}
}

func TestDovecotMovesAndSeveralFolders(t *testing.T) {
	d, f := onDovecot(t)
	f.options.After, f.options.MoveTo = mailbox.AfterMove, "Done"
	f.options.Folders = []string{"INBOX", "Запросы", "Lost"}
	client := other(t, d)
	for _, folder := range []string{"Done", "Запросы"} {
		if err := client.Create(folder, nil).Wait(); err != nil {
			t.Fatal(err)
		}
	}
	appendTo(t, client, "INBOX", letter(1), letter(2))
	appendTo(t, client, "Запросы", letter(3))
	watch(t, f.options)
	f.await(t, "all moved", func() bool { return len(flags(t, d.Address, "tc", d.Password, "Done")) == 3 })
	f.await(t, "advice", func() bool { return strings.Contains(f.logs.String(), "create the folder") })
	if got := len(flags(t, d.Address, "tc", d.Password, "INBOX")); got != 0 {
		t.Errorf("%d mails left in INBOX", got)
	}
}

func TestDovecotRenumbered(t *testing.T) {
	d, f := onDovecot(t)
	f.options.Poll, f.options.Folders = 100*time.Millisecond, []string{"Requests"}
	client := other(t, d)
	if err := client.Create("Requests", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	appendTo(t, client, "Requests", letter(1), letter(2))
	watch(t, f.options)
	f.await(t, "two mails", func() bool { return f.cursor("Requests").UID == 2 })
	before := f.cursor("Requests")
	if err := errors.Join(client.Delete("Requests").Wait(), client.Create("Requests", nil).Wait()); err != nil {
		t.Fatal(err)
	}
	appendTo(t, client, "Requests", letter(2))
	f.await(t, "the folder under its new number", func() bool {
		c := f.cursor("Requests")
		return c.UIDValidity != before.UIDValidity && c.UID == 1
	})
}

func TestDovecotWithManyMailsAndOneTooBig(t *testing.T) {
	d, f := onDovecot(t)
	f.options.MaxMessage = 1 << 16
	huge := append(letter(0), bytes.Repeat([]byte("0123456789abcd\r\n"), 1<<16)...)
	client := other(t, d)
	var want []uint32
	for n := range 299 {
		appendTo(t, client, "INBOX", letter(n+1))
		want = append(want, uint32(n+1))
	}
	appendTo(t, client, "INBOX", huge)
	remove := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}
	f.fail = func(m mailbox.Fetched, _ int) error {
		if m.Place.UID != 1 {
			return nil
		}
		_, err := client.Select("INBOX", nil).Wait() // another client expunges a message that is not fetched yet
		return errors.Join(err, client.Store(imap.UIDSetNum(200), remove, nil).Close(), client.Expunge().Close())
	}
	watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == 300 })
	want = append(slices.DeleteFunc(want, func(uid uint32) bool { return uid == 200 }), 300)
	if got := f.uids("INBOX"); !slices.Equal(got, want) {
		t.Errorf("handed over %d mails, want %d in order", len(got), len(want))
	}
	last := f.mails()[len(want)-1]
	if !bytes.Equal(last.Raw, huge[:1<<16]) || last.TooBig != len(huge) {
		t.Errorf("the mail beyond the limit came with %d bytes, too big %d", len(last.Raw), last.TooBig)
	}
}
