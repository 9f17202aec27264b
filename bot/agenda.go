package bot

import (
	"context"
	"slices"
	"time"

	"verbale/intake"
)

// An Agenda keeps when something is due on which record, so that what is due first
// is found without looking at the others. It follows the records with a short
// delay: whoever reads it asks the record itself.
type Agenda interface {
	// SetDue takes the place of what was kept of a record; nothing is kept of one
	// on which nothing is due.
	SetDue(ctx context.Context, reference string, due []Appointment) error
	// Due lists references by when something is due from a moment on and before
	// another one (in whole seconds, a zero moment is no bound), the earliest first
	// and limit of them at most, and counts them all. A record stands there as
	// often as it has appointments.
	Due(ctx context.Context, whose string, from, until time.Time, limit int) (references []string, count int, err error)
	// Owed lists the records of a query on which something is due before a moment,
	// the earliest first. It looks at a bounded number of appointments: a page may
	// hold fewer records than the query's Limit, and the last one alone has no cursor.
	Owed(ctx context.Context, whose []string, before time.Time, q Query) (records []*intake.Record, cursor string, err error)
}

// An Appointment says that something is due on a record.
type Appointment struct {
	Whose string // DueAtAll, the record's owner, or OwnReminders of somebody
	At    time.Time
}

// DueAtAll is whose appointments those of all owners are.
const DueAtAll = ""

// OwnReminders is whose appointments the reminders are that somebody asked for.
func OwnReminders(by string) string { return "own:" + by }

// Appointments are what an Agenda keeps of a record.
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

// settled are the steps that a record of a status has behind it.
var settled = map[intake.Status][]intake.StepName{
	intake.StatusAssigned: {intake.StepTriage},
	intake.StatusAccepted: {intake.StepTriage, intake.StepAccept},
	intake.StatusWaiting:  {intake.StepTriage, intake.StepAccept},
	intake.StatusAnswered: {intake.StepTriage, intake.StepAccept, intake.StepAnswer},
	intake.StatusClosed:   {intake.StepTriage, intake.StepAccept, intake.StepAnswer, intake.StepOutcome},
}

// Settled reports whether a record has a step behind it.
func Settled(rec *intake.Record, step intake.StepName) bool {
	switch step {
	case intake.StepRequester:
		return rec.Status != intake.StatusWaiting
	case intake.StepResults:
		return rec.Results != nil
	}
	return slices.Contains(settled[rec.Status], step)
}

// NextDue is the earliest step of the plan that the record has not behind it; false
// where nothing is due.
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

// DueAt is when a step of a plan is due, and whether it is planned.
func DueAt(plan []intake.PlanStep, step intake.StepName) (time.Time, bool) {
	for _, p := range plan {
		if p.Step == step {
			return p.At, true
		}
	}
	return time.Time{}, false
}

// Owed is the first step that people of the house owe on a record.
func Owed(r *intake.Record) (intake.PlanStep, bool) {
	for _, step := range r.Plan {
		if step.To != intake.ToRequester && step.Step != intake.StepAcknowledge {
			return step, true
		}
	}
	return intake.PlanStep{}, false
}
