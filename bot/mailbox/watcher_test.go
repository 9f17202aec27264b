package mailbox_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/mailbox"
	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
)

func TestMailIsHandedOverInOrderAndTheCursorFollows(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	deliver(t, server, "INBOX", 1, 2, 3)
	watch(t, f.options)
	f.await(t, "three mails", func() bool { return f.cursor("INBOX").UID == 3 })
	deliver(t, server, "INBOX", 4) // noticed through IDLE: the poll interval is 10 s
	f.await(t, "the fourth", func() bool { return f.cursor("INBOX").UID == 4 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 4}) {
		t.Errorf("handed over %v", got)
	}
	first := f.mails()[0]
	if string(first.Raw) != string(letter(1)) || first.TooBig != 0 || !first.InternalDate.Equal(received) {
		t.Errorf("the first mail came as %q, too big %d, received %v", first.Raw, first.TooBig, first.InternalDate)
	}
	if first.Place.Mailbox != deskUser+"@"+server.Address() || first.Place.UIDValidity == 0 {
		t.Errorf("place %+v", first.Place)
	}
}

func TestEveryWayOfEncryption(t *testing.T) {
	certificate, err := mailtest.NewCertificate()
	if err != nil {
		t.Fatal(err)
	}
	for _, mode := range []mailauth.TLS{mailauth.Implicit, mailauth.StartTLS, mailauth.NoTLS} {
		t.Run(string(mode), func(t *testing.T) {
			o := mailtest.IMAPOptions{Implicit: mode == mailauth.Implicit}
			if mode != mailauth.NoTLS {
				o.Certificate = certificate
			}
			server, f := inMemory(t, o)
			f.options.Server.TLS, f.options.Server.RootCAs = mode, certificate.Roots
			deliver(t, server, "INBOX", 1)
			watch(t, f.options)
			f.await(t, "a mail", func() bool { return f.cursor("INBOX").UID == 1 })
		})
	}
}

func TestServerWithoutIdleIsPolled(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{NoIdle: true})
	f.options.Poll = 20 * time.Millisecond
	watch(t, f.options)
	f.await(t, "the first look", func() bool { return f.cursor("INBOX").UIDValidity != 0 })
	deliver(t, server, "INBOX", 1)
	f.await(t, "a mail", func() bool { return f.cursor("INBOX").UID == 1 })
}

func TestWatchingGoesOnAfterTheServerWasAway(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	deliver(t, server, "INBOX", 1)
	watch(t, f.options)
	f.await(t, "a mail", func() bool { return f.cursor("INBOX").UID == 1 })
	server.Stop()
	deliver(t, server, "INBOX", 2)
	f.await(t, "an attempt in vain", func() bool { return strings.Contains(f.logs.String(), "connection refused") })
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	f.await(t, "the mail that came meanwhile", func() bool { return f.cursor("INBOX").UID == 2 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2}) {
		t.Errorf("handed over %v", got)
	}
}

func TestChangedUIDValidityReadsTheFolderAnew(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.Poll = 50 * time.Millisecond // the change is noticed when the folder is selected again
	deliver(t, server, "INBOX", 1, 2, 3)
	watch(t, f.options)
	f.await(t, "three mails", func() bool { return f.cursor("INBOX").UID == 3 })
	before := f.cursor("INBOX")
	if err := server.Renumber("INBOX"); err != nil {
		t.Fatal(err)
	}
	deliver(t, server, "INBOX", 2, 3)
	f.await(t, "the folder under its new number", func() bool {
		c := f.cursor("INBOX")
		return c.UIDValidity != before.UIDValidity && c.UID == 2
	})
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 1, 2}) {
		t.Errorf("handed over %v", got)
	}
	if after := f.cursor("INBOX"); !after.Since.Equal(before.Since) {
		t.Errorf("since was %v, is %v", before.Since, after.Since)
	}
}

// After a restore from a backup, the server may assign the UIDs of lost messages to new ones,
// usually without a new UIDVALIDITY. If the cursor is beyond the last UID, the folder is read
// from the start.
func TestFolderOlderThanTheCursorIsReadAnew(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	deliver(t, server, "INBOX", 1, 2)
	stop := watch(t, f.options)
	f.await(t, "two mails", func() bool { return f.cursor("INBOX").UID == 2 })
	stop()
	for place, c := range f.cursors {
		f.cursors[place] = bot.Cursor{UIDValidity: c.UIDValidity, UID: 40, Since: c.Since}
	}
	deliver(t, server, "INBOX", 3)
	watch(t, f.options)
	f.await(t, "the third mail", func() bool { return f.cursor("INBOX").UID == 3 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 1, 2, 3}) {
		t.Errorf("handed over %v", got)
	}
}

