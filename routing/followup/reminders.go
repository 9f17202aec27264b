package followup

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"verbale/intake"
)

// Zones returns the time zone of a recipient; nil for the office's.
type Zones func(to string) *time.Location

// Reminders lists the planned reminders about a record, earliest first: about the steps of
// its Plan, about the requester's answer if the record waits for it, and those that
// colleagues asked for. Each is moved into the recipient's working hours. Reminders that are
// settled in the ledger, unless before their time, and those that colleagues stopped are left
// out.
func (p *Policy) Reminders(rec *intake.Record, zones Zones) []intake.Reminder {
	planned := make([]intake.Reminder, 0, mostlyPlanned)
	awaited := p.awaited(rec)
	for _, step := range awaited {
		planned = p.about(planned, rec, step)
	}
	for _, own := range rec.FollowUp.Own {
		due, awaits := find(awaited, own.Step)
		if awaits && !slices.Contains(roles, own.To) {
			own.To = due.To // the current owner, who may have changed since it was moved
		}
		if awaits || own.Step == intake.StepOwn && rec.Status.Open() {
			planned = append(planned, own)
		}
	}
	planned = slices.DeleteFunc(planned, func(r intake.Reminder) bool {
		return slices.Contains(rec.FollowUp.Stopped, r.Step) ||
			slices.ContainsFunc(rec.FollowUp.Ledger, func(settled intake.Reminder) bool { return settled.Key == r.Key && !settled.Lapsed() })
	})
	for i := range planned {
		r := &planned[i]
		r.State = intake.ReminderPlanned
		if snoozed := rec.FollowUp.Snoozed; r.At.Before(snoozed) && r.To == rec.Owner {
			r.At = snoozed
		}
		if back := rec.FollowUp.RequesterBack; r.At.Before(back) && r.To == intake.ToRequester {
			r.At = back
		}
		r.At = p.calendar.at(zones, r.To).within(r.At)
	}
	slices.SortStableFunc(planned, func(a, b intake.Reminder) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key))
	})
	return planned
}

// mostlyPlanned is enough capacity for the reminders of most requests.
const mostlyPlanned = 24

// inItsTime is how long after its planned time a reminder may still be sent at once, so that
// one at the end of a working day is not postponed to the next day because processing took a
// second.
const inItsTime = 15 * time.Minute

// Soonest returns when a planned reminder can be sent: at its planned time or, if that has
// passed, in the recipient's next working hours.
func (p *Policy) Soonest(r intake.Reminder, zones Zones, now time.Time) time.Time {
	if now.Sub(r.At) < inItsTime {
		return r.At
	}
	return p.calendar.at(zones, r.To).within(now)
}

// at returns the calendar in a recipient's time zone, with the office's week, hours and
// holidays.
func (c *Calendar) at(zones Zones, to string) *Calendar {
	if zones == nil {
		return c
	}
	return c.in(zones(to))
}

// in returns the calendar in another time zone; nil means the office's.
func (c *Calendar) in(zone *time.Location) *Calendar {
	if zone == nil {
		return c
	}
	there := *c
	there.zone = zone
	return &there
}

// awaited returns the steps that a record waits for: those due, or the requester's answer to
// our question.
func (p *Policy) awaited(rec *intake.Record) []intake.PlanStep {
	if since := rec.FollowUp.Waiting; rec.Status == intake.StatusWaiting && !since.IsZero() {
		return []intake.PlanStep{{At: since, Step: intake.StepRequester, To: rec.Owner}}
	}
	return rec.Plan
}

// roles are the recipients that do not depend on who owns the record.
var roles = []string{intake.ToRequester, intake.ToDesk, intake.ToDeskLead, intake.ToChief}

// find returns the awaited step of that name, if there is one; reminders that colleagues
// moved are sent only then.
func find(awaited []intake.PlanStep, step intake.StepName) (due intake.PlanStep, ok bool) {
	i := slices.IndexFunc(awaited, func(due intake.PlanStep) bool { return due.Step == step })
	if i < 0 {
		return due, false
	}
	return awaited[i], true
}

// about appends the reminders of one step to the planned ones.
func (p *Policy) about(planned []intake.Reminder, rec *intake.Record, due intake.PlanStep) []intake.Reminder {
	before := len(planned)
	for _, rule := range p.spans.Reminders[due.Step] {
		for _, at := range p.moments(rec, rule, due.At) {
			if at.Before(start(rec)) {
				continue // it would be before the record's start, because the term is short
			}
			for _, to := range rule.To {
				if to == toOwner {
					to = due.To
				}
				planned = append(planned, intake.Reminder{Step: due.Step, To: to, At: at})
			}
		}
	}
	all := planned[before:]
	slices.SortStableFunc(all, func(a, b intake.Reminder) int { return a.At.Compare(b.At) })
	series := string(due.Step) + "." + strconv.FormatInt(due.At.Unix(), 36) + "."
	for i := range all {
		all[i].Number = i + 1
		all[i].Key = series + strconv.Itoa(i+1)
	}
	return planned
}

// toOwner in a rule means the person who has to make the step.
const toOwner = "owner"

// moments returns the times of a rule's reminders of something due.
func (p *Policy) moments(rec *intake.Record, rule reminderRule, due time.Time) []time.Time {
	c, at := &p.calendar, due
	switch {
	case rule.Share > 0:
		whole := c.Worked(start(rec), due)
		at = c.AddHours(start(rec), time.Duration(rule.Share*float64(whole)))
	case rule.Before.count > 0:
		at = c.before(due, rule.Before)
	case rule.After.count > 0:
		at = c.after(due, rule.After)
	}
	moments := []time.Time{at}
	for range rule.Times - 1 {
		at = c.after(at, rule.Every)
		moments = append(moments, at)
	}
	return moments
}

// before returns the same time of day the given number of working days before a moment.
func (c *Calendar) before(t time.Time, s Span) time.Time {
	t = t.In(c.zone)
	day := intake.DateOf(t)
	for range s.count {
		day = c.step(day, -1)
	}
	return time.Date(day.Year, day.Month, day.Day, t.Hour(), t.Minute(), t.Second(), 0, c.zone)
}

// Late reports whether a reminder is so overdue, for example after an outage, that it is
// combined with the recipient's others.
func (p *Policy) Late(r intake.Reminder, now time.Time) bool {
	return now.After(p.calendar.after(r.At, p.spans.Late))
}
