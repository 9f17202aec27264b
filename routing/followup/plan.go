package followup

import (
	"slices"
	"time"

	"verbale/intake"
)

// Plan lists what is due on a record in its current state, earliest first, in the office's
// time zone. Deadlines count from receipt or reopening, acceptance from assignment, and triage
// from when the desk got the record, without the time in which the record waited for the
// requester. The same record gives the same plan. A record that waits for the requester, or is
// backfilled and not yet taken up, has nothing due.
func (p *Policy) Plan(rec *intake.Record) []intake.PlanStep {
	plan := p.steps(rec)
	slices.SortStableFunc(plan, func(a, b intake.PlanStep) int { return a.At.Compare(b.At) })
	return plan
}

func (p *Policy) steps(rec *intake.Record) []intake.PlanStep {
	switch rec.Status {
	case intake.StatusNeedsReading, intake.StatusNeedsTriage:
		if rec.Backfilled {
			return nil
		}
		triage := p.step(intake.StepTriage, intake.ToDesk, p.triageDue(rec))
		return slices.Concat(p.acknowledge(rec), triage, p.answer(rec, intake.ToDesk), p.outcome(rec, intake.ToDesk))
	case intake.StatusAssigned:
		if rec.Backfilled {
			return nil
		}
		accept := p.step(intake.StepAccept, holder(rec), p.calendar.after(assigned(rec), p.spans.Accept))
		return slices.Concat(p.acknowledge(rec), accept, p.answer(rec, holder(rec)), p.outcome(rec, holder(rec)))
	case intake.StatusAccepted:
		return slices.Concat(p.answer(rec, holder(rec)), p.outcome(rec, holder(rec)))
	case intake.StatusAnswered:
		return slices.Concat(p.takeUp(rec), p.outcome(rec, holder(rec)))
	case intake.StatusClosed:
		return p.results(rec)
	}
	return nil
}

// results plans the question for the results of an activity that was delivered or agreed,
// until they are reported.
func (p *Policy) results(rec *intake.Record) []intake.PlanStep {
	given := rec.Outcome == intake.OutcomeDelivered || rec.Outcome == intake.OutcomeAgreed
	if !given || rec.Results != nil {
		return nil
	}
	return slices.DeleteFunc(p.outcome(rec, holder(rec)), func(s intake.PlanStep) bool { return s.Step != intake.StepResults })
}

// holder returns who is responsible for the record: its owner or, for a new record, the
// assignee.
func holder(rec *intake.Record) string {
	if rec.Owner == "" && rec.Routing != nil {
		return rec.Routing.Assignee
	}
	return rec.Owner
}

// assigned returns when the record was assigned; for a new record, when it was received.
func assigned(rec *intake.Record) time.Time {
	if rec.AssignedAt.IsZero() {
		return rec.ReceivedAt
	}
	return rec.AssignedAt
}

func (p *Policy) step(name intake.StepName, to string, at time.Time) []intake.PlanStep {
	return []intake.PlanStep{{At: at.In(p.calendar.zone), Step: name, To: to}}
}

// acknowledge is due at once, also outside working hours: no staff is needed for it.
func (p *Policy) acknowledge(rec *intake.Record) []intake.PlanStep {
	return p.step(intake.StepAcknowledge, intake.ToRequester, rec.ReceivedAt)
}

// triageDue returns when the desk has to decide on a record. The time for which a record that
// came back has waited for the requester since is already in its start (see Clock).
func (p *Policy) triageDue(rec *intake.Record) time.Time {
	if at := rec.FollowUp.AtDesk; !at.IsZero() {
		return p.calendar.after(at, p.spans.Triage)
	}
	return p.due(rec, p.calendar.after(start(rec), p.spans.Triage))
}

// takeUp is due once the requester has written again after the answer.
func (p *Policy) takeUp(rec *intake.Record) []intake.PlanStep {
	since := rec.FollowUp.AskedAgain
	if since.IsZero() {
		return nil
	}
	return p.step(intake.StepTakeUp, holder(rec), p.calendar.after(since, p.spans.TakeUp))
}

func (p *Policy) answer(rec *intake.Record, to string) []intake.PlanStep {
	if rec.Request == nil {
		return nil
	}
	request := *rec.Request
	if from := rec.FollowUp.From; !from.IsZero() && request.ReplyBy.Before(intake.DateOf(from.In(p.calendar.zone))) {
		request.ReplyBy = intake.Date{} // it passed before the deadlines began to count again
	}
	return p.step(intake.StepAnswer, to, p.due(rec, p.answerDue(start(rec), &request)))
}

// outcome plans the question for the outcome of an activity whose end date is known, and
// later for its results. An end date before the letter itself is ignored.
func (p *Policy) outcome(rec *intake.Record, to string) []intake.PlanStep {
	if rec.Request == nil || rec.Request.ProposedEnd.IsZero() {
		return nil
	}
	c := &p.calendar
	end := c.closing(rec.Request.ProposedEnd)
	if end.Before(rec.ReceivedAt) {
		return nil
	}
	due := c.DaysAfter(rec.Request.ProposedEnd, p.spans.Outcome.count)
	return slices.Concat(
		p.step(intake.StepOutcome, to, due),
		p.step(intake.StepResults, to, c.after(due, p.spans.Results)),
	)
}