func TestTemporaryErrorHoldsTheFolder(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.fail = func(m mailbox.Fetched, times int) error {
		if m.Place.UID == 2 && times < 4 {
			return bot.Temporary(errors.New("store is away"))
		}
		return nil
	}
	deliver(t, server, "INBOX", 1, 2, 3)
	watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == 3 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3}) {
		t.Errorf("order %v: a later mail went past one that was held", got)
	}
	if f.tries(2) != 4 || f.tries(1) != 1 {
		t.Errorf("mail 2 was tried %d times, mail 1 %d times", f.tries(2), f.tries(1))
	}
}

func TestMailWithoutOutcomeStopsNoOtherAndIsNotForgotten(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	mend := make(chan struct{})
	f.fail = func(m mailbox.Fetched, _ int) error {
		select {
		case <-mend:
			return nil
		default:
		}
		switch m.Place.UID {
		case 2:
			return errors.New("cannot be read")
		case 3:
			panic("cannot be read either")
		}
		return nil
	}
	deliver(t, server, "INBOX", 1, 2, 3, 4)
	stop := watch(t, f.options)
	f.await(t, "the mails around it", func() bool { return slices.Equal(f.uids("INBOX"), []uint32{1, 4}) })
	f.await(t, "a further attempt", func() bool { return f.tries(2) > 2 && f.tries(3) > 2 })
	if c := f.cursor("INBOX"); c.UID != 1 {
		t.Errorf("the cursor is %d, above a mail without outcome", c.UID)
	}
	stop()
	close(mend)
	watch(t, f.options) // the new process knows only the cursor
	f.await(t, "the mails of the gap", func() bool { return f.cursor("INBOX").UID == 4 })
	if strings.Contains(f.logs.String(), "cannot be read either") {
		t.Error("what was panicked with stands in the log")
	}
}

func TestStoreThatIsDownLosesNothing(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.down = bot.Temporary(errors.New("store is away"))
	deliver(t, server, "INBOX", 1)
	watch(t, f.options)
	f.await(t, "an attempt in vain", func() bool { return strings.Contains(f.logs.String(), "store is away") })
	f.store.mu.Lock()
	f.down = nil
	f.store.mu.Unlock()
	f.await(t, "the mail", func() bool { return f.cursor("INBOX").UID == 1 })
}

func TestMissingFolderStopsNoOther(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	if err := server.Create("Requests"); err != nil {
		t.Fatal(err)
	}
	f.options.Folders = []string{"Lost", "INBOX", "Requests"}
	deliver(t, server, "INBOX", 1)
	deliver(t, server, "Requests", 2, 3)
	watch(t, f.options)
	f.await(t, "both folders", func() bool { return f.cursor("INBOX").UID == 1 && f.cursor("Requests").UID == 2 })
	f.await(t, "advice", func() bool { return strings.Contains(f.logs.String(), "create the folder") })
	if err := server.Create("Lost"); err != nil {
		t.Fatal(err)
	}
	deliver(t, server, "Lost", 4)
	f.await(t, "the folder that was made", func() bool { return f.cursor("Lost").UID == 1 })
}

func TestMailBeforeSinceIsBackfilled(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	start := time.Date(2026, 3, 2, 12, 0, 0, 700, time.UTC)
	f.options.Since = time.Time{}
	f.options.Now = func() time.Time { return start }
	for _, at := range []time.Time{start.Add(-time.Hour), start.Truncate(time.Second), start.Add(time.Hour)} {
		if _, err := server.Append("INBOX", letter(1), at); err != nil {
			t.Fatal(err)
		}
	}
	stop := watch(t, f.options)
	f.await(t, "three mails", func() bool { return f.cursor("INBOX").UID == 3 })
	stop()
	f.options.Now = time.Now // a later start keeps the first Since
	if _, err := server.Append("INBOX", letter(4), start.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	watch(t, f.options)
	f.await(t, "the fourth", func() bool { return f.cursor("INBOX").UID == 4 })
	var backfilled []bool
	for _, m := range f.mails() {
		backfilled = append(backfilled, m.Backfilled)
	}
	if !slices.Equal(backfilled, []bool{true, false, false, false}) {
		t.Errorf("backfilled: %v", backfilled)
	}
}

func TestOptionsThatCannotWork(t *testing.T) {
	_, f := inMemory(t, mailtest.IMAPOptions{})
	for name, change := range map[string]func(*mailbox.Options){
		"no handler":         func(o *mailbox.Options) { o.Handler = nil },
		"unknown after":      func(o *mailbox.Options) { o.After = "delete" },
		"move to nowhere":    func(o *mailbox.Options) { o.After = mailbox.AfterMove },
		"move in a circle":   func(o *mailbox.Options) { o.After, o.MoveTo = mailbox.AfterMove, "INBOX" },
		"in the clear":       func(o *mailbox.Options) { o.Server.Address = "mail.example:143" },
		"address not a pair": func(o *mailbox.Options) { o.Server.Address = "mail.example" },
	} {
		t.Run(name, func(t *testing.T) {
			o := f.options
			o.Folders = []string{"INBOX"}
			change(&o)
			if err := mailbox.New(o).Run(t.Context()); err == nil {
				t.Error("Run accepted it")
			}
		})
	}
}
