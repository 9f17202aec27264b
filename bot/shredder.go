package bot

import (
	"context"

	"verbale/intake"
)

// ForgottenMark stands where personal words stood.
const ForgottenMark = "[forgotten]"

// Digests are what was said to somebody about many records at once.
type Digests interface {
	// ShredDigests treats the digests that were said.
	ShredDigests(ctx context.Context, treat func(Action) (Action, error)) error
}

// A Shredder takes words out of what a Store keeps beside its records. All that
// it does may be done again, as after a crash.
type Shredder interface {
	// Shred treats what is kept beside a record by a Treatment, and takes the
	// record out of the lists of words that it has no more. It is a temporary
	// error where an action of the record is in somebody's hands.
	Shred(ctx context.Context, reference string, t Treatment) error
	Digests
	// Mentions finds all records and messages set aside in which one of the words
	// stands, capitals or not: in the record, its letter, its history or its actions.
	Mentions(ctx context.Context, words []string, found func(Mention)) error
	// DropSetAside deletes a message set aside and its letter. That it came stays
	// known, so that the mail is not read anew.
	DropSetAside(ctx context.Context, identity string) error
	// DropRates forgets how much automatic mail went to an address of late.
	DropRates(ctx context.Context, address string) error
}

// A Mention says where a word stands: in a record, or in a message set aside.
type Mention struct {
	Reference string
	Identity  string // of the message set aside; "" for a record
}

// A Treatment says what becomes of what is kept beside a record.
type Treatment struct {
	Letter func(*Letter) (*Letter, error) // gives nil where it is deleted
	Entry  func(intake.HistoryEntry) (intake.HistoryEntry, error)
	Action func(Action) (Action, error)
	// Incoming hides the Message-IDs of the mails that came: they are known by
	// their hash from then on.
	Incoming bool
}
