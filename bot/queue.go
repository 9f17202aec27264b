package bot

import (
	"context"
	"time"

	"verbale/intake"
)

// A Queue leases actions to processes and records their outcomes. An owner names the process
// that holds a lease; a call about an action whose lease has passed to another owner changes
// nothing and returns ErrLeaseLost.
type Queue interface {
	// Claim leases up to n pending due actions of a mouth, oldest first; of each lane, only
	// the first unsettled one.
	Claim(ctx context.Context, mouth Mouth, owner string, now time.Time, lease time.Duration, n int) ([]Action, error)
	// ClaimGroup leases further actions of one rate group that are due, deferred, or bound
	// together, so that they can be combined into one mail.
	ClaimGroup(ctx context.Context, owner, group string, now time.Time, lease time.Duration, n int) ([]Action, error)
	// Bind records, before claimed actions are sent, what they are sent as. From then on they
	// may have been sent, and may be repeated only as that and with no other actions. The
	// value is their Result until they are settled; "" undoes the binding. If one of them is
	// not held by the owner, none is bound.
	Bind(ctx context.Context, owner string, keys []string, as string) error
	// Complete records that the action was done, with its result; for a mail, it also adds an
	// entry to the record's history.
	Complete(ctx context.Context, owner, key, result string, now time.Time) error
	// CompleteAll is Complete for actions that were sent as one: if one of them is not held
	// by the owner, none is changed.
	CompleteAll(ctx context.Context, owner string, keys []string, result string, now time.Time) error
	// Skip records that there was nothing to do, and why; for a mail, also in the record's
	// history.
	Skip(ctx context.Context, owner, key, reason string, now time.Time) error
	// Retry gives the action back, due again at the given time, and counts an attempt; cause
	// is a text for the operator. The action stays first in its lane.
	Retry(ctx context.Context, owner, key, cause string, at time.Time) error
	// Defer gives the action back, due again at the given time, without counting an attempt
	// (the rate limit was reached).
	Defer(ctx context.Context, owner, key, reason string, at time.Time) error
	// Park gives the action up until a person decides; its lane continues.
	Park(ctx context.Context, owner, key, cause string, now time.Time) error
	// Unpark makes a parked action due now and resets its attempts; in its lane it comes
	// last.
	Unpark(ctx context.Context, key string, now time.Time) error
	// Parked lists parked actions, oldest first.
	Parked(ctx context.Context, limit int) ([]Action, error)
	// Recover gives back the actions whose lease expired before now. The interrupted attempt
	// counts, since nobody knows how far it got. An action that would have been sent by
	// itself is bound to its own key.
	Recover(ctx context.Context, now time.Time) (int, error)
	// TakeRate counts one automatic mail to the group, unless limit mails were already sent
	// within the window: then it counts nothing and returns how long to wait until one may be
	// sent.
	TakeRate(ctx context.Context, group string, now time.Time, limit int, window time.Duration) (time.Duration, error)
}

// Queued is the length of one queue, and since when its oldest item is due.
type Queued struct {
	Count  int
	Oldest time.Time // due time of the first item; zero if there is none
}

// A Cursor is how far a folder has been read: all mails of UIDValidity up to and including
// UID have an outcome (RFC 9051, section 2.3.1.1).
type Cursor struct {
	UIDValidity uint32
	UID         uint32
	// Since is the moment from which mail counts as new; older mail is backfilled. It is set
	// once, when the folder is first read.
	Since time.Time
}

// Cursors stores how far each folder has been read. The folder is named by the Mailbox and
// Folder of its Place. A folder that was never read has the zero Cursor.
type Cursors interface {
	Cursor(ctx context.Context, folder intake.Place) (Cursor, error)
	SetCursor(ctx context.Context, folder intake.Place, c Cursor) error
}

// Leases are named locks with a time limit, for tasks that only one process may run at a
// time.
type Leases interface {
	// Acquire takes or renews the lease for the owner; false if another owner holds it.
	Acquire(ctx context.Context, name, owner string, now time.Time, ttl time.Duration) (bool, error)
	Release(ctx context.Context, name, owner string) error
	// Holders returns the current or last owner of each lease that was not released.
	Holders(ctx context.Context) (map[string]string, error)
}

// A FolderLedger reports the outcome of each message of a folder; audit compares it with the
// messages on the server.
type FolderLedger interface {
	// Outcomes returns the outcome of each message of one folder under one UIDVALIDITY, by
	// UID.
	Outcomes(ctx context.Context, folder intake.Place) (map[uint32]Placed, error)
}

// Placed is the outcome of the message at one place.
type Placed struct {
	Outcome   ArrivalOutcome
	Reference string // the record that was created, or that the message joined
	Repeat    bool   // a copy of a message that was already committed from another place
}
