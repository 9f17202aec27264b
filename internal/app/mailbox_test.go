package app_test

import (
	"cmp"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"verbale/intake"
	"verbale/intake/eml"
	"verbale/internal/daemon"
	"verbale/internal/mailtest"
)

func needRedis(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if daemon.ServersRequired() {
			t.Fatal(err)
		}
		t.Skip(err)
	}
}

// mailboxLines is an IMAP client of the desk's mailbox, in addition to that of the service.
type mailboxLines struct {
	mu     sync.Mutex
	client *imapclient.Client // nil before the first use and after an error
}

// withMailbox calls f with the connection. It opens a new one if the last failed.
func (k *desk) withMailbox(f func(*imapclient.Client) error) error {
	k.lines.mu.Lock()
	defer k.lines.mu.Unlock()
	if k.lines.client == nil {
		client, err := imapclient.DialInsecure(k.imap.Address, nil)
		if err != nil {
			return err
		}
		if err := client.Login(k.user, k.imap.Password).Wait(); err != nil {
			return errors.Join(err, client.Close())
		}
		k.lines.client = client
		k.t.Cleanup(func() { client.Close() })
	}
	err := f(k.lines.client)
	if err != nil {
		k.lines.client.Close()
		k.lines.client = nil
	}
	return err
}

// deliver puts mails into the INBOX as if they had just arrived.
func (k *desk) deliver(mails ...[]byte) {
	k.t.Helper()
	for _, raw := range mails {
		k.deliverTo("INBOX", raw, time.Now())
	}
}

func (k *desk) deliverTo(folder string, raw []byte, received time.Time) {
	k.t.Helper()
	if err := k.tryDeliver(folder, raw, received); err != nil {
		k.t.Fatalf("deliver to %s: %v", folder, err)
	}
}

func (k *desk) tryDeliver(folder string, raw []byte, received time.Time) error {
	return k.withMailbox(func(c *imapclient.Client) error {
		command := c.Append(folder, int64(len(raw)), &imap.AppendOptions{Time: received})
		_, err := command.Write(raw)
		if err := errors.Join(err, command.Close()); err != nil {
			return err
		}
		_, err = command.Wait()
		return err
	})
}

func (k *desk) createFolder(name string) {
	k.t.Helper()
	if err := k.withMailbox(func(c *imapclient.Client) error { return c.Create(name, nil).Wait() }); err != nil {
		k.t.Fatal(err)
	}
}

// flags returns the flags of each mail in a folder, in order of UID.
func (k *desk) flags(folder string) (all [][]imap.Flag) {
	k.t.Helper()
	err := k.withMailbox(func(c *imapclient.Client) error {
		opened, err := c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil || opened.NumMessages == 0 {
			return err
		}
		list, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true}).Collect()
		slices.SortFunc(list, func(a, b *imapclient.FetchMessageBuffer) int { return cmp.Compare(a.UID, b.UID) })
		for _, m := range list {
			all = append(all, m.Flags)
		}
		return err
	})
	if err != nil {
		k.t.Fatalf("flags of %s: %v", folder, err)
	}
	return all
}

// A sent is a sent mail, parsed as its recipient would parse it.
type sent struct {
	*intake.Message
	envelope mailtest.Received
	raw      string
}

// to returns the recipient.
func (s sent) to() string { return s.envelope.To[0] }

// acknowledges reports whether the mail is an acknowledgement. Only these have a null reverse-path
// (RFC 5321).
func (s sent) acknowledges() bool { return s.envelope.From == "" }

// header returns the unfolded value of a header field, or "" if there is none.
func (s sent) header(name string) string {
	head, _, _ := strings.Cut(s.raw, "\r\n\r\n")
	head = strings.NewReplacer("\r\n ", " ", "\r\n\t", " ").Replace(head)
	for line := range strings.SplitSeq(head, "\r\n") {
		if value, ok := strings.CutPrefix(line, name+": "); ok {
			return value
		}
	}
	return ""
}

// sent returns all mail sent so far.
func (k *desk) sent() (all []sent) {
	for _, r := range k.smtp.Received() {
		all = append(all, sent{eml.Parse(k.t.Context(), r.Raw, eml.Options{}), r, string(r.Raw)})
	}
	return all
}

// acknowledgements returns the acknowledgements sent, by Message-ID.
func (k *desk) acknowledgements() map[string][]sent {
	all := map[string][]sent{}
	for _, s := range k.sent() {
		if s.acknowledges() {
			all[s.MessageID] = append(all[s.MessageID], s)
		}
	}
	return all
}
