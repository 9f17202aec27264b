package bot

import (
	"context"

	"verbale/intake"
)

// ForgottenMark replaces erased personal data.
const ForgottenMark = "[forgotten]"

// Digests gives access to the stored digests, which mention many records at once.
type Digests interface {
	// RewriteDigests applies rewrite to the stored digests.
	RewriteDigests(ctx context.Context, rewrite func(Action) (Action, error)) error
}

// An Eraser erases personal data from what a Store keeps beside its records. All its
// operations are idempotent, so they can be repeated after a crash.
type Eraser interface {
	// Erase applies a Redaction to what is kept beside a record, and removes the record from
	// the lists of words that it no longer contains. It returns a temporary error if an
	// action of the record is claimed.
	Erase(ctx context.Context, reference string, t Redaction) error
	Digests
	// Mentions finds all records and messages set aside that contain one of the words,
	// ignoring case: in the record, its letter, its history or its actions.
	Mentions(ctx context.Context, words []string, found func(Mention)) error
	// DropSetAside deletes a message set aside and its letter. That it has arrived is still
	// known, so that the mail is not read again.
	DropSetAside(ctx context.Context, identity string) error
	// DropRates deletes the rate counters of an address.
	DropRates(ctx context.Context, address string) error
}

// A Mention is a record or a message set aside in which a word was found.
type Mention struct {
	Reference string
	Identity  string // of the message set aside; "" for a record
}

// A Redaction transforms what is kept beside a record.
type Redaction struct {
	Letter func(*Letter) (*Letter, error) // returns nil to delete it
	Entry  func(intake.HistoryEntry) (intake.HistoryEntry, error)
	Action func(Action) (Action, error)
	// Incoming replaces the Message-IDs of incoming mails by their hashes.
	Incoming bool
}
