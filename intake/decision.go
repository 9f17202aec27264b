package intake

import (
	"slices"
	"strings"
	"time"
)

// CarriedBy says who carries a request out (UNECE: regular staff of the Divisions, Regional
// Advisers, or both).
type CarriedBy string

const (
	CarriedByDivision CarriedBy = "division"
	CarriedByAdviser  CarriedBy = "adviser"
	CarriedByBoth     CarriedBy = "both"
)

// Routing is the decision of the routing table with its reasons. It is kept with the record
// to answer "why did we get this?".
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
	Triage           bool    // the desk must decide before anything is sent
}

// reasonsOfDesk is the ID prefix of the reasons why the desk has to decide.
const reasonsOfDesk = "triage."

// WhyRouted returns the reasons of the record's routing. The reasons why the desk has to
// decide are included only while the record needs triage.
func (r *Record) WhyRouted() []Remark {
	if r.Routing == nil {
		return nil
	}
	if r.Status == StatusNeedsTriage {
		return r.Routing.Reasons
	}
	return slices.DeleteFunc(slices.Clone(r.Routing.Reasons), func(why Remark) bool { return strings.HasPrefix(why.ID, reasonsOfDesk) })
}

// RunnerUp is the second-best division, and why it was not chosen.
type RunnerUp struct {
	Division string
	WhyNot   Remark
}

// A PlanStep is something that is due on a record at a certain time.
type PlanStep struct {
	At   time.Time `json:"at"`
	Step StepName  `json:"step"`
	To   string    `json:"to"` // requester, desk, desk_lead, chief, or a directory id
}

// A StepName names a kind of PlanStep.
type StepName string

const (
	StepAcknowledge StepName = "acknowledge"
	StepTriage      StepName = "triage"
	StepAccept      StepName = "accept"
	StepAnswer      StepName = "answer"
	StepOutcome     StepName = "outcome"
	StepResults     StepName = "results"
	StepTakeUp      StepName = "take_up" // decide whether an answered request is taken up again
)

// Recipients of a PlanStep other than directory IDs.
const (
	ToRequester = "requester"
	ToDesk      = "desk"
	ToDeskLead  = "desk_lead"
	ToChief     = "chief"
)
