package mailbox_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"verbale/bot/mailbox"
	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
)

// fetches observes FETCH commands, and may fail them.
type fetches struct {
	mu    sync.Mutex
	most  int // maximum number of messages whose content one command requested
	fault func(uid uint32) error
}

func (f *fetches) note(set imap.NumSet, o *imap.FetchOptions) error {
	if len(o.BodySection) == 0 {
		return nil
	}
	uids, _ := set.(imap.UIDSet).Nums()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.most = max(f.most, len(uids))
	for _, uid := range uids {
		if f.fault == nil {
			break
		}
		if err := f.fault(uint32(uid)); err != nil {
			return err
		}
	}
	return nil
}

func TestThreeThousandMailsComeInBatches(t *testing.T) {
	var asked fetches
	server, f := inMemory(t, mailtest.IMAPOptions{Fetching: asked.note})
	var want []uint32
	for n := range 3000 {
		deliver(t, server, "INBOX", n)
		want = append(want, uint32(n+1))
	}
	watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == 3000 })
	if !slices.Equal(f.uids("INBOX"), want) {
		t.Error("not every mail was handed over once and in order")
	}
	if asked.most != 50 {
		t.Errorf("up to %d mails were fetched at once, want 50", asked.most)
	}
}

// While a batch is handled, the next one is fetched if both fit into the memory limit.
func TestTheNextBatchIsFetchedAhead(t *testing.T) {
	for name, room := range map[string]int{"there is room": 2 * len(letter(1)), "there is none": 2*len(letter(1)) - 1} {
		t.Run(name, func(t *testing.T) {
			second := make(chan struct{}, 1)
			asked := fetches{fault: func(uid uint32) error {
				if uid == 2 {
					second <- struct{}{}
				}
				return nil
			}}
			server, f := inMemory(t, mailtest.IMAPOptions{Fetching: asked.note})
			f.options.BatchCount, f.options.BatchBytes = 1, int64(room)
			f.fail = func(m mailbox.Fetched, _ int) error {
				if m.Place.UID > 1 {
					return nil
				}
				if name == "there is room" {
					<-second
				} else if len(second) > 0 {
					t.Error("the second mail was fetched all the same")
				}
				return nil
			}
			deliver(t, server, "INBOX", 1, 2, 3)
			watch(t, f.options)
			f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == 3 })
			if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3}) {
				t.Errorf("handed over %v", got)
			}
		})
	}
}

func TestMailBeyondTheLimitBecomesOneOutcome(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.MaxMessage = 4096
	huge := append(letter(2), bytes.Repeat([]byte("0123456789abcde\n"), 1<<16)...)
	exact := append(letter(3), bytes.Repeat([]byte{'x'}, 4096-len(letter(3)))...)
	for _, raw := range [][]byte{letter(1), huge, exact, letter(4)} {
		if _, err := server.Append("INBOX", raw, received); err != nil {
			t.Fatal(err)
		}
	}
	watch(t, f.options)
	f.await(t, "four mails", func() bool { return f.cursor("INBOX").UID == 4 })
	for i, want := range []struct {
		raw    []byte
		tooBig int
	}{{letter(1), 0}, {huge[:4096], len(huge)}, {exact, 0}, {letter(4), 0}} {
		if got := f.mails()[i]; !bytes.Equal(got.Raw, want.raw) || got.TooBig != want.tooBig {
			t.Errorf("mail %d: %d bytes, too big %d; want %d, %d", i+1, len(got.Raw), got.TooBig, len(want.raw), want.tooBig)
		}
	}
}

func TestMailExpungedMeanwhileHoldsNothingUp(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.BatchCount = 1
	deliver(t, server, "INBOX", 1, 2, 3, 4)
	f.fail = func(m mailbox.Fetched, _ int) error {
		if m.Place.UID == 1 { // while the second is being fetched
			remove(t, server.Address(), 3)
		}
		return nil
	}
	watch(t, f.options)
	f.await(t, "the mails that are left", func() bool { return f.cursor("INBOX").UID == 4 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 4}) {
		t.Errorf("handed over %v", got)
	}
}

