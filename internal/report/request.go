package report

import (
	"time"

	"verbale/intake"
)

// A Request is one request as it was known at the cut-off, without any words of
// its letter. Ids are those of the vocabulary and the directory; "" is not known.
type Request struct {
	Reference    string           `json:"reference"`
	Received     time.Time        `json:"received"`
	Countries    []string         `json:"countries"`
	Theme        string           `json:"theme"` // the main one
	Services     []intake.Service `json:"services"`
	Division     string           `json:"division"`
	CarriedBy    intake.CarriedBy `json:"carried_by"`
	Language     string           `json:"language"`
	Official     bool             `json:"official"`
	Status       intake.Status    `json:"status"`
	Outcome      intake.Outcome   `json:"outcome"`
	Owner        string           `json:"owner"`
	PartOf       string           `json:"part_of,omitempty"` // reference of the request it was split from
	Confidential bool             `json:"confidential"`
	Silent       bool             `json:"silent"` // older than the desk: nothing was owed before staff took it up

	Acknowledged Taken     `json:"acknowledged"`
	Accepted     Taken     `json:"accepted"`
	Answered     Taken     `json:"answered"`
	Closed       time.Time `json:"closed,omitzero"`

	Overdue []Due    `json:"overdue,omitempty"` // what should have been done, the longest overdue first
	Results *Results `json:"results,omitempty"` // nil until told
}

// Open reports whether work on the request was still due.
func (r *Request) Open() bool { return r.Status.Open() }

// Taken is when something was first done, and how long it had taken; zero where it
// was not done. The acknowledgement, which needs no staff, is measured by the
// clock; all else in working time of the office.
type Taken struct {
	At   time.Time
	Took time.Duration
}

// Done reports whether it was done.
func (t Taken) Done() bool { return !t.At.IsZero() }

// A Due is a step that was due before the cut-off and not done.
type Due struct {
	Step intake.StepName
	At   time.Time
	Late time.Duration // working time since
}

// Results are the figures of what a request came to.
type Results struct {
	PeopleTrained int      `json:"people_trained"`
	Women         int      `json:"women"`
	Instruments   []string `json:"instruments,omitempty"`
}
