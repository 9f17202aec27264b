package bot

import (
	"slices"

	"verbale/intake"
	"verbale/routing"
)

// Has reports whether a colleague has one of the roles.
func (c Colleague) Has(roles ...routing.Role) bool {
	return slices.ContainsFunc(roles, func(r routing.Role) bool { return slices.Contains(c.Roles, r) })
}

// runsTheDesk reports whether a colleague may do everything on records.
func (c Colleague) runsTheDesk() bool { return c.Has(routing.RoleTriage, routing.RoleAdmin) }

// holds reports whether a record is owned by one of the colleague's posts or divisions.
func (c Colleague) holds(rec *intake.Record) bool {
	return c.Has(routing.RoleAdviser) && slices.Contains(c.Posts, rec.Owner)
}

// worksOn reports whether a colleague holds a record or supports the work on it.
func (c Colleague) worksOn(rec *intake.Record) bool {
	return c.holds(rec) || c.Has(routing.RoleAdviser) && rec.Routing != nil &&
		slices.ContainsFunc(rec.Routing.Support, func(id string) bool { return slices.Contains(c.Posts, id) })
}

// MaySee reports whether a colleague may read a record. A confidential record is visible only
// to those who run the desk or work on it.
func MaySee(c Colleague, rec *intake.Record) bool {
	if rec.Confidential {
		return c.runsTheDesk() || c.worksOn(rec)
	}
	return len(c.Roles) > 0
}

// ownVerbs are the steps that a colleague may make on records they hold; all others are
// reserved to the desk.
var ownVerbs = []intake.Verb{
	intake.VerbAccept, intake.VerbDecline, intake.VerbHandOver, intake.VerbAnswer, intake.VerbAskAgain,
	intake.VerbRequesterAnswered, intake.VerbClose, intake.VerbWithdraw,
}

// May reports whether a colleague's role permits an order; rec is nil if the order is about
// no record. What the status of the record allows is checked separately
// (intake.Status.Allowed).
func May(c Colleague, rec *intake.Record, d Operation) bool {
	switch d := d.(type) {
	case Leave:
		return c.runsTheDesk() || slices.Contains(c.Posts, d.Post)
	case EnterRequest:
		return c.runsTheDesk() || c.Has(routing.RoleAdviser)
	case View:
		return MaySee(c, rec)
	case Note, RemindMe:
		return MaySee(c, rec) && (c.runsTheDesk() || c.Has(routing.RoleAdviser))
	case Correct, Reply, Snooze, Mute, Postpone, AskRequester, RecordResults:
		return c.runsTheDesk() || c.holds(rec)
	case Settle:
		return c.runsTheDesk() || c.holds(rec) && d.Field != intake.FieldKind && d.Field != intake.FieldReference
	case Advance:
		return c.runsTheDesk() || c.holds(rec) && slices.Contains(ownVerbs, d.Verb)
	}
	return c.runsTheDesk()
}

// Forbidden returns why a colleague may not do d, or, if d is nil, may not see the record;
// nil if they may. rec is nil if the order is about no record.
func Forbidden(by Colleague, rec *intake.Record, d Operation) *Refusal {
	switch {
	case len(by.Roles) == 0:
		return &Refusal{Phrase: "refused.stranger"}
	case rec != nil && !MaySee(by, rec):
		return &Refusal{Phrase: "refused.confidential", Values: map[string]any{"reference": rec.Reference}}
	case d == nil || May(by, rec, d):
		return nil
	case rec != nil && by.Has(routing.RoleAdviser):
		return &Refusal{Phrase: "refused.not_yours", Values: map[string]any{"reference": rec.Reference, "owner": rec.Owner}}
	}
	return &Refusal{Phrase: "refused.role"}
}
