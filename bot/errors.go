package bot

import (
	"errors"
	"time"
)

// A TemporaryError is a transient failure; adapters mark their errors with it, so that
// callers can decide on retries without knowing the client library.
type TemporaryError struct {
	Err   error
	After time.Duration // how long the other side asked us to wait; 0 if it did not say
}

func (e *TemporaryError) Error() string { return e.Err.Error() }

// Unwrap returns the failure itself.
func (e *TemporaryError) Unwrap() error { return e.Err }

// Temporary marks err as transient; nil stays nil.
func Temporary(err error) error {
	if err == nil {
		return nil
	}
	return &TemporaryError{Err: err}
}

// TemporaryAfter marks err as transient, to be retried after the given time.
func TemporaryAfter(err error, after time.Duration) error {
	if err == nil {
		return nil
	}
	return &TemporaryError{Err: err, After: after}
}

// IsTemporary reports whether err is transient, and how long to wait if known.
func IsTemporary(err error) (time.Duration, bool) {
	var t *TemporaryError
	if errors.As(err, &t) {
		return t.After, true
	}
	return 0, false
}

// An UnsureError is a failure that leaves open whether the action was performed, for example
// because the other side had received everything and its reply was lost.
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

// IsUnsure reports whether the action may have been performed although it failed with err.
func IsUnsure(err error) bool {
	_, unsure := errors.AsType[*UnsureError](err)
	return unsure
}

// NothingToDo is returned by a performer that had nothing to do. It is not a failure: the action
// is recorded as skipped with the reason, a text for the operator.
type NothingToDo struct{ Reason string }

func (n NothingToDo) Error() string { return "nothing to do: " + n.Reason }
