package mailbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"

	"verbale/bot"
	"verbale/intake"
)

// A folder is one watched folder: how far it has been read, and what is still to be done.
type folder struct {
	Options
	log   *slog.Logger
	place intake.Place // without UID

	stored bot.Cursor // as last read from or written to the store
	ground progress
	renew  bool // UIDs have started anew: the stored cursor stays until everything has been read again

	waiting   map[uint32]time.Time // messages without an outcome, and when the server received them
	recorded  []uint32             // messages with an outcome that are not yet marked on the server
	suspects  map[uint32]bool      // messages that were being fetched when the connection broke
	failures  int                  // temporary errors in a row
	notBefore time.Time            // no message is handled before this time

	restarts   *atomic.Int64 // number of store restarts so far
	obeyed     int64         // the value of restarts when the last day was last read again
	lookAtMove bool          // the folder that messages are moved to must be read again too

	healthy bool // server and connection worked in this session
	cannot  bool // the server has no way to mark messages in this folder
	advised bool // a warning was logged that marking is impossible, or works differently than configured
}

func (f *folder) leaseName() string { return "mailbox:" + f.place.Mailbox + "/" + f.place.Folder }

// session reads the folder over one connection until an error occurs.
func (f *folder) session(ctx context.Context) error {
	f.healthy = false
	l, err := dial(ctx, f.Account, f.Timeout)
	if err != nil {
		return err
	}
	defer l.logout(ctx)
	if err := f.open(ctx, l); err != nil {
		return err
	}
	if err := f.findUnmarked(ctx, l); err != nil {
		return err
	}
	for opened := f.Now(); ; {
		if err := f.step(ctx, l); err != nil {
			return err
		}
		f.healthy = true
		f.reportState(nil)
		if err := f.wait(ctx, l, opened.Add(f.Poll)); err != nil {
			return err
		}
		if f.Now().Before(opened.Add(f.Poll)) {
			continue
		}
		if err := f.open(ctx, l); err != nil {
			return err
		}
		opened = f.Now()
	}
}

// reportState reports the current state of the folder to Options.Looked.
func (f *folder) reportState(err error) {
	look := FolderState{Folder: f.place.Folder, Err: err}
	for _, received := range f.waiting {
		if look.Oldest.IsZero() || received.Before(look.Oldest) {
			look.Oldest = received
		}
	}
	f.OnState(look)
}

// settle notes that a message has its outcome, or no longer exists.
func (f *folder) settle(uid uint32) {
	f.ground.settle(uid)
	delete(f.waiting, uid)
}

// open selects the folder and compares it with the cursor. Repeating this from time to time
// reveals a changed UIDVALIDITY and a dead connection.
func (f *folder) open(ctx context.Context, l *connection) error {
	data, err := l.open(ctx, f.place.Folder, false)
	if err != nil {
		return err
	}
	f.learnMarks(l, data.PermanentFlags)
	stored, err := f.Cursors.Cursor(ctx, f.place)
	if err != nil {
		return fmt.Errorf("read the cursor of folder %s: %w", f.place.Folder, err)
	}
	behind := stored.UIDValidity == data.UIDValidity && data.UIDNext != 0 && stored.UID >= uint32(data.UIDNext)
	if f.place.UIDValidity != data.UIDValidity || !samePlace(stored, f.stored) || behind && !f.renew {
		f.begin(stored, data.UIDValidity, behind)
	}
	if stored.UIDValidity == 0 {
		return f.save(ctx) // from now on, messages older than the first start can be told apart
	}
	return nil
}

// begin starts from the stored cursor, which may have been written by another process, or may
// not exist yet. If the folder's next UID is not above that cursor, the folder was restored
// from a backup, and the server will assign the same UIDs again.
func (f *folder) begin(stored bot.Cursor, validity uint32, behind bool) {
	if stored.UIDValidity == 0 && f.stored.UIDValidity == 0 {
		f.obeyed = f.restarts.Load() // at the first start nothing can have been lost
	}
	f.stored, f.place.UIDValidity = stored, validity
	f.recorded = nil
	clear(f.waiting)
	clear(f.suspects)
	f.renew = behind || stored.UIDValidity != 0 && stored.UIDValidity != validity
	switch {
	case stored.UIDValidity == 0:
		f.ground = newProgress(0)
		f.stored.Since = f.firstSince()
	case behind:
		f.log.Warn("the folder's UIDs are behind the cursor, as after a restore from a backup: it is read again", "cursor", stored.UID)
		f.ground = newProgress(0)
	case f.renew:
		f.log.Warn("UIDVALIDITY changed: the folder is read again", "was", stored.UIDValidity, "is", validity)
		f.ground = newProgress(0)
	default:
		f.ground = newProgress(stored.UID)
	}
}

// firstSince is cut to the second, the precision of INTERNALDATE.
func (f *folder) firstSince() time.Time {
	if f.Since.IsZero() {
		return f.Now().UTC().Truncate(time.Second)
	}
	return f.Since.UTC()
}

func samePlace(a, b bot.Cursor) bool { return a.UIDValidity == b.UIDValidity && a.UID == b.UID }

// save stores the cursor if it has moved. It does so during shutdown too, so that the next
// start need not read again what was already recorded.
func (f *folder) save(ctx context.Context) error {
	now := bot.Cursor{UIDValidity: f.place.UIDValidity, UID: f.ground.cursor(), Since: f.stored.Since}
	if f.renew || samePlace(now, f.stored) || errors.Is(context.Cause(ctx), errLeaseLost) {
		return nil
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), logoutTimeout)
		defer cancel()
	}
	if err := f.Cursors.SetCursor(ctx, f.place, now); err != nil {
		return fmt.Errorf("store the cursor of folder %s: %w", f.place.Folder, err)
	}
	f.stored = now
	return nil
}

// step does everything that is due now: it reads messages again after a restart of the store,
// retries gaps that are due, reads new messages, and sets marks that are missing on the
// server.
func (f *folder) step(ctx context.Context, l *connection) error {
	if f.Now().Before(f.notBefore) {
		return nil
	}
	if held, err := f.obeyRestart(ctx, l); held || err != nil {
		return err
	}
	uids, err := f.todo(ctx, l)
	if err != nil {
		return err
	}
	held, err := f.read(ctx, l, uids)
	if err != nil {
		return err
	}
	if !held {
		f.renew = false
	}
	if err := f.save(ctx); err != nil {
		return err
	}
	return f.mark(ctx, l)
}

// todo lists the gaps that are due, and all messages above the highest UID read so far, in
// order.
func (f *folder) todo(ctx context.Context, l *connection) ([]uint32, error) {
	above := imap.UIDSet{{Start: imap.UID(f.ground.reached) + 1}}
	found, err := l.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{above}})
	if err != nil {
		return nil, err
	}
	// "n:*" includes the last message even if its UID is below n (RFC 9051, section 9).
	found = slices.DeleteFunc(found, func(uid uint32) bool { return uid <= f.ground.reached })
	return append(f.ground.due(f.Now()), found...), nil
}

// wait returns when there may be something to do, and no later than latest.
func (f *folder) wait(ctx context.Context, l *connection, latest time.Time) error {
	if f.notBefore.After(f.Now()) {
		latest = earlier(latest, f.notBefore)
	} else if next, any := f.ground.next(); any {
		latest = earlier(latest, next)
	}
	d := min(max(latest.Sub(f.Now()), 0), f.IdleRenew)
	if l.has(imap.CapIdle) {
		return l.idle(ctx, d)
	}
	l.await(ctx, d)
	return ctx.Err()
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
