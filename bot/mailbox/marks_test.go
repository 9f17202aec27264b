package mailbox_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"verbale/bot/mailbox"
	"verbale/internal/mailtest"
)

// flags fetches the flags of all messages of a folder, as another client.
func flags(t *testing.T, address, user, password, folder string) map[uint32][]imap.Flag {
	t.Helper()
	client, err := imapclient.DialInsecure(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login(user, password).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Fatal(err)
	}
	messages, err := client.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	all := map[uint32][]imap.Flag{}
	for _, m := range messages {
		all[uint32(m.UID)] = m.Flags
	}
	return all
}

func has(flags []imap.Flag, flag imap.Flag) bool {
	return slices.ContainsFunc(flags, func(f imap.Flag) bool { return strings.EqualFold(string(f), string(flag)) })
}

func TestRecordedMailIsFlaggedAndSeenIsLeftAlone(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	deliver(t, server, "INBOX", 1, 2)
	watch(t, f.options)
	f.await(t, "the keyword on both", func() bool {
		all := flags(t, server.Address(), deskUser, deskPassword, "INBOX")
		return has(all[1], mailbox.DefaultKeyword) && has(all[2], mailbox.DefaultKeyword)
	})
	if all := flags(t, server.Address(), deskUser, deskPassword, "INBOX"); has(all[1], imap.FlagSeen) {
		t.Errorf("flags %v: \\Seen was set", all[1])
	}
}

func TestSeenIsSetWhereTold(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.MarkSeen, f.options.Keyword = true, "$Noted"
	deliver(t, server, "INBOX", 1)
	watch(t, f.options)
	f.await(t, "both flags", func() bool {
		all := flags(t, server.Address(), deskUser, deskPassword, "INBOX")
		return has(all[1], imap.FlagSeen) && has(all[1], "$Noted")
	})
}

func TestMailThatAnEarlierSessionLeftUnmarkedIsMarked(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	deliver(t, server, "INBOX", 1, 2)
	f.options.Keyword = "$First"
	stop := watch(t, f.options)
	f.await(t, "two mails", func() bool { return f.cursor("INBOX").UID == 2 })
	stop()
	f.options.Keyword = "$Second"
	watch(t, f.options)
	f.await(t, "the other keyword", func() bool {
		return has(flags(t, server.Address(), deskUser, deskPassword, "INBOX")[2], "$Second")
	})
	if n := len(f.mails()); n != 2 {
		t.Errorf("%d mails were handed over, two of them again", n)
	}
}

func TestRecordedMailIsMoved(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.After, f.options.MoveTo = mailbox.AfterMove, "Done"
	deliver(t, server, "INBOX", 1, 2, 3)
	watch(t, f.options)
	f.await(t, "advice about the folder that is missing", func() bool { return strings.Contains(f.logs.String(), "create the folder") })
	if err := server.Create("Done"); err != nil {
		t.Fatal(err)
	}
	deliver(t, server, "INBOX", 4)
	f.await(t, "the move", func() bool {
		return len(flags(t, server.Address(), deskUser, deskPassword, "Done")) == 4
	})
	if left := flags(t, server.Address(), deskUser, deskPassword, "INBOX"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 4}) {
		t.Errorf("handed over %v", got)
	}
}

func TestServerWithoutMoveGetsTheKeywordAndKeepsTheMail(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{NoMove: true})
	if err := server.Create("Done"); err != nil {
		t.Fatal(err)
	}
	f.options.After, f.options.MoveTo = mailbox.AfterMove, "Done"
	deliver(t, server, "INBOX", 1)
	watch(t, f.options)
	f.await(t, "the keyword", func() bool {
		return has(flags(t, server.Address(), deskUser, deskPassword, "INBOX")[1], mailbox.DefaultKeyword)
	})
	if all := flags(t, server.Address(), deskUser, deskPassword, "INBOX"); has(all[1], imap.FlagDeleted) {
		t.Error("the mail was marked as deleted")
	}
	if n := strings.Count(f.logs.String(), "cannot move mail"); n != 1 {
		t.Errorf("%d warnings", n)
	}
}

// restartable returns a fixture whose server has the additional folder "Done". Setting the bool
// reports one restart of the store.
func restartable(t *testing.T) (*mailtest.IMAPServer, *fixture, *atomic.Bool) {
	t.Helper()
	server, f := inMemory(t, mailtest.IMAPOptions{})
	if err := server.Create("Done"); err != nil {
		t.Fatal(err)
	}
	restarted := new(atomic.Bool)
	f.options.Restarted = func(context.Context) (bool, error) { return restarted.CompareAndSwap(true, false), nil }
	f.options.Poll = 20 * time.Millisecond
	return server, f, restarted
}

func TestRestartedStoreGetsTheLastDayAgain(t *testing.T) {
	server, f, restarted := restartable(t)
	for _, age := range []time.Duration{72 * time.Hour, 2 * time.Hour, time.Hour} {
		if _, err := server.Append("INBOX", letter(int(age.Hours())), time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	watch(t, f.options)
	f.await(t, "three mails", func() bool { return f.cursor("INBOX").UID == 3 })
	restarted.Store(true)
	f.await(t, "the last day again", func() bool { return len(f.mails()) == 5 })
	f.await(t, "the cursor where it was", func() bool { return f.cursor("INBOX").UID == 3 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 2, 3}) {
		t.Errorf("handed over %v", got)
	}
}

func TestRestartedStoreGetsMovedMailAgain(t *testing.T) {
	server, f, restarted := restartable(t)
	f.options.After, f.options.MoveTo = mailbox.AfterMove, "Done"
	if _, err := server.Append("INBOX", letter(1), time.Now()); err != nil {
		t.Fatal(err)
	}
	watch(t, f.options)
	f.await(t, "the move", func() bool {
		return len(flags(t, server.Address(), deskUser, deskPassword, "Done")) == 1
	})
	restarted.Store(true)
	f.await(t, "the moved mail", func() bool { return slices.Equal(f.uids("Done"), []uint32{1}) })
	deliver(t, server, "INBOX", 2)
	f.await(t, "new mail after it", func() bool { return slices.Equal(f.uids("INBOX"), []uint32{1, 2}) })
}

func TestFirstStartReadsNothingButTheFolder(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	if err := server.Create("Done"); err != nil {
		t.Fatal(err)
	}
	f.options.Restarted = func(context.Context) (bool, error) { return true, nil }
	f.options.After, f.options.MoveTo = mailbox.AfterMove, "Done"
	for _, folder := range []string{"Done", "INBOX"} {
		if _, err := server.Append(folder, letter(1), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	watch(t, f.options)
	f.await(t, "the mail", func() bool { return f.cursor("INBOX").UID == 1 })
	if got := f.uids("Done"); len(got) != 0 {
		t.Errorf("mail that staff had put aside was handed over: %v", got)
	}
}
