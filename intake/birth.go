package intake

import "time"

// WhatRecorded is the history entry with which every record begins.
const WhatRecorded = "recorded"

// A Birth is what a record is made from.
type Birth struct {
	Reading Reading
	Routing *Routing // nil where there is nothing to route
	Origin  Origin
	// ReceivedAt is when the mail server took the message in, Now when it is
	// recorded; in a live mailbox they are moments apart.
	ReceivedAt time.Time
	Now        time.Time
	Backfilled bool
}

// NewRecord makes a record, without reference, and the first entry of its
// history, whose reason is the rule that assigned it, or is left to the caller. What could not be read needs reading; what is not surely a request
// or not surely routed needs triage, and so does what is backfilled, since nobody
// is told of it; both belong to the desk. A confident one is assigned at once.
func NewRecord(b Birth) (Record, HistoryEntry) {
	r := Record{
		Status: b.status(), Owner: ToDesk,
		Kind: b.Reading.Kind, KindReason: b.Reading.KindReason, Language: b.Reading.Language,
		Request: b.Reading.Request, Evidence: b.Reading.Evidence, Doubts: b.Reading.Doubts,
		Routing: b.Routing, Origin: b.Origin,
		ReceivedAt: b.ReceivedAt, UpdatedAt: b.Now, Backfilled: b.Backfilled,
	}
	if r.Status == StatusAssigned {
		r.Owner, r.AssignedAt = b.Routing.Assignee, b.Now
	}
	return r, HistoryEntry{
		At: b.Now, Actor: ActorBot, What: WhatRecorded, To: r.Status,
		Reason: b.rule(), Detail: b.Origin.MessageID,
	}
}

func (b Birth) status() Status {
	switch {
	case b.Reading.KindReason.Is(ReasonUnreadable):
		return StatusNeedsReading
	case b.Reading.Kind != KindRequest || b.Backfilled:
		return StatusNeedsTriage
	case b.Routing == nil || b.Routing.Triage || b.Routing.Assignee == "":
		return StatusNeedsTriage
	}
	return StatusAssigned
}

// rule is the id of the rule that assigned the record; "" where none did.
func (b Birth) rule() string {
	if b.status() == StatusAssigned {
		return b.Routing.Rule
	}
	return ""
}
