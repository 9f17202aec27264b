package bot

import (
	"context"
	"errors"
	"time"

	"verbale/intake"
)

// Errors of a Store. All others are failures of the store itself, wrapped with
// what was attempted and marked temporary where trying again makes sense.
var (
	// ErrNotFound: no such record, set-aside message or action.
	ErrNotFound = errors.New("not found")
	// ErrStale: the record has been changed since it was loaded; load and decide again.
	ErrStale = errors.New("record changed meanwhile")
	// ErrRenumber: the reference of a new record was given to another one
	// meanwhile; ask for the next and decide again.
	ErrRenumber = errors.New("reference given to another record meanwhile")
	// ErrLeaseLost: the lease of the action ended and somebody else holds it.
	ErrLeaseLost = errors.New("lease lost")
)

// A Change is what one Event does, committed together or not at all.
type Change struct {
	Arrival  *Arrival         // the message behind it, when one arrived
	Record   *intake.Record   // new (Revision 0) or changed (Revision as loaded)
	Letter   *Letter          // the text of a new record's letter, or of a message set aside
	SetAside *intake.SetAside // a message that becomes no record
	History  []intake.HistoryEntry
	Actions  []Action

	// Once names the order behind the change; a second commit under the same
	// name within a week is refused (Seen).
	Once string
	// Taken is the identity of the message set aside that this change makes a
	// record of, or joins to one; it is no longer set aside. A commit is
	// refused with ErrNotFound where it is not.
	Taken string
	// Dismissed is the identity of a message that stays set aside, without
	// its doubts.
	Dismissed string
}

// An Arrival makes a commit refuse a message that has been seen.
type Arrival struct {
	MessageID   string // "" where the mail has none
	Fingerprint string
	Place       intake.Place
	Outcome     ArrivalOutcome
	ReceivedAt  time.Time
}

// An ArrivalOutcome is the one thing that became of a message.
type ArrivalOutcome string

const (
	ArrivalRecorded ArrivalOutcome = "recorded"  // became a record of its own
	ArrivalJoined   ArrivalOutcome = "joined"    // was added to an earlier record
	ArrivalSetAside ArrivalOutcome = "set_aside" // is kept with its kind and reason
)

// Committed says what a commit did.
type Committed struct {
	Seen      bool           // the arrival was refused: it had been committed before
	Again     bool           // when Seen: what lies at its very place has its outcome, and is no further copy
	Outcome   ArrivalOutcome // what became of it, then or now
	Reference string         // the record that was written, joined, or (when Seen) written before; "" for set aside
	Revision  int64
}

// A Store keeps records and actions. internal/redisstore is the one that
// serves; its suite says what every Store must do.
type Store interface {
	// Commit writes a Change as one. It refuses, in this order and before it
	// writes anything: an order that was carried out and an Arrival that was
	// seen (no error, Seen is true), a new Record whose number was taken
	// meanwhile (ErrRenumber), a changed Record whose Revision is not the stored
	// one (ErrStale), and what is Taken or Dismissed and not set aside
	// (ErrNotFound). Actions whose key exists are left as they are.
	Commit(ctx context.Context, c Change) (Committed, error)

	// CommitAll commits changes in their order, as one, up to the first that is
	// refused: it returns what became of those before it, Seen ones among them, and
	// why that one was refused. After a Seen one that would have written a Record, the
	// next that is not Seen is refused (ErrStale): it may have been decided on what was
	// never written. Where the store itself fails, it returns none.
	CommitAll(ctx context.Context, changes []Change) ([]Committed, error)

	// NextReference returns the reference that the next new record of the
	// year will be given, unless another commit takes it first.
	NextReference(ctx context.Context, year int) (string, error)

	Load(ctx context.Context, reference string) (*intake.Record, error)
	Letter(ctx context.Context, reference string) (*Letter, error)
	History(ctx context.Context, reference string) ([]intake.HistoryEntry, error)
	Actions(ctx context.Context, reference string) ([]Action, error)

	// ByMessageID finds the record that any of the given message ids, sent or
	// received, belongs to; "" where there is none.
	ByMessageID(ctx context.Context, ids ...string) (string, error)

	// OpenByOwner counts the open records of each owner.
	OpenByOwner(ctx context.Context) (map[string]int, error)

	// SetAsideMessage returns one message set aside with its letter, which is
	// nil where its text is not kept any more.
	SetAsideMessage(ctx context.Context, identity string) (*intake.SetAside, *Letter, error)

	// Cards returns where the cards of a record stand, by room.
	Cards(ctx context.Context, reference string) (map[string]CardPlace, error)
	// SetCard notes where a card stands and what it shows. An older revision
	// never takes the place of a newer one in the same room.
	SetCard(ctx context.Context, reference, room string, place CardPlace) error

	// Leaves returns who said that they are away, by directory id.
	Leaves(ctx context.Context) (map[string]Leave, error)
	// SetLeave keeps or, where its absence is zero, ends an absence.
	SetLeave(ctx context.Context, l Leave) error

	// List returns records by the query, newest first, and a cursor for the
	// next page ("" at the end).
	List(ctx context.Context, q Query) ([]*intake.Record, string, error)
	// SetAside returns messages set aside, newest first, with a cursor likewise.
	SetAside(ctx context.Context, limit int, cursor string) ([]intake.SetAside, string, error)
	// ToConfirm returns the messages set aside that ask to join a record (AsksToJoin),
	// oldest first, with a cursor likewise; CountToConfirm how many there are.
	ToConfirm(ctx context.Context, limit int, cursor string) ([]intake.SetAside, string, error)
	CountToConfirm(ctx context.Context) (int, error)
}

// A Query selects records. Zero fields select all.
type Query struct {
	Status   intake.Status
	Owner    string
	Country  string
	Division string
	Person   string   // part of the name or address of requester or correspondent
	Words    []string // each is the beginning of a word of reference, countries, institution, names, subject or summary
	Open     bool     // all but closed
	Asks     bool     // a doubt or a likeness to another record waits for the desk
	Since    time.Time
	Until    time.Time // exclusive; zero for now
	Limit    int       // at most 1000; 0 means 50
	Cursor   string
}

// Wakes keeps when each record is looked at again: at its FollowUp.Next, which
// Commit takes from the record.
type Wakes interface {
	// ClaimWakes leases up to n records whose time has come, the earliest
	// first. One that is not committed by the end of the lease comes again.
	ClaimWakes(ctx context.Context, now time.Time, lease time.Duration, n int) ([]string, error)
	// WakesAt tells when records are looked at again; those that are not are
	// left out.
	WakesAt(ctx context.Context, references ...string) (map[string]time.Time, error)
}
