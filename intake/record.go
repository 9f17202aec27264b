package intake

import "time"

// A Status is the position of a record in its lifecycle.
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

// An Outcome is the way in which a record was closed.
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

// A Record is the stored form of a request, with its reference, status, owner and revision.
// Its status changes only in Advance.
type Record struct {
	Reference string // "TC-2026-00042"
	Revision  int64  // 1 when created, incremented by each commit
	Status    Status
	Outcome   Outcome // set when Status is closed
	Before    Status  // status to which a waiting record returns
	Owner     string  // directory ID of the responsible post or division, or the desk

	Kind       Kind
	KindReason Remark
	Language   string
	Request    *Request // nil if nothing could be read
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
	Backfilled bool // older than the office's start: nobody is notified until staff take it up

	Parent         string   // reference of the record this one was split from
	Children       []string // references of the records split from this one
	MergedInto     string   // reference of the record that a duplicate was merged into
	Confidential   bool
	Entered        bool       // entered by a colleague, not received as a letter
	Corrected      []Field    // fields set by a colleague
	DeclinedBy     []string   // directory IDs of the posts and divisions that declined it
	Similar        []Likeness // earlier records that may be the same request
	Distinct       []string   // references of records that a colleague declared a different matter
	FollowUp       FollowUp
	Results        *Results          // nil until reported
	Rooms          []string          // rooms with a card of the record: the desk, and everybody it was assigned to
	OwnerTold      time.Time         // when the owner was last notified of incoming mail; zero for never
	Unreachable    []string          // addresses, lower case, from which our mail bounced
	Correspondents []string          // addresses, lower case, whose mail joins the record without asking
	Tokens         map[string]string // assignee ID to the token in its assignment mail
	Forgotten      time.Time         // when its personal data was erased; zero if it was not
}

// A Likeness is an earlier record that may be the same request, and why.
type Likeness struct {
	Reference string
	Reason    Remark
}

// An Origin describes the message that a record came from and where it is.
type Origin struct {
	MessageID   string
	References  []string
	Fingerprint string
	Subject     string
	From        Address
	AnswerTo    Address // Reply-To or From: the address for automatic mail
	Cc          []Address
	Date        time.Time
	Size        int
	Place       Place
	Attachments []string // file names
	Problems    []string
	// Unanswerable is the sign in the mail that forbids answering it automatically; "" for
	// none.
	Unanswerable string
}

// A Place is the location of a message on a mail server.
type Place struct {
	Mailbox     string `json:"mailbox"` // account and server: "tc@imap.example:993"
	Folder      string `json:"folder"`
	UIDValidity uint32 `json:"uidvalidity"`
	UID         uint32 `json:"uid"`
}

// HistoryEntry is one event of a record, kept as long as the record.
type HistoryEntry struct {
	At     time.Time `json:"at"`
	Actor  string    `json:"actor"` // a person's id, or "bot"
	What   string    `json:"what"`  // a Step, or "mail_in", "mail_out", "note" …
	From   Status    `json:"from,omitempty"`
	To     Status    `json:"to,omitempty"`
	Reason string    `json:"reason,omitempty"`
	Detail string    `json:"detail,omitempty"` // message id, address id, revision
}

// ActorBot is the actor of everything that no person ordered.
const ActorBot = "bot"

// A SetAside is a message that did not become a record, kept with the reason until staff
// promote it.
type SetAside struct {
	Identity   string
	Kind       Kind
	KindReason Remark
	Language   string
	Reference  string // our reference, if the mail contains one
	Doubts     []Doubt
	Origin     Origin
	ReceivedAt time.Time
}
