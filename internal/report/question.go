package report

import (
	"iter"
	"time"

	"verbale/intake"
	"verbale/routing/followup"
)

// A Question says of which requests figures are made, and as they were known when.
type Question struct {
	// From and Until bound the receipt of requests; Until is exclusive. Zero
	// leaves that end open.
	From, Until time.Time
	// AsOf is the cut-off: nothing that happened later counts.
	AsOf time.Time
	// Policy says what is due when, and on which days the office works.
	Policy *followup.Policy
	// DivisionOf is the division of a post; of a division, itself; "" of
	// anything else.
	DivisionOf func(id string) string
}

// within reports whether a request that came in then is of the period.
func (q Question) within(received time.Time) bool {
	return !received.Before(q.From) && (q.Until.IsZero() || received.Before(q.Until)) && !received.After(q.AsOf)
}

// A Past is a record and all that happened to it, oldest first.
type Past struct {
	Record  *intake.Record
	History []intake.HistoryEntry
}

// Records passes records in any order; after an error none follows.
type Records = iter.Seq2[Past, error]

// Messages passes messages set aside likewise.
type Messages = iter.Seq2[intake.SetAside, error]
