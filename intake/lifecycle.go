package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Verb names a transition of a record in its lifecycle.
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

// A Step is one transition of a record: who makes it, when, why, and the arguments that the
// verb needs.
type Step struct {
	Verb   Verb
	Actor  string // a person's id, or ActorBot
	At     time.Time
	Reason string // required by decline, close, not_a_request and reopen

	// OnBehalf is the directory ID for which the actor accepts. If adviser and division carry
	// a request out together, only its owner may accept.
	OnBehalf string
	Owner    string  // complete, assign, hand_over: directory ID of the new owner
	Outcome  Outcome // close: how it ended
	Into     string  // merge: reference of the record that stays
}

// statusBefore stands in the table for the status from which a record went to waiting.
const statusBefore Status = ""

// moves is the transition table: for each status, the verbs it allows and the resulting
// status. The verbs in endings are allowed in every open status in addition.
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

// endings are the verbs allowed in every open status.
var endings = []Verb{VerbClose, VerbWithdraw, VerbMerge, VerbNotARequest}

// fixedOutcome maps endings to their only possible outcome.
var fixedOutcome = map[Verb]Outcome{
	VerbWithdraw:    OutcomeWithdrawn,
	VerbMerge:       OutcomeDuplicate,
	VerbNotARequest: OutcomeNotARequest,
}

// chosenOutcomes are the outcomes allowed with VerbClose.
var chosenOutcomes = []Outcome{OutcomeDelivered, OutcomeAgreed, OutcomeDeclined, OutcomeTransferred}

// needsReason are the verbs that require a reason, because they end or send back somebody
// else's work.
var needsReason = []Verb{VerbDecline, VerbClose, VerbNotARequest, VerbReopen}

// givesOwner are the verbs that set a new owner.
var givesOwner = []Verb{VerbComplete, VerbAssign, VerbHandOver}

// A StepError says why a step was refused and which steps are allowed.
type StepError struct {
	Reference string
	Status    Status
	Verb      Verb
	Allowed   []Verb // verbs allowed in this status, sorted
	Lacks     Lack   // what is missing; "" if the status does not allow the verb
}

// A Lack is an argument that a step should have had.
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

// Open reports whether a record in this status still needs work.
func (s Status) Open() bool {
	_, known := moves[s]
	return known && s != StatusClosed
}

// Advance makes one step and returns the updated record with the entry for its history. The
// status of a record changes nowhere else. A step that is not allowed, or is incomplete,
// changes nothing and returns a *StepError.
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
	if s.Verb == VerbDecline && s.Actor != ActorBot {
		next.DeclinedBy = append(slices.Clone(r.DeclinedBy), r.Owner)
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

// backToDesk resets the record to the state of a new one that belongs to the desk.
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

// detail returns the verb's argument, to be kept in the history.
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

// lacks returns what is missing in the step; "" if it is complete.
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
