package bot

import (
	"time"

	"verbale/intake"
)

// An Event is something that happened outside.
type Event interface{ event() }

// MailArrived reports that a mail on the server was decoded.
type MailArrived struct {
	Message    *intake.Message
	Place      intake.Place
	ReceivedAt time.Time // when the mail server received it; zero if unknown
	// Backfilled mail is older than the office's start: it is recorded, but no colleague is
	// notified until staff take it up.
	Backfilled bool
	// Reading is the result of analysing the message in advance; nil if Handle has to do it.
	Reading *intake.Reading
	// Acknowledge allows the automatic acknowledgement of this mail, whether or not it is
	// backfilled.
	Acknowledge bool
	// Request is the log ID of this mail if it is one of several that are handled together
	// (WithRequest).
	Request string
}

func (MailArrived) event() {}

// Parked reports that an action was given up until a person decides.
type Parked struct{ Action Action }

func (Parked) event() {}

// Missed reports that the mail of an action was sent, but not to all recipients.
type Missed struct {
	Action Action
	Whom   []Miss
}

func (Missed) event() {}

// A Miss is a recipient that the mail server rejected.
type Miss struct {
	Address string
	Reason  string // for the operator; contains no address
	ForGood bool   // a permanent failure
}
