package intake

import "time"

// A Status is where a record stands in its lifecycle.
type Status string

const (
	StatusNeedsReading Status = "needs_reading"
	StatusNeedsTriage  Status = "needs_triage"
	StatusAssigned     Status = "assigned"
	StatusAccepted     Status = "accepted"
	StatusWaiting      Status = "waiting" // for the requester
	StatusAnswered     Status = "answered"
	StatusClosed       Status = "closed"
)

// An Outcome is how a closed record ended.
type Outcome string

const (
	OutcomeDelivered   Outcome = "delivered"
	OutcomeAgreed      Outcome = "agreed"
	OutcomeDeclined    Outcome = "declined"
	OutcomeWithdrawn   Outcome = "withdrawn"
	OutcomeDuplicate   Outcome = "duplicate"
	OutcomeTransferred Outcome = "transferred"
	OutcomeNotARequest Outcome = "not_a_request"
)

// A Record is a request with its reference, status, owner, history and
// revision: the thing that is kept. Its status changes in Advance alone.
type Record struct {
	Reference string // "TC-2026-00042"
	Revision  int64  // 1 at birth, one more with each commit
	Status    Status
	Outcome   Outcome // set when Status is closed
	Before    Status  // where a waiting record leads back to
	Owner     string  // directory id of who holds it: a post, a division, or the desk

	Kind       Kind
	KindReason Remark
	Language   string
	Request    *Request // nil while nothing could be read
	Evidence   []Evidence
	Doubts     []Doubt
	Routing    *Routing
	Plan       []PlanStep

	Origin     Origin
	ReceivedAt time.Time
	UpdatedAt  time.Time
	AssignedAt time.Time
	AnsweredAt time.Time
	ClosedAt   time.Time
	Backfilled bool // older than the office's start: silent until staff take it up

	Parent         string   // reference of the record this one was split from
	Children       []string // references of the records split from this one
	MergedInto     string   // reference of the record that a duplicate was merged into
	Confidential   bool
	Entered        bool       // written down by a colleague, not received as a letter
	Corrected      []Field    // what a colleague set
	Similar        []Likeness // earlier records that may be the same request
	Distinct       []string   // references that a colleague found to be another matter
	FollowUp       FollowUp
	Results        *Results          // nil until told
	Rooms          []string          // where the record has a card: the desk, and whoever was assigned
	OwnerTold      time.Time         // when who holds it was last written to about mail that came in; zero for never
	Unreachable    []string          // addresses, lower case, from which mail of ours came back
	Correspondents []string          // addresses, lower case, whose mail joins without asking
	Tokens         map[string]string // assignee id to the token of its assignment mail
	Forgotten      time.Time         // when the personal words were taken out of it; zero where they stand
}

// A Likeness is an earlier record that may be the same request, and why.
type Likeness struct {
	Reference string
	Reason    Remark
}

// An Origin says which message a record came from and where it can be found.
type Origin struct {
	MessageID   string
	References  []string
	Fingerprint string
	Subject     string
	From        Address
	AnswerTo    Address // Reply-To or From: where automatic mail may go
	Cc          []Address
	Date        time.Time
	Size        int
	Place       Place
	Attachments []string // file names
	Problems    []string
	// Unanswerable is the sign by which the mail showed that no automatic mail
	// may answer it; "" for none.
	Unanswerable string
}

// A Place is where a message lies on a mail server.
type Place struct {
	Mailbox     string `json:"mailbox"` // account and host: "tc@imap.example:993"
	Folder      string `json:"folder"`
	UIDValidity uint32 `json:"uidvalidity"`
	UID         uint32 `json:"uid"`
}

// HistoryEntry is one thing that happened to a record, kept as long as it.
type HistoryEntry struct {
	At     time.Time `json:"at"`
	Actor  string    `json:"actor"` // a person's id, or "bot"
	What   string    `json:"what"`  // a Step, or "mail_in", "mail_out", "note" …
	From   Status    `json:"from,omitempty"`
	To     Status    `json:"to,omitempty"`
	Reason string    `json:"reason,omitempty"`
	Detail string    `json:"detail,omitempty"` // message id, address id, revision
}

// ActorBot is the actor of what nobody pressed a button for.
const ActorBot = "bot"

// A SetAside is a message that became no record, kept with its reason until
// staff promote it.
type SetAside struct {
	Identity   string
	Kind       Kind
	KindReason Remark
	Language   string
	Reference  string // ours, where the mail carries one
	Doubts     []Doubt
	Origin     Origin
	ReceivedAt time.Time
}
