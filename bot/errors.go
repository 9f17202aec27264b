package bot

import (
	"errors"
	"time"
)

// A TemporaryError is a failure that may pass; adapters mark their errors with
// it, and whoever retries asks for it without knowing the client library.
type TemporaryError struct {
	Err   error
	After time.Duration // how long the other side asked us to wait; 0 where it did not say
}

func (e *TemporaryError) Error() string { return e.Err.Error() }

// Unwrap returns the failure itself.
func (e *TemporaryError) Unwrap() error { return e.Err }

// Temporary marks err as a failure that may pass; nil stays nil.
func Temporary(err error) error {
	if err == nil {
		return nil
	}
	return &TemporaryError{Err: err}
}

// TemporaryAfter marks err as a failure that may pass after the given time.
func TemporaryAfter(err error, after time.Duration) error {
	if err == nil {
		return nil
	}
	return &TemporaryError{Err: err, After: after}
}

// IsTemporary reports whether err may pass, and how long to wait if known.
func IsTemporary(err error) (time.Duration, bool) {
	var t *TemporaryError
	if errors.As(err, &t) {
		return t.After, true
	}
	return 0, false
}

// An UnsureError is a failure that leaves open whether the action was done all the
// same, as when the other side had all of it and its answer was lost.
type UnsureError struct{ Err error }

func (e *UnsureError) Error() string { return e.Err.Error() }

// Unwrap returns the failure itself.
func (e *UnsureError) Unwrap() error { return e.Err }

// Unsure marks err as a failure after which the action may have been done; nil stays
// nil.
func Unsure(err error) error {
	if err == nil {
		return nil
	}
	return &UnsureError{Err: err}
}

// IsUnsure reports whether the action may have been done though it failed with err.
func IsUnsure(err error) bool {
	_, unsure := errors.AsType[*UnsureError](err)
	return unsure
}

// Nothing is what a performer answers for whom there was nothing left to do: it
// is no failure, and the action is noted as skipped with the reason, an
// operator's text.
type Nothing struct{ Reason string }

func (n Nothing) Error() string { return "nothing to do: " + n.Reason }
