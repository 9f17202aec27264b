package bot

import (
	"time"

	"verbale/intake"
)

// An Event is something that happened outside.
type Event interface{ event() }

// MailArrived says that a mail lies on the server and was decoded.
type MailArrived struct {
	Message    *intake.Message
	Place      intake.Place
	ReceivedAt time.Time // when the mail server took it in; zero where it does not say
	// Backfilled mail is older than the office's start: it is recorded, and no
	// colleague is written to until staff take it up.
	Backfilled bool
	// Reading is what was read of the message ahead of its turn; nil where
	// Handle is to read it.
	Reading *intake.Reading
	// Acknowledge allows the automatic acknowledgement of this mail, whether
	// or not it is backfilled.
	Acknowledge bool
	// Request is the id in the log of what is done for the mail, where it is one of
	// several that are handled together (WithRequest).
	Request string
}

func (MailArrived) event() {}

// Parked says that an action was given up until a person decides.
type Parked struct{ Action Action }

func (Parked) event() {}

// Missed says that the mail of an action went out, but not to all.
type Missed struct {
	Action Action
	Whom   []Miss
}

func (Missed) event() {}

// A Miss is an address that the relay did not take.
type Miss struct {
	Address string
	Reason  string // an operator's text, which names no address
	ForGood bool   // it does not pass
}
