package followup

import (
	"time"

	"verbale/intake"
)

// A Policy says how long each step may take, on the Calendar of the office.
type Policy struct {
	calendar Calendar
	spans    policyDocument
	years    map[int]bool // whose holidays are known
}

// A policyDocument is the policy file.
type policyDocument struct {
	TimeZone string      `yaml:"time_zone,required"`
	Week     []string    `yaml:"week,required"`
	Hours    hoursOfWork `yaml:"hours,required"`
	Triage   Span        `yaml:"triage,required"`
	Accept   Span        `yaml:"accept,required"`
	Answer   answerSpans `yaml:"answer,required"`
	Outcome  Span        `yaml:"outcome,required"`
	Results  Span        `yaml:"results,required"`

	// Reminders are by the step about which they speak.
	Reminders map[intake.StepName][]reminderRule `yaml:"reminders"` // default: the embedded ones
	// Late is from when a reminder that could not be said in time is said
	// together with all others of its recipient.
	Late Span `yaml:"late"` // likewise
}

// A reminderRule says when about a step something is said, and to whom. One of
// Share, Before and After gives the first moment, none of them the due moment
// itself.
type reminderRule struct {
	Share  float64  `yaml:"share"`  // of the working time from start to due
	Before Span     `yaml:"before"` // the due moment
	After  Span     `yaml:"after"`  // the due moment
	Every  Span     `yaml:"every"`  // from then on, as often as Times says
	Times  int      `yaml:"times"`
	To     []string `yaml:"to,required"` // owner, desk, desk_lead, chief, requester
}

type hoursOfWork struct {
	From  clock `yaml:"from,required"`
	Until clock `yaml:"until,required"`
}

type answerSpans struct {
	Normal        Span `yaml:"normal,required"`
	Urgent        Span `yaml:"urgent,required"`
	BeforeReplyBy Span `yaml:"before_reply_by,required"`
	NeverSooner   Span `yaml:"never_sooner,required"`
}

// Calendar is the calendar of the office.
func (p *Policy) Calendar() *Calendar { return &p.calendar }

// HolidaysMissing returns the first of this year and the next whose holidays are
// not in the file. Until they are, plans may fall on them.
func (p *Policy) HolidaysMissing(now time.Time) (year int, missing bool) {
	this := now.In(p.calendar.zone).Year()
	for year := this; year <= this+1; year++ {
		if !p.years[year] {
			return year, true
		}
	}
	return 0, false
}

// after is the moment a span after t, at which the office works where the span
// counts work.
func (c *Calendar) after(t time.Time, s Span) time.Time {
	switch s.unit {
	case workingHours:
		return c.AddHours(t, time.Duration(s.count)*time.Hour)
	case workingDays:
		return c.AddDays(t, s.count)
	case days:
		return c.within(t.In(c.zone).AddDate(0, 0, s.count))
	default:
		return c.within(t.Add(time.Duration(s.count) * s.unit.length()))
	}
}

// answerDue is when the first substantive answer is due. The moment that the
// letter's own date asks for is never sooner than a little from receipt.
func (p *Policy) answerDue(received time.Time, r *intake.Request) time.Time {
	span, c := p.spans.Answer.Normal, &p.calendar
	if r.Urgency == intake.UrgencyUrgent {
		span = p.spans.Answer.Urgent
	}
	due := c.after(received, span)
	if r.ReplyBy.IsZero() {
		return due
	}
	asked := c.DaysBefore(r.ReplyBy, p.spans.Answer.BeforeReplyBy.count)
	if soonest := c.after(received, p.spans.Answer.NeverSooner); asked.Before(soonest) {
		asked = soonest
	}
	if asked.Before(due) {
		return asked
	}
	return due
}

// Hastened reports whether the answer to a request is due when it is since its letter names
// a day, and not by the office's own span.
func (p *Policy) Hastened(r *intake.Request, due time.Time) bool {
	return !r.ReplyBy.IsZero() && !p.calendar.DaysBefore(r.ReplyBy, p.spans.Answer.BeforeReplyBy.count).After(due)
}
