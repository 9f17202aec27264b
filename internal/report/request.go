package report

import (
	"time"

	"verbale/intake"
)

// A Request is one request as known at the cut-off, without text of its letter. IDs are those
// of the vocabulary and the directory; "" means unknown.
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
	Silent       bool             `json:"silent"` // backfilled: nothing was due before staff took it up

	Acknowledged Taken     `json:"acknowledged"`
	Accepted     Taken     `json:"accepted"`
	Answered     Taken     `json:"answered"`
	Closed       time.Time `json:"closed,omitzero"`

	Overdue []Due    `json:"overdue,omitempty"` // steps due and not done, the longest overdue first
	Results *Results `json:"results,omitempty"` // nil if not reported
}

// Open reports whether the request was still open.
func (r *Request) Open() bool { return r.Status.Open() }

// Taken is when a step was first done, and how long that took; zero if it was not done. The
// acknowledgement, which needs no staff, is measured in clock time, all other steps in working
// time.
type Taken struct {
	At   time.Time
	Took time.Duration
}

// Done reports whether it was done.
func (t Taken) Done() bool { return !t.At.IsZero() }

// A Due is a step that was due before the cut-off and not done.
type Due struct {
	Step intake.StepName `json:"step"`
	At   time.Time       `json:"at"`
	Days int             `json:"days_overdue"` // full working days since then
}

// Results are the figures of the results of a request.
type Results struct {
	PeopleTrained int      `json:"people_trained"`
	Women         int      `json:"women"`
	Instruments   []string `json:"instruments,omitempty"`
}
