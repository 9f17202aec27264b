package intake

import "time"

// WhatRecorded is the first entry of every history.
const WhatRecorded = "recorded"

// A NewRecordInput holds what a record is created from.
type NewRecordInput struct {
	Reading Reading
	Routing *Routing // nil if there is nothing to route
	Origin  Origin
	// ReceivedAt is when the mail server received the message, Now when it is recorded; for a
	// live mailbox they are moments apart.
	ReceivedAt time.Time
	Now        time.Time
	Backfilled bool
	Promoted   bool // from the messages set aside: it did not read like a request, so the desk decides
}

// NewRecord creates a record, without reference, and the first entry of its history, whose
// reason is the rule that assigned it, if any. An unreadable message gets the status
// needs-reading. What is not clearly a request, is not routed with confidence, or is
// backfilled (and so announced to nobody) or promoted gets needs-triage. Both belong to the desk.
// Everything else is assigned at once.
func NewRecord(b NewRecordInput) (Record, HistoryEntry) {
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

func (b NewRecordInput) status() Status {
	switch {
	case b.Reading.KindReason.Is(ReasonUnreadable):
		return StatusNeedsReading
	case b.Reading.Kind != KindRequest || b.Backfilled || b.Promoted:
		return StatusNeedsTriage
	case b.Routing == nil || b.Routing.Triage || b.Routing.Assignee == "":
		return StatusNeedsTriage
	}
	return StatusAssigned
}

// rule returns the ID of the rule that assigned the record; "" if none did.
func (b NewRecordInput) rule() string {
	if b.status() == StatusAssigned {
		return b.Routing.Rule
	}
	return ""
}
