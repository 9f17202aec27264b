package report

import (
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// givesOwner are the steps whose history entry names the new owner.
var givesOwner = []string{string(intake.VerbComplete), string(intake.VerbAssign), string(intake.VerbHandOver)}

// split splits a history at the cut-off. Entries for sent mail may be slightly out of order.
func split(history []intake.HistoryEntry, asOf time.Time) (known, later []intake.HistoryEntry) {
	for _, e := range history {
		if e.At.After(asOf) {
			later = append(later, e)
		} else {
			known = append(known, e)
		}
	}
	return known, later
}

// then is a record as it was known at the cut-off, computed from the entries up to then and
// those since. The given record is not changed.
func (q Question) then(rec *intake.Record, known, later []intake.HistoryEntry) intake.Record {
	then := *rec
	then.Request = before(rec.Request, later)
	if slices.ContainsFunc(later, becameRequest) {
		then.Kind = intake.KindOther
	}
	if !slices.ContainsFunc(known, func(e intake.HistoryEntry) bool { return e.What == bot.WhatResults }) {
		then.Results = nil
	}
	if slices.ContainsFunc(later, moved) {
		q.replay(&then, known, later)
		then.Backfilled = then.Backfilled || silent(rec, known) && then.Status == intake.StatusNeedsTriage
	}
	return then
}

func moved(e intake.HistoryEntry) bool { return e.To != "" }

// becameRequest reports whether the desk found a mail to be a request.
func becameRequest(e intake.HistoryEntry) bool {
	return e.What == bot.WhatSettled && e.Detail == string(intake.FieldKind)+": "+string(intake.KindRequest)
}

// before is a request without later corrections.
func before(request *intake.Request, later []intake.HistoryEntry) *intake.Request {
	if request == nil {
		return nil
	}
	r := *request
	for _, e := range slices.Backward(later) {
		field, values, found := strings.Cut(e.Detail, ": ")
		if e.What != bot.WhatCorrected || !found {
			continue
		}
		was, _, _ := strings.Cut(values, " → ")
		r.Set(intake.Field(field), strings.Split(was, ", "))
	}
	return &r
}

// replay moves a record from its creation to its state at the cut-off.
func (q Question) replay(then *intake.Record, known, later []intake.HistoryEntry) {
	then.Owner = firstOwner(then, known, later)
	then.FollowUp.From, then.FollowUp.Waiting, then.FollowUp.Stood = time.Time{}, time.Time{}, 0
	forget(then)
	then.Status = known[0].To
	if then.Status == intake.StatusAssigned {
		then.AssignedAt = known[0].At
	}
	for _, e := range known[1:] {
		if moved(e) {
			q.step(then, e)
		}
	}
	q.route(then, known, later)
}

// forget clears what only steps set.
func forget(rec *intake.Record) {
	rec.Outcome, rec.AssignedAt, rec.AnsweredAt, rec.ClosedAt = "", time.Time{}, time.Time{}, time.Time{}
}

func (q Question) step(then *intake.Record, e intake.HistoryEntry) {
	from := then.Status
	then.Status = e.To
	if gives(e) {
		then.Owner, then.AssignedAt = e.Detail, e.At
	}
	switch e.To {
	case intake.StatusNeedsTriage:
		then.Owner = intake.ToDesk
		forget(then)
	case intake.StatusAnswered:
		then.AnsweredAt = e.At
	case intake.StatusClosed:
		then.ClosedAt, then.Outcome = e.At, intake.Outcome(e.Detail)
		if e.What == string(intake.VerbMerge) { // its detail is the remaining record
			then.Outcome = intake.OutcomeDuplicate
		}
	}
	q.Policy.Clock(from, then, e.At)
}

// firstOwner is the owner of a record at its creation: the desk, or the assignee who was told,
// or the one who accepted it, or the division before it was handed over.
func firstOwner(rec *intake.Record, known, later []intake.HistoryEntry) string {
	if known[0].To != intake.StatusAssigned {
		return intake.ToDesk
	}
	first := string(bot.ActionAssign) + ":" + rec.Reference + ":1:"
	for _, e := range slices.Concat(known[1:], later) {
		if told, ok := strings.CutPrefix(e.Detail, first); ok {
			id, _, _ := strings.Cut(told, " ")
			return id
		}
		if e.What == string(intake.VerbAccept) {
			return e.Detail
		}
		if gives(e) {
			return divisionBefore(rec)
		}
	}
	return rec.Owner
}

// divisionBefore is the division of a record before it was handed over.
func divisionBefore(rec *intake.Record) string {
	if rec.Routing == nil {
		return intake.ToDesk
	}
	if rec.Routing.RunnerUp.Division != "" && rec.Routing.Confidence == 1 {
		return rec.Routing.RunnerUp.Division
	}
	return rec.Routing.Division
}

// route sets the routing of a record at the cut-off, if it was assigned to somebody else
// since, from the owner at that time, or the last owner before it went back to the desk.
func (q Question) route(then *intake.Record, known, later []intake.HistoryEntry) {
	if then.Routing == nil || !slices.ContainsFunc(later, gives) {
		return
	}
	holder := then.Owner
	if holder == intake.ToDesk {
		holder = lastHolder(then, known, later)
	}
	if holder == then.Routing.Assignee {
		return
	}
	routing := *then.Routing
	if routing.Division = q.DivisionOf(holder); routing.Division == "" {
		routing.Division = divisionBefore(then)
	} else if routing.CarriedBy != intake.CarriedByBoth {
		routing.CarriedBy = intake.CarriedByAdviser
		if holder == routing.Division {
			routing.CarriedBy = intake.CarriedByDivision
		}
	}
	then.Routing = &routing
}

// gives reports whether an entry names a new owner.
func gives(e intake.HistoryEntry) bool { return slices.Contains(givesOwner, e.What) }

// lastHolder is the last owner up to the cut-off; the desk if there was none.
func lastHolder(rec *intake.Record, known, later []intake.HistoryEntry) string {
	for _, e := range slices.Backward(known) {
		if gives(e) {
			return e.Detail
		}
	}
	return firstOwner(rec, known, later)
}