func TestMailThatBreaksTheLineStopsNoOther(t *testing.T) {
	asked := fetches{fault: func(uid uint32) error {
		if uid == 3 {
			return io.EOF
		}
		return nil
	}}
	server, f := inMemory(t, mailtest.IMAPOptions{Fetching: asked.note})
	deliver(t, server, "INBOX", 1, 2, 3, 4, 5)
	watch(t, f.options)
	f.await(t, "the others", func() bool { return slices.Equal(f.uids("INBOX"), []uint32{1, 2, 4, 5}) })
	f.await(t, "the cursor below it", func() bool { return f.cursor("INBOX").UID == 2 })
	asked.mu.Lock()
	asked.fault = nil
	asked.mu.Unlock()
	f.await(t, "the mail itself", func() bool { return f.cursor("INBOX").UID == 5 })
}

func TestMailThatTheServerWithholdsIsTriedAgain(t *testing.T) {
	asked := fetches{fault: func(uid uint32) error {
		if uid == 2 {
			return &imap.Error{Type: imap.StatusResponseTypeNo, Text: "try later"}
		}
		return nil
	}}
	server, f := inMemory(t, mailtest.IMAPOptions{Fetching: asked.note})
	f.options.BatchCount = 1
	deliver(t, server, "INBOX", 1, 2, 3)
	watch(t, f.options)
	f.await(t, "the others", func() bool { return slices.Equal(f.uids("INBOX"), []uint32{1, 3}) })
	if c := f.cursor("INBOX"); c.UID != 1 {
		t.Errorf("the cursor is %d, above a mail that was not given", c.UID)
	}
	asked.mu.Lock()
	asked.fault = nil
	asked.mu.Unlock()
	f.await(t, "the mail itself", func() bool { return f.cursor("INBOX").UID == 3 })
}

func TestErrorOfManyMailsIsLoggedWithoutTheirText(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.fail = func(mailbox.Fetched, int) error { return errors.New("no") }
	deliver(t, server, "INBOX", 77)
	watch(t, f.options)
	f.await(t, "attempts", func() bool { return f.tries(1) > 1 })
	if strings.Contains(f.logs.String(), "Number 77") || strings.Contains(f.logs.String(), "ministry@") {
		t.Error("the log holds words of the mail")
	}
}

// remove expunges one message, as another client.
func remove(t *testing.T, address string, uid imap.UID) {
	client, err := imapclient.DialInsecure(address, nil)
	if err != nil {
		t.Error(err)
		return
	}
	defer client.Close()
	deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}
	login := client.Login(deskUser, deskPassword).Wait()
	_, open := client.Select("INBOX", nil).Wait()
	store := client.Store(imap.UIDSetNum(uid), deleted, nil).Close()
	expunge := client.Expunge().Close()
	if err := errors.Join(login, open, store, expunge); err != nil {
		t.Error(err)
	}
}

func BenchmarkWatch(b *testing.B) {
	server, err := mailtest.StartIMAP(mailtest.IMAPOptions{User: deskUser, Password: deskPassword})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(server.Close)
	f := newFixture(mailauth.Server{Address: server.Address(), TLS: mailauth.NoTLS}, deskUser, deskPassword)
	raw := append(letter(1), bytes.Repeat([]byte("a line of the letter, as letters have them\r\n"), 200)...)
	for range b.N {
		if _, err := server.Append("INBOX", raw, received); err != nil {
			b.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(b.Context())
	var left atomic.Int64
	left.Store(int64(b.N))
	f.options.Handler = func(context.Context, mailbox.Fetched) error {
		if left.Add(-1) == 0 {
			cancel()
		}
		return nil
	}
	b.ResetTimer()
	if err := mailbox.New(f.options).Run(ctx); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
