package followup

import (
	"time"

	"verbale/intake"
)

// A Policy defines how long each step may take on the office's Calendar.
type Policy struct {
	calendar Calendar
	spans    policyDocument
	years    map[int]bool // the years whose holidays are known
}

// A policyDocument is the parsed policy file.
type policyDocument struct {
	TimeZone string      `yaml:"time_zone,required"`
	Week     []string    `yaml:"week,required"`
	Hours    hoursOfWork `yaml:"hours,required"`
	Triage   Span        `yaml:"triage,required"`
	Accept   Span        `yaml:"accept,required"`
	TakeUp   Span        `yaml:"take_up"` // default: the embedded one
	Answer   answerSpans `yaml:"answer,required"`
	Outcome  Span        `yaml:"outcome,required"`
	Results  Span        `yaml:"results,required"`

	// Reminders maps each step to the rules for its reminders.
	Reminders map[intake.StepName][]reminderRule `yaml:"reminders"` // default: the embedded ones
	// Late is the delay after which overdue reminders are combined into one message per
	// recipient.
	Late Span `yaml:"late"` // default: the embedded one
}

// A reminderRule defines when reminders of a step are sent, and to whom. The first one is set
// by Share, Before or After; without any of these, it is sent at the due time.
type reminderRule struct {
	Share  float64  `yaml:"share"`  // fraction of the working time from start to due time
	Before Span     `yaml:"before"` // before the due time
	After  Span     `yaml:"after"`  // after the due time
	Every  Span     `yaml:"every"`  // interval of the following ones, as many as Times says
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

// Calendar returns the office's calendar.
func (p *Policy) Calendar() *Calendar { return &p.calendar }

// HolidaysMissing returns the first year, out of this and the next, whose holidays are not in
// the file. Until they are, deadlines may fall on holidays.
func (p *Policy) HolidaysMissing(now time.Time) (year int, missing bool) {
	this := now.In(p.calendar.zone).Year()
	for year := this; year <= this+1; year++ {
		if !p.years[year] {
			return year, true
		}
	}
	return 0, false
}

// after returns the moment one span after t, moved into working hours.
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

// answerDue returns when the first substantive answer is due. A date requested in the letter
// may bring it forward, but not to less than the minimum time after receipt.
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

// Hastened reports whether the due date of an answer results from the date requested in the
// letter rather than from the office's own span.
func (p *Policy) Hastened(r *intake.Request, due time.Time) bool {
	return !r.ReplyBy.IsZero() && !p.calendar.DaysBefore(r.ReplyBy, p.spans.Answer.BeforeReplyBy.count).After(due)
}
