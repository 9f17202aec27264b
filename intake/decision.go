package intake

import (
	"slices"
	"strings"
	"time"
)

// CarriedBy says who carries a request out (UNECE: regular staff of the
// Divisions, Regional Advisers, or both).
type CarriedBy string

const (
	CarriedByDivision CarriedBy = "division"
	CarriedByAdviser  CarriedBy = "adviser"
	CarriedByBoth     CarriedBy = "both"
)

// Routing is the decision of the routing table and why it was taken. It is
// kept with the record, so that "why did we get this?" has an answer.
type Routing struct {
	Division         string
	DivisionsSupport []string
	CarriedBy        CarriedBy
	Assignee         string   // post or division id
	Support          []string // posts and divisions that support or are informed
	Rule             string
	Reasons          []Remark
	RunnerUp         RunnerUp
	Confidence       float64 // probability that Division is right
	Triage           bool    // the desk decides before anything is sent
}

// reasonsOfDesk begin the ids of the reasons for which the desk decides.
const reasonsOfDesk = "triage."

// WhyRouted are the reasons of the record's routing. Why the desk decides is among them
// as long as it has to.
func (r *Record) WhyRouted() []Remark {
	if r.Routing == nil {
		return nil
	}
	if r.Status == StatusNeedsTriage {
		return r.Routing.Reasons
	}
	return slices.DeleteFunc(slices.Clone(r.Routing.Reasons), func(why Remark) bool { return strings.HasPrefix(why.ID, reasonsOfDesk) })
}

// RunnerUp is the division that would have been next, and why it was not taken.
type RunnerUp struct {
	Division string
	WhyNot   Remark
}

// A PlanStep is something due on a record at a moment.
type PlanStep struct {
	At   time.Time `json:"at"`
	Step StepName  `json:"step"`
	To   string    `json:"to"` // requester, desk, desk_lead, chief, or a directory id
}

// A StepName names what is due.
type StepName string

const (
	StepAcknowledge StepName = "acknowledge"
	StepTriage      StepName = "triage"
	StepAccept      StepName = "accept"
	StepAnswer      StepName = "answer"
	StepOutcome     StepName = "outcome"
	StepResults     StepName = "results"
)

// Recipients of a PlanStep that are not ids of the directory.
const (
	ToRequester = "requester"
	ToDesk      = "desk"
	ToDeskLead  = "desk_lead"
	ToChief     = "chief"
)
