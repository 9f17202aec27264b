package mailbox

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"

	"verbale/bot"
	"verbale/internal/inorder"
)

// read hands the messages to the handlers, in order and in batches. It reports whether a
// temporary error of a handler stopped it; an error ends the session.
func (f *folder) read(ctx context.Context, l *connection, uids []uint32) (held bool, err error) {
	for part := range slices.Chunk(uids, sizesAtOnce) {
		list, err := l.summaries(ctx, part)
		if err != nil {
			return false, err
		}
		for _, mail := range list {
			f.waiting[mail.uid] = mail.received
		}
		known := uidsOf(list)
		err = f.settleGone(ctx, l, part, func(uid uint32) bool { return slices.Contains(known, uid) })
		if err != nil {
			return false, err
		}
		if held, err := f.readBatches(ctx, l, f.batches(list)); held || err != nil {
			return held, err
		}
	}
	return false, nil
}

func (f *folder) batches(list []summary) [][]summary {
	return batches(list, f.BatchCount, f.BatchBytes, func(s summary) bool {
		return s.size > f.MaxMessage || f.suspects[s.uid]
	})
}

// readBatches handles one batch while the next is being fetched, if memory may hold both.
func (f *folder) readBatches(ctx context.Context, l *connection, all [][]summary) (held bool, err error) {
	var next fetching
	for i, batch := range all {
		if next == nil {
			next = f.fetch(ctx, l, batch)
		}
		got, err := next()
		if err != nil {
			f.suspect(ctx, batch)
			return false, err
		}
		if err := f.settleGone(ctx, l, uidsOf(batch), func(uid uint32) bool { _, ok := got[uid]; return ok }); err != nil {
			return false, err
		}
		next = nil
		if i+1 < len(all) && f.bytesOf(batch)+f.bytesOf(all[i+1]) <= f.BatchBytes {
			next = f.fetch(ctx, l, all[i+1])
		}
		if held, err := f.handBatch(ctx, l, batch, got, next); held || err != nil {
			return held, err
		}
	}
	return false, nil
}

// handBatch hands a batch to the handlers, and marks it on the server once the connection is
// free again.
func (f *folder) handBatch(ctx context.Context, l *connection, batch []summary, got map[uint32]body, next fetching) (held bool, err error) {
	held = f.handAll(ctx, batch, got)
	f.reportState(nil)
	err = f.save(ctx)
	if next != nil {
		if _, broken := next(); broken != nil {
			return false, err // the connection can no longer be used for marking
		}
	}
	if err == nil {
		err = f.mark(ctx, l)
	}
	return held, err
}

// A fetching waits for a batch that is being fetched. Until it returns, no other command may
// be sent on the connection.
type fetching func() (map[uint32]body, error)

func (f *folder) fetch(ctx context.Context, l *connection, batch []summary) fetching {
	arrived := sync.OnceValues(func() (map[uint32]body, error) { return l.bodies(ctx, batch, f.MaxMessage) })
	go arrived()
	return arrived
}

// bytesOf is how much memory a batch takes.
func (f *folder) bytesOf(batch []summary) (total int64) {
	for _, s := range batch {
		total += min(s.size, f.MaxMessage)
	}
	return total
}

// suspect remembers the messages that were being fetched when the connection broke. They are
// fetched one at a time from now on, and one that breaks the connection again becomes a gap,
// so that a message that the server or the library cannot cope with blocks no other.
func (f *folder) suspect(ctx context.Context, batch []summary) {
	if ctx.Err() != nil {
		return
	}
	if len(batch) == 1 && f.suspects[batch[0].uid] {
		f.leave(batch[0].uid, errors.New("the connection broke each time the mail was fetched"))
		f.healthy = true // the message is at fault, not the connection: no long pause is needed
		return
	}
	for _, s := range batch {
		f.suspects[s.uid] = true
	}
}

// settleGone settles the messages that the server did not return because they no longer exist.
// Those that still exist become gaps.
func (f *folder) settleGone(ctx context.Context, l *connection, asked []uint32, given func(uint32) bool) error {
	withheld := slices.DeleteFunc(slices.Clone(asked), given)
	if len(withheld) == 0 {
		return nil
	}
	there, err := l.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{uidSet(withheld)}})
	if err != nil {
		return err
	}
	for _, uid := range withheld {
		if slices.Contains(there, uid) {
			f.leave(uid, errors.New("the server lists the mail but does not return it"))
			continue
		}
		f.log.Warn("a mail was removed or moved by somebody before it was read", "uid", uid)
		f.settle(uid)
	}
	return nil
}

var errHeld = errors.New("held up")

// handAll hands the messages of a batch to the handlers, in order, and prepares the next ones
// meanwhile. It reports whether a temporary error stopped the folder.
func (f *folder) handAll(ctx context.Context, batch []summary, got map[uint32]body) (held bool) {
	var mails []Fetched
	for _, s := range batch {
		delete(f.suspects, s.uid)
		if b, ok := got[s.uid]; ok {
			mails = append(mails, f.fetched(s, b))
		}
	}
	most := f.BatchSize
	if f.failures > 0 {
		most = 1 // otherwise messages that cannot be recorded together would hold the folder up for ever
	}
	err := inorder.DoTogether(ctx, slices.Values(mails), runtime.NumCPU(), f.BatchSize, f.prepare, func(ready []Fetched) (err error) {
		for len(ready) > 0 && err == nil {
			ready, most, err = f.handSome(ctx, ready, most)
		}
		return err
	})
	return err != nil
}

