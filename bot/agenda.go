package bot

import (
	"context"
	"slices"
	"time"

	"verbale/intake"
)

// An Agenda indexes when something is due on which record, so that the earliest is found
// without reading all records. It is updated shortly after the records, so readers must check
// the record itself.
type Agenda interface {
	// SetDue replaces the appointments of a record; an empty list removes it from the agenda.
	SetDue(ctx context.Context, reference string, due []Appointment) error
	// Due lists references by due time from one moment up to, but excluding, another (in
	// whole seconds; a zero moment is no bound), earliest first and at most limit of them,
	// and counts them all. A record is listed once per appointment.
	Due(ctx context.Context, whose string, from, until time.Time, limit int) (references []string, count int, err error)
	// Owed lists the records matching a query on which something is due before a moment,
	// earliest first. It examines a bounded number of appointments, so a page may contain
	// fewer records than the query's Limit; only the last page has no cursor.
	Owed(ctx context.Context, whose []string, before time.Time, q Query) (records []*intake.Record, cursor string, err error)
}

// An Appointment is a time at which something is due on a record.
type Appointment struct {
	Whose string // DueAtAll, the record's owner, or OwnReminders of somebody
	At    time.Time
}

// DueAtAll selects the appointments of all owners.
const DueAtAll = ""

// OwnReminders selects the reminders that a person has asked for.
func OwnReminders(by string) string { return "own:" + by }

// Appointments returns the appointments of a record for the Agenda.
func Appointments(rec *intake.Record) []Appointment {
	var all []Appointment
	if step, ok := NextDue(rec); ok {
		all = append(all, Appointment{DueAtAll, step.At}, Appointment{rec.Owner, step.At})
	}
	for _, r := range rec.FollowUp.Own {
		if r.Step == intake.StepOwn {
			all = append(all, Appointment{OwnReminders(r.By), r.At})
		}
	}
	return all
}

// settled lists the steps that a record in a status has completed.
var settled = map[intake.Status][]intake.StepName{
	intake.StatusAssigned: {intake.StepTriage},
	intake.StatusAccepted: {intake.StepTriage, intake.StepAccept},
	intake.StatusWaiting:  {intake.StepTriage, intake.StepAccept},
	intake.StatusAnswered: {intake.StepTriage, intake.StepAccept, intake.StepAnswer},
	intake.StatusClosed:   {intake.StepTriage, intake.StepAccept, intake.StepAnswer, intake.StepOutcome},
}

// Settled reports whether a record has completed a step.
func Settled(rec *intake.Record, step intake.StepName) bool {
	switch step {
	case intake.StepRequester:
		return rec.Status != intake.StatusWaiting
	case intake.StepResults:
		return rec.Results != nil
	case intake.StepTakeUp:
		return rec.FollowUp.AskedAgain.IsZero()
	}
	return slices.Contains(settled[rec.Status], step)
}

// NextDue returns the earliest step of the plan that the record has not completed; false if
// nothing is due.
func NextDue(rec *intake.Record) (next intake.PlanStep, ok bool) {
	for _, p := range rec.Plan {
		if p.Step == intake.StepAcknowledge || slices.Contains(settled[rec.Status], p.Step) {
			continue
		}
		if !ok || p.At.Before(next.At) {
			next, ok = p, true
		}
	}
	return next, ok
}

// DueAt returns when a step of a plan is due, and whether it is planned.
func DueAt(plan []intake.PlanStep, step intake.StepName) (time.Time, bool) {
	for _, p := range plan {
		if p.Step == step {
			return p.At, true
		}
	}
	return time.Time{}, false
}

// Owed returns the first planned step, other than the acknowledgement, that is due from the
// office and not from the requester.
func Owed(r *intake.Record) (intake.PlanStep, bool) {
	for _, step := range r.Plan {
		if step.To != intake.ToRequester && step.Step != intake.StepAcknowledge {
			return step, true
		}
	}
	return intake.PlanStep{}, false
}
