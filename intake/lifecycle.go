package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Verb names a move of a record through its lifecycle.
type Verb string

const (
	VerbComplete          Verb = "complete" // the desk filled in what could not be read
	VerbAssign            Verb = "assign"
	VerbAccept            Verb = "accept"
	VerbDecline           Verb = "decline"
	VerbHandOver          Verb = "hand_over"
	VerbAsk               Verb = "ask" // a question went to the requester
	VerbRequesterAnswered Verb = "requester_answered"
	VerbAnswer            Verb = "answer"    // a substantive answer went to the requester
	VerbAskAgain          Verb = "ask_again" // the requester came back after the answer
	VerbClose             Verb = "close"     // with an outcome
	VerbWithdraw          Verb = "withdraw"
	VerbMerge             Verb = "merge"
	VerbNotARequest       Verb = "not_a_request"
	VerbReopen            Verb = "reopen"
)

// A Step is one move of a record: who makes it, when, why, and what the verb
// needs besides.
type Step struct {
	Verb   Verb
	Actor  string // a person's id, or ActorBot
	At     time.Time
	Reason string // needed by decline, close, not_a_request and reopen

	// OnBehalf is the directory id for which the actor accepts. Where adviser
	// and division carry a request out together, only its owner may accept.
	OnBehalf string
	Owner    string  // complete, assign, hand_over: the directory id that holds it from now on
	Outcome  Outcome // close: how it ended
	Into     string  // merge: reference of the record that stays
}

// statusBefore stands in the table for the status that a waiting record left.
const statusBefore Status = ""

// moves says what may follow what. A status that is missing below a verb
// refuses it; the verbs of every open status are added from endings.
var moves = map[Status]map[Verb]Status{
	StatusNeedsReading: {VerbComplete: StatusAssigned, VerbAssign: StatusAssigned},
	StatusNeedsTriage:  {VerbComplete: StatusAssigned, VerbAssign: StatusAssigned, VerbAsk: StatusWaiting},
	StatusAssigned: {
		VerbAccept: StatusAccepted, VerbDecline: StatusNeedsTriage,
		VerbHandOver: StatusAssigned, VerbAsk: StatusWaiting,
	},
	StatusAccepted: {VerbAsk: StatusWaiting, VerbAnswer: StatusAnswered},
	StatusWaiting:  {VerbRequesterAnswered: statusBefore, VerbAnswer: StatusAnswered},
	StatusAnswered: {VerbAskAgain: StatusAccepted},
	StatusClosed:   {VerbReopen: StatusNeedsTriage},
}

// endings are the moves that every open record allows.
var endings = []Verb{VerbClose, VerbWithdraw, VerbMerge, VerbNotARequest}

// fixedOutcome is the outcome of the endings that leave no choice.
var fixedOutcome = map[Verb]Outcome{
	VerbWithdraw:    OutcomeWithdrawn,
	VerbMerge:       OutcomeDuplicate,
	VerbNotARequest: OutcomeNotARequest,
}

// chosenOutcomes are those that VerbClose may carry.
var chosenOutcomes = []Outcome{OutcomeDelivered, OutcomeAgreed, OutcomeDeclined, OutcomeTransferred}

// needsReason are the verbs by which a person ends or sends back somebody
// else's work, and therefore says why.
var needsReason = []Verb{VerbDecline, VerbClose, VerbNotARequest, VerbReopen}

// givesOwner are the verbs that name who holds the record from now on.
var givesOwner = []Verb{VerbComplete, VerbAssign, VerbHandOver}

// A StepError says why a step was refused and what may be done instead.
type StepError struct {
	Reference string
	Status    Status
	Verb      Verb
	Allowed   []Verb // what this status allows, sorted
	Lacks     Lack   // what the step did not say; "" where the status refuses the verb
}

// A Lack is what a step should have said and did not.
type Lack string

const (
	LackActor       Lack = "an actor"
	LackTime        Lack = "a time"
	LackReason      Lack = "a reason"
	LackOwner       Lack = "an owner"
	LackOtherOwner  Lack = "an owner other than the present one"
	LackLead        Lack = "to be made by its owner, who leads it"
	LackOutcome     Lack = "an outcome"
	LackOtherRecord Lack = "another record"
)

