package mailbox_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbale/bot/mailbox"
	"verbale/internal/mailtest"
)

// stateRecorder keeps the last reported state of a folder.
type stateRecorder struct {
	mu   sync.Mutex
	last mailbox.FolderState
}

func (l *stateRecorder) record(k mailbox.FolderState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = k
}

func (l *stateRecorder) shows(wanted func(mailbox.FolderState) bool) func() bool {
	return func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.last.Folder == "INBOX" && wanted(l.last)
	}
}

func TestOldestMailWithoutAnOutcomeIsTold(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	seen := &stateRecorder{}
	f.options.OnState, f.options.Poll = seen.record, 20*time.Millisecond
	var mended atomic.Bool
	f.fail = func(mail mailbox.Fetched, _ int) error {
		if mail.Place.UID == 1 && !mended.Load() {
			return errors.New("this mail cannot be committed")
		}
		return nil
	}
	deliver(t, server, "INBOX", 1, 2)
	watch(t, f.options)
	f.await(t, "the mail that has no outcome", seen.shows(func(l mailbox.FolderState) bool { return l.Err == nil && l.Oldest.Equal(received) }))
	mended.Store(true)
	f.await(t, "outcomes of all", seen.shows(func(l mailbox.FolderState) bool { return l.Err == nil && l.Oldest.IsZero() }))
}

func TestFolderThatCannotBeLookedAtIsTold(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	seen := &stateRecorder{}
	f.options.OnState = seen.record
	watch(t, f.options)
	f.await(t, "the first look", seen.shows(func(l mailbox.FolderState) bool { return l.Err == nil }))
	server.Stop()
	f.await(t, "a look in vain", seen.shows(func(l mailbox.FolderState) bool { return l.Err != nil }))
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	f.await(t, "a look that shows the folder", seen.shows(func(l mailbox.FolderState) bool { return l.Err == nil }))
}

func TestFolderThatAnotherProcessWatchesIsTold(t *testing.T) {
	_, f := inMemory(t, mailtest.IMAPOptions{})
	seen := &stateRecorder{}
	f.options.OnState = seen.record
	name := "mailbox:" + f.options.Account.Name() + "/INBOX"
	if held, err := f.options.Leases.Acquire(t.Context(), name, "another", time.Now(), time.Hour); err != nil || !held {
		t.Fatal(held, err)
	}
	watch(t, f.options)
	f.await(t, "the folder watched elsewhere", seen.shows(func(l mailbox.FolderState) bool { return l.Elsewhere }))
}
