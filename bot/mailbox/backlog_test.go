package mailbox_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"verbale/bot"
	"verbale/bot/mailbox"
	"verbale/internal/mailtest"
)

// taking returns a BatchHandler that accepts the mails before the first whose UID is divisible
// by three. It sets most to the size of the largest batch.
func (r *recorder) taking(most *int) mailbox.BatchHandler {
	return func(_ context.Context, mails []mailbox.Fetched) (int, error) {
		r.mu.Lock()
		defer r.mu.Unlock()
		*most = max(*most, len(mails))
		for n, m := range mails {
			if m.Place.UID%3 == 0 {
				return n, nil
			}
			r.got = append(r.got, m)
		}
		return len(mails), nil
	}
}

func TestMailsOfABacklogAreHandedOverTogether(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	var want []uint32
	for n := range 200 {
		deliver(t, server, "INBOX", n)
		want = append(want, uint32(n+1))
	}
	most := 0
	f.options.Batch, f.options.BatchSize = f.taking(&most), 5
	stop := watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == 200 })
	stop()
	if got := f.uids("INBOX"); !slices.Equal(got, want) {
		t.Errorf("not every mail was handed over once and in order: %v", got)
	}
	if most > 5 {
		t.Errorf("%d mails were handed over together, want at most 5", most)
	}
}

func TestWhatHoldsUpOneMailHoldsUpThoseHandedOverWithIt(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	deliver(t, server, "INBOX", 1, 2, 3, 4, 5, 6)
	f.fail = func(m mailbox.Fetched, times int) error {
		if m.Place.UID == 3 && times <= 2 {
			return bot.Temporary(errors.New("the store is down"))
		}
		return nil
	}
	most := 0
	f.options.Batch = f.taking(&most)
	watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == 6 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 4, 5, 6}) {
		t.Errorf("handed over %v", got)
	}
	if tries := f.tries(3); tries != 3 {
		t.Errorf("the mail that was held up was tried %d times, want 3", tries)
	}
}

// If mails cannot be handled together, the number offered must not grow with the square of the
// backlog.
func TestMailsThatDoNotGoTogetherAreOfferedAFewAtATime(t *testing.T) {
	const mails = 17
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.options.BatchSize = mails - 1 // all wait behind the first
	for n := range mails {
		deliver(t, server, "INBOX", n)
	}
	var ready sync.WaitGroup
	ready.Add(mails)
	f.options.Prepare = func(context.Context, mailbox.Fetched) any { ready.Done(); return nil }
	f.fail = func(mailbox.Fetched, int) error { ready.Wait(); return nil } // the first waits until all are ready
	offered := 0
	f.options.Batch = func(_ context.Context, mails []mailbox.Fetched) (int, error) { offered += len(mails); return 0, nil }
	stop := watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == mails })
	stop()
	if offered > 3*mails {
		t.Errorf("%d mails were offered %d times", mails, offered)
	}
}

func TestMailsGoTogetherAgainAfterOneThatDoesNot(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	for n := range 100 {
		deliver(t, server, "INBOX", n)
	}
	var sizes []int
	f.options.Batch = func(_ context.Context, mails []mailbox.Fetched) (int, error) {
		sizes = append(sizes, len(mails))
		if len(sizes) == 1 {
			return 0, nil
		}
		return len(mails), nil
	}
	stop := watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == 100 })
	stop()
	for n, size := range sizes[min(1, len(sizes)):] {
		if size > 2<<n {
			t.Errorf("together went %v", sizes)
		}
	}
}

func TestPanicOverSeveralMailsLeavesEachToItself(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	deliver(t, server, "INBOX", 1, 2, 3, 4)
	f.options.Batch = func(context.Context, []mailbox.Fetched) (int, error) { panic("broken") }
	watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == 4 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 4}) {
		t.Errorf("handed over %v", got)
	}
}

// allReady makes the handler of single mails wait until all mails are prepared, so that the
// others form one batch. wait blocks until then.
func (f *fixture) allReady(mails int) (wait func()) {
	var ready sync.WaitGroup
	ready.Add(mails)
	var begun sync.Map
	f.options.Prepare = func(_ context.Context, m mailbox.Fetched) any {
		if _, again := begun.LoadOrStore(m.Place.UID, true); !again {
			ready.Done()
		}
		return nil
	}
	f.fail = func(mailbox.Fetched, int) error { ready.Wait(); return nil }
	f.options.BatchSize = mails - 1
	return ready.Wait
}

var errDown = bot.Temporary(errors.New("the store is down"))

// After a failure of the store, the mails of a batch must not be retried one by one in the same
// round: each attempt would wait for the store's timeout.
func TestBacklogAsksAStoreThatIsDownOnceARound(t *testing.T) {
	const mails = 9
	server, f := inMemory(t, mailtest.IMAPOptions{})
	wait := f.allReady(mails)
	for n := range mails {
		deliver(t, server, "INBOX", n)
	}
	var failed uint32
	f.options.Batch = func(_ context.Context, mails []mailbox.Fetched) (int, error) {
		wait()
		if failed != 0 {
			return len(mails), nil
		}
		failed = mails[1].Place.UID
		return 1, errDown // the first is recorded
	}
	stop := watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == mails })
	stop()
	if tries := f.tries(failed); tries != 1 {
		t.Errorf("the mail that met the failure was handed over alone %d times, want once, when the store was up again", tries)
	}
	if waits := strings.Count(f.logs.String(), "mail cannot be recorded now"); waits != 1 {
		t.Errorf("the folder waited %d times, want once:\n%s", waits, f.logs)
	}
}

// Mails that the store refuses as a batch may be accepted one by one.
func TestMailsThatOnlyFailTogetherAreRecordedOneByOne(t *testing.T) {
	const mails = 9
	server, f := inMemory(t, mailtest.IMAPOptions{})
	f.allReady(mails)
	for n := range mails {
		deliver(t, server, "INBOX", n)
	}
	f.options.Batch = func(context.Context, []mailbox.Fetched) (int, error) { return 0, errDown }
	stop := watch(t, f.options)
	f.await(t, "all mails", func() bool { return f.cursor("INBOX").UID == mails })
	stop()
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 4, 5, 6, 7, 8, 9}) {
		t.Errorf("handed over %v", got)
	}
}
