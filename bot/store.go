package bot

import (
	"context"
	"errors"
	"time"

	"verbale/intake"
)

// Errors of a Store. All others are failures of the store itself, wrapped with the attempted
// operation and marked temporary if a retry makes sense.
var (
	// ErrNotFound: no such record, set-aside message or action.
	ErrNotFound = errors.New("not found")
	// ErrStale: the record was changed since it was loaded; load it and decide again.
	ErrStale = errors.New("record changed meanwhile")
	// ErrRenumber: the reference of a new record was assigned to another one in the meantime;
	// ask for the next one and decide again.
	ErrRenumber = errors.New("reference given to another record meanwhile")
	// ErrLeaseLost: the lease of the action expired and somebody else holds it.
	ErrLeaseLost = errors.New("lease lost")
)

// A Change is the effect of one Event; it is committed as a whole or not at all.
type Change struct {
	Arrival  *Arrival         // the message that caused it, if any
	Record   *intake.Record   // new (Revision 0) or changed (Revision as loaded)
	Letter   *Letter          // the letter of a new record, or of a message set aside
	SetAside *intake.SetAside // a message that becomes no record
	History  []intake.HistoryEntry
	Actions  []Action

	// Once is the ID of the order that caused the change; a second commit with the same ID
	// within a week is refused (Seen).
	Once string
	// Taken is the identity of the message set aside that this change turns into a record or
	// adds to one; it is then no longer set aside. A commit is refused with ErrNotFound if
	// the message is not set aside.
	Taken string
	// Dismissed is the identity of a message that stays set aside but loses its doubts.
	Dismissed string
}

// An Arrival identifies an incoming message, so that a commit is refused if the message was
// seen before.
type Arrival struct {
	MessageID   string // "" where the mail has none
	Fingerprint string
	Place       intake.Place
	Outcome     ArrivalOutcome
	ReceivedAt  time.Time
}

// An ArrivalOutcome is what became of a message; each message has exactly one.
type ArrivalOutcome string

const (
	ArrivalRecorded ArrivalOutcome = "recorded"  // became a record of its own
	ArrivalJoined   ArrivalOutcome = "joined"    // was added to an earlier record
	ArrivalSetAside ArrivalOutcome = "set_aside" // is kept with its kind and reason
)

// Committed is the result of a commit.
type Committed struct {
	Seen      bool           // the arrival or order had been committed before
	Again     bool           // when Seen: this very place already has its outcome, so it is not a further copy
	Outcome   ArrivalOutcome // what became of it, then or now
	Reference string         // the record that was written, joined, or (when Seen) written before; "" for a message set aside
	Revision  int64
}

// A Store keeps records and actions. The production implementation is internal/redisstore;
// its test suite defines the behaviour of every Store.
type Store interface {
	// Commit writes a Change atomically. It refuses, in this order and before it writes
	// anything: an order that was already carried out or an Arrival that was seen before (no
	// error, Seen is true), a new Record whose number was assigned in the meantime
	// (ErrRenumber), a changed Record whose Revision is not the stored one (ErrStale), and a
	// Taken or Dismissed message that is not set aside (ErrNotFound). Actions whose key
	// already exists are left unchanged.
	Commit(ctx context.Context, c Change) (Committed, error)

	// CommitAll commits changes in order, atomically, up to the first that is refused: it
	// returns the results of those before it, including Seen ones, and why that one was
	// refused. After a Seen change that would have written a Record, the next one that is not
	// Seen is refused (ErrStale), because it may have been decided on the basis of that
	// Record. If the store itself fails, no results are returned.
	CommitAll(ctx context.Context, changes []Change) ([]Committed, error)

	// NextReference returns the reference that the next new record of the year will get,
	// unless another commit takes it first.
	NextReference(ctx context.Context, year int) (string, error)

	Load(ctx context.Context, reference string) (*intake.Record, error)
	Letter(ctx context.Context, reference string) (*Letter, error)
	History(ctx context.Context, reference string) ([]intake.HistoryEntry, error)
	Actions(ctx context.Context, reference string) ([]Action, error)

	// ByMessageID returns the reference of the record that any of the given Message-IDs, sent
	// or received, belongs to; "" if there is none.
	ByMessageID(ctx context.Context, ids ...string) (string, error)

	// OpenByOwner counts the open records of each owner.
	OpenByOwner(ctx context.Context) (map[string]int, error)

	// SetAsideMessage returns one message set aside with its letter, which is nil if its text
	// is no longer kept.
	SetAsideMessage(ctx context.Context, identity string) (*intake.SetAside, *Letter, error)

	// Cards returns the Slack messages with a record's cards, by room.
	Cards(ctx context.Context, reference string) (map[string]CardPlace, error)
	// SetCard stores which message holds a card and what it shows. An older revision never
	// replaces a newer one in the same room.
	SetCard(ctx context.Context, reference, room string, place CardPlace) error

	// Leaves returns the absences that people have reported, by directory ID.
	Leaves(ctx context.Context) (map[string]Leave, error)
	// SetLeave stores an absence, or ends it if it is zero.
	SetLeave(ctx context.Context, l Leave) error

	// List returns the records matching the query, newest first, and a cursor for the next
	// page ("" at the end).
	List(ctx context.Context, q Query) ([]*intake.Record, string, error)
	// SetAside returns messages set aside, newest first, with a cursor like List.
	SetAside(ctx context.Context, limit int, cursor string) ([]intake.SetAside, string, error)
	// ToConfirm returns the messages set aside that ask to join a record (AsksToJoin), oldest
	// first, with a cursor like List. CountToConfirm returns their number.
	ToConfirm(ctx context.Context, limit int, cursor string) ([]intake.SetAside, string, error)
	CountToConfirm(ctx context.Context) (int, error)
}

// A Query selects records. Zero fields select all.
type Query struct {
	Status   intake.Status
	Owner    string
	Country  string
	Division string
	Person   string   // prefixes of words in the name or address of requester or correspondent
	Words    []string // each is a prefix of a word in the reference, countries, institution, names, subject or summary
	Open     bool     // all but closed
	Asks     bool     // only records with a doubt or a similarity for the desk to decide
	Since    time.Time
	Until    time.Time // exclusive; zero for now
	Limit    int       // at most 1000; 0 means 50
	Cursor   string
}

// Wakes schedules when each record is looked at again: at its FollowUp.Next, which Commit
// takes from the record.
type Wakes interface {
	// ClaimWakes leases up to n records that are due, the earliest first. A record that is
	// not committed by the end of the lease becomes due again.
	ClaimWakes(ctx context.Context, now time.Time, lease time.Duration, n int) ([]string, error)
	// WakesAt returns when records will be looked at again; records without such a time are
	// left out.
	WakesAt(ctx context.Context, references ...string) (map[string]time.Time, error)
}
