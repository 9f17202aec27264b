package report

import (
	"iter"
	"time"

	"verbale/intake"
	"verbale/routing/followup"
)

// A Question says which requests a report covers, and as of when.
type Question struct {
	// From and Until limit the receipt of requests; Until is exclusive. Zero means no limit.
	From, Until time.Time
	// AsOf is the cut-off: nothing that happened later counts.
	AsOf time.Time
	// Policy says what is due when, and when the office works.
	Policy *followup.Policy
	// DivisionOf is the division of a post; for a division, itself; "" for anything else.
	DivisionOf func(id string) string
}

// within reports whether a time of receipt is within the period.
func (q Question) within(received time.Time) bool {
	return !received.Before(q.From) && (q.Until.IsZero() || received.Before(q.Until)) && !received.After(q.AsOf)
}

// A Past is a record and its history, oldest first.
type Past struct {
	Record  *intake.Record
	History []intake.HistoryEntry
}

// Records are records in any order; the sequence ends after an error.
type Records = iter.Seq2[Past, error]

// Messages are the messages set aside; the sequence ends after an error.
type Messages = iter.Seq2[intake.SetAside, error]
