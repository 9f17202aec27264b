package bot

import (
	"context"
	"time"

	"verbale/intake"
)

// A Queue hands out actions under leases and notes what came of them. An owner
// names the process that holds a lease; a call about an action whose lease has
// gone to somebody else changes nothing and returns ErrLeaseLost.
type Queue interface {
	// Claim leases up to n pending actions of a mouth that are due, oldest
	// first; of each lane none but the first that is not settled.
	Claim(ctx context.Context, mouth Mouth, owner string, now time.Time, lease time.Duration, n int) ([]Action, error)
	// ClaimGroup leases further actions of one rate group that are due, deferred, or
	// bound together, so that they can be combined into one mail.
	ClaimGroup(ctx context.Context, owner, group string, now time.Time, lease time.Duration, n int) ([]Action, error)
	// Bind notes on claimed actions that they go out now, and as what: they may be
	// out from then on, and are to be repeated as that and with nothing else. It
	// stands as their Result until they are settled; "" takes it back. Where one is
	// not held by the owner none is bound.
	Bind(ctx context.Context, owner string, keys []string, as string) error
	// Complete notes that the action was done, with its result; a mail also
	// comes into the record's history.
	Complete(ctx context.Context, owner, key, result string, now time.Time) error
	// CompleteAll is Complete for actions that went out as one: where one is not held
	// by the owner, none is noted.
	CompleteAll(ctx context.Context, owner string, keys []string, result string, now time.Time) error
	// Skip notes that there was nothing to do, and why; a mail's likewise.
	Skip(ctx context.Context, owner, key, reason string, now time.Time) error
	// Retry gives the action back, to be due again at the given time; cause is
	// the operator's text. It counts as an attempt. It stays first in its lane.
	Retry(ctx context.Context, owner, key, cause string, at time.Time) error
	// Defer gives the action back, due again at the given time, without
	// counting an attempt (the rate cap was reached).
	Defer(ctx context.Context, owner, key, reason string, at time.Time) error
	// Park gives the action up until a person decides; its lane goes on.
	Park(ctx context.Context, owner, key, cause string, now time.Time) error
	// Unpark makes a parked action due now, its attempts counted from zero; in
	// its lane it comes last.
	Unpark(ctx context.Context, key string, now time.Time) error
	// Parked lists what was parked, oldest first.
	Parked(ctx context.Context, limit int) ([]Action, error)
	// Recover gives back the actions whose lease ended before now; the attempt
	// under way counts, since nobody knows how far it went. One that would have gone
	// out by itself is bound to its own key.
	Recover(ctx context.Context, now time.Time) (int, error)
	// TakeRate counts one automatic mail to the group, unless limit were sent
	// within the window already: then it counts nothing and returns how long
	// to wait until one may go out.
	TakeRate(ctx context.Context, group string, now time.Time, limit int, window time.Duration) (time.Duration, error)
}

// Queued is how much waits of one sort, and since when.
type Queued struct {
	Count  int
	Oldest time.Time // when the one was due that was due first; zero where none waits
}

// A Cursor is how far a folder has been read: all mails of UIDValidity up to
// and with UID have their outcome (RFC 9051, section 2.3.1.1).
type Cursor struct {
	UIDValidity uint32
	UID         uint32
	// Since is the moment from which mail counts as new; older mail is
	// backfilled. It is set once, at the first start of the folder.
	Since time.Time
}

// Cursors keeps how far each folder has been read. The folder is named by the
// Mailbox and Folder of its Place. A folder never read has the zero Cursor.
type Cursors interface {
	Cursor(ctx context.Context, folder intake.Place) (Cursor, error)
	SetCursor(ctx context.Context, folder intake.Place, c Cursor) error
}

// Leases lets one of several processes do what only one may do at a time.
type Leases interface {
	// Acquire takes or renews the lease for the owner; false where another holds it.
	Acquire(ctx context.Context, name, owner string, now time.Time, ttl time.Duration) (bool, error)
	Release(ctx context.Context, name, owner string) error
	// Holders tells who holds, or last held, each lease that was not given up.
	Holders(ctx context.Context) (map[string]string, error)
}

// A FolderLedger answers what became of each message of a folder; audit
// compares it with what lies on the server.
type FolderLedger interface {
	// Outcomes returns, by UID, what became of the messages of one folder under
	// one UIDVALIDITY.
	Outcomes(ctx context.Context, folder intake.Place) (map[uint32]Placed, error)
}

// Placed says what became of the message at one place.
type Placed struct {
	Outcome   ArrivalOutcome
	Reference string // of the record written or joined
	Repeat    bool   // a further copy of a message that had been committed from another place
}