// smallBatch is how many messages are offered together after the handler handled only part of
// the last offer: the next offer may end early too, and the work done for the remaining
// messages is lost.
const smallBatch = 2

// handSome hands over the first of the ready messages, most of them together, and the one at
// which that stopped by itself. It returns the remaining messages, and how many to offer
// together next: few if it stopped early, else twice as many as before.
func (f *folder) handSome(ctx context.Context, ready []Fetched, most int) (rest []Fetched, next int, err error) {
	offered := min(len(ready), most)
	handled, held := f.handleBatch(ctx, ready[:offered])
	rest = ready[handled:]
	switch {
	case held:
		return rest, most, errHeld
	case handled == offered:
		return rest, min(2*most, f.BatchSize), nil
	case f.handOver(ctx, rest[0]):
		return rest, most, errHeld
	case offered > 1 || most == 1:
		most = min(smallBatch, f.BatchSize)
	}
	return rest[1:], most, nil
}

// handleBatch hands several messages to the handler at once and notes the outcome of those it
// handled. It reports whether the others must wait.
func (f *folder) handleBatch(ctx context.Context, mails []Fetched) (handled int, held bool) {
	if len(mails) == 1 {
		return 0, false
	}
	handled, err := f.together(ctx, mails)
	for _, mail := range mails[:handled] {
		f.failures = 0
		f.has(mail.Place.UID)
	}
	return handled, f.heldUp(ctx, err)
}

// together treats a panic as if no message had been handled: the message that caused it will
// cause it again when it is handled by itself.
func (f *folder) together(ctx context.Context, mails []Fetched) (handled int, err error) {
	defer func() {
		if recover() != nil {
			f.log.Error("panic while mails were handled together", "uid", mails[0].Place.UID, "mails", len(mails), "stack", string(debug.Stack()))
		}
	}()
	return f.Batch(ctx, mails)
}

// prepare calls Options.Prepare for a message. A message on which it panics goes to the
// handler unprepared.
func (f *folder) prepare(ctx context.Context, mail Fetched) Fetched {
	defer func() {
		if recover() != nil {
			f.log.Error("panic while a mail was prepared", "uid", mail.Place.UID, "stack", string(debug.Stack()))
		}
	}()
	mail.Prepared = f.Prepare(ctx, mail)
	return mail
}

// handOver hands one message to the handler and notes the result. It reports whether a
// temporary error requires to stop here.
func (f *folder) handOver(ctx context.Context, mail Fetched) (held bool) {
	uid := mail.Place.UID
	err := f.handle(ctx, mail)
	if f.heldUp(ctx, err) {
		return true
	}
	f.failures = 0
	if err != nil {
		f.leave(uid, err)
		return false
	}
	f.has(uid)
	return false
}

// has notes that a message has its outcome and is not yet marked on the server.
func (f *folder) has(uid uint32) {
	f.settle(uid)
	f.recorded = append(f.recorded, uid)
}

func (f *folder) fetched(s summary, b body) Fetched {
	place := f.place
	place.UID = s.uid
	return Fetched{Raw: b.raw, TooBig: int(b.size), Place: place, InternalDate: s.received,
		Backfilled: s.received.Before(f.stored.Since)}
}

// handle turns a panic into an error of this message, so that it does not affect the others.
// The panic value may contain content of the message and is not logged; the stack shows where
// it happened.
func (f *folder) handle(ctx context.Context, mail Fetched) (err error) {
	defer func() {
		if recover() != nil {
			f.log.Error("panic while a mail was handled", "uid", mail.Place.UID, "stack", string(debug.Stack()))
			err = errors.New("panic while the mail was handled")
		}
	}()
	return f.Handler(ctx, mail)
}

// heldUp reports whether a handler's error requires all messages of the folder to wait.
func (f *folder) heldUp(ctx context.Context, err error) bool {
	if err != nil && ctx.Err() != nil {
		return true
	}
	after, temporary := bot.IsTemporary(err)
	if temporary {
		f.holdUp(err, after)
	}
	return temporary
}

func (f *folder) holdUp(err error, after time.Duration) {
	f.failures++
	wait := max(after, pause(f.Retry, f.failures, longestPause))
	f.notBefore = f.Now().Add(wait)
	f.log.Warn("mail cannot be recorded now; the folder is retried after a pause", "error", err, "pause", wait)
}

func (f *folder) leave(uid uint32, cause error) {
	left := f.ground.leave(uid, f.Now(), func(failures int) time.Duration {
		return pause(f.Retry, failures, longestGapPause)
	})
	f.log.Error("a mail has no outcome yet; it is retried later, and later mails are processed meanwhile",
		"uid", uid, "error", cause, "failures", left.failures, "again", left.again)
}

func uidsOf(batch []summary) []uint32 {
	uids := make([]uint32, len(batch))
	for i, s := range batch {
		uids[i] = s.uid
	}
	return uids
}