func (e *StepError) Error() string {
	if e.Lacks != "" {
		return fmt.Sprintf("%s: %s needs %s", e.Reference, e.Verb, e.Lacks)
	}
	return fmt.Sprintf("%s is %s and does not allow %s, only %s", e.Reference, e.Status, e.Verb, joinVerbs(e.Allowed))
}

func joinVerbs(verbs []Verb) string {
	names := make([]string, len(verbs))
	for i, v := range verbs {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

// Allowed returns the verbs that a record in this status accepts, sorted.
func (s Status) Allowed() []Verb {
	var verbs []Verb
	for v := range moves[s] {
		verbs = append(verbs, v)
	}
	if s.Open() {
		verbs = append(verbs, endings...)
	}
	slices.Sort(verbs)
	return verbs
}

// Open reports whether work on a record of this status is still due.
func (s Status) Open() bool {
	_, known := moves[s]
	return known && s != StatusClosed
}

// Advance makes one step and returns the record as it then is, with the entry
// for its history. It is the only place where the status of a record changes.
// A step that is not allowed, or says too little, changes nothing and returns
// a *StepError.
func (r Record) Advance(s Step) (Record, HistoryEntry, error) {
	to, err := r.target(s)
	if err != nil {
		return r, HistoryEntry{}, err
	}
	entry := HistoryEntry{At: s.At, Actor: s.Actor, What: string(s.Verb), From: r.Status, To: to, Reason: s.Reason, Detail: s.detail()}
	next := r
	next.Status, next.UpdatedAt, next.Before = to, s.At, statusBefore
	if slices.Contains(givesOwner, s.Verb) {
		next.Owner, next.AssignedAt = s.Owner, s.At
	}
	switch to {
	case StatusWaiting:
		next.Before = r.Status
	case StatusAnswered:
		next.AnsweredAt = s.At
	case StatusNeedsTriage:
		next = next.backToDesk()
	case StatusClosed:
		next.ClosedAt, next.Outcome, next.MergedInto = s.At, s.outcome(), s.Into
	}
	return next, entry, nil
}

// backToDesk gives the record to the desk as if it had just come in.
func (r Record) backToDesk() Record {
	r.Owner, r.Outcome, r.MergedInto = ToDesk, "", ""
	r.AssignedAt, r.AnsweredAt, r.ClosedAt = time.Time{}, time.Time{}, time.Time{}
	return r
}

func (s Step) outcome() Outcome {
	if o, fixed := fixedOutcome[s.Verb]; fixed {
		return o
	}
	return s.Outcome
}

// detail keeps with the history what the verb carried besides its reason.
func (s Step) detail() string {
	switch {
	case slices.Contains(givesOwner, s.Verb):
		return s.Owner
	case s.Verb == VerbAccept:
		return s.OnBehalf
	case s.Verb == VerbMerge:
		return s.Into
	}
	return string(s.outcome())
}

func (r Record) target(s Step) (Status, error) {
	refused := &StepError{Reference: r.Reference, Status: r.Status, Verb: s.Verb, Allowed: r.Status.Allowed()}
	if !slices.Contains(refused.Allowed, s.Verb) {
		return "", refused
	}
	if refused.Lacks = r.lacks(s); refused.Lacks != "" {
		return "", refused
	}
	if slices.Contains(endings, s.Verb) {
		return StatusClosed, nil
	}
	to := moves[r.Status][s.Verb]
	if to == statusBefore {
		to = r.Before
	}
	return to, nil
}

// lacks names what the step should have said and did not; "" where it is whole.
func (r Record) lacks(s Step) Lack {
	switch {
	case s.Actor == "":
		return LackActor
	case s.At.IsZero():
		return LackTime
	case slices.Contains(needsReason, s.Verb) && strings.TrimSpace(s.Reason) == "":
		return LackReason
	case slices.Contains(givesOwner, s.Verb) && s.Owner == "":
		return LackOwner
	case s.Verb == VerbHandOver && s.Owner == r.Owner:
		return LackOtherOwner
	case s.Verb == VerbAccept && r.ledJointly() && s.OnBehalf != r.Owner:
		return LackLead
	case s.Verb == VerbClose && !slices.Contains(chosenOutcomes, s.Outcome):
		return LackOutcome
	case s.Verb == VerbMerge && (s.Into == "" || s.Into == r.Reference):
		return LackOtherRecord
	}
	return ""
}

func (r Record) ledJointly() bool {
	return r.Routing != nil && r.Routing.CarriedBy == CarriedByBoth
}
