package followup_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbale/intake"
)

// shown formats a plan as lines "2026-03-10 10:00 step to".
func shown(plan []intake.PlanStep) string {
	var lines []string
	for _, s := range plan {
		lines = append(lines, s.At.Format("2006-01-02 15:04 ")+string(s.Step)+" "+s.To)
	}
	return strings.Join(lines, "\n")
}

func date(s string) intake.Date {
	d, err := intake.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestPlanOfEachStatus(t *testing.T) {
	request := &intake.Request{Urgency: intake.UrgencyNormal, ProposedEnd: date("2026-06-12")}
	routing := &intake.Routing{Assignee: "ra-energy"}
	tests := map[string]struct {
		rec  intake.Record
		want string
	}{
		"unreadable": {intake.Record{Status: intake.StatusNeedsReading}, `
2026-03-10 10:00 acknowledge requester
2026-03-10 14:00 triage desk`},
		"in triage": {intake.Record{Status: intake.StatusNeedsTriage, Request: request, Routing: routing}, `
2026-03-10 10:00 acknowledge requester
2026-03-10 14:00 triage desk
2026-03-25 10:00 answer desk
2026-06-19 17:30 outcome desk
2026-09-17 17:30 results desk`},
		"assigned at birth": {intake.Record{Status: intake.StatusAssigned, Request: request, Routing: routing}, `
2026-03-10 10:00 acknowledge requester
2026-03-11 10:00 accept ra-energy
2026-03-25 10:00 answer ra-energy
2026-06-19 17:30 outcome ra-energy
2026-09-17 17:30 results ra-energy`},
		"assigned later, handed over": {intake.Record{Status: intake.StatusAssigned, Request: request, Routing: routing, Owner: "energy", AssignedAt: at(t, "2026-03-13 16:00")}, `
2026-03-10 10:00 acknowledge requester
2026-03-16 16:00 accept energy
2026-03-25 10:00 answer energy
2026-06-19 17:30 outcome energy
2026-09-17 17:30 results energy`},
		"accepted": {intake.Record{Status: intake.StatusAccepted, Request: &intake.Request{}, Owner: "ra-energy"}, `
2026-03-25 10:00 answer ra-energy`},
		"waiting":                  {intake.Record{Status: intake.StatusWaiting, Request: request, Owner: "ra-energy"}, ``},
		"answered":                 {intake.Record{Status: intake.StatusAnswered, Request: request, Owner: "ra-energy"}, "\n2026-06-19 17:30 outcome ra-energy\n2026-09-17 17:30 results ra-energy"},
		"closed":                   {intake.Record{Status: intake.StatusClosed, Request: request, Owner: "ra-energy"}, ``},
		"backfilled":               {intake.Record{Status: intake.StatusAssigned, Request: request, Owner: "ra-energy", Backfilled: true}, ``},
		"backfilled, triage":       {intake.Record{Status: intake.StatusNeedsTriage, Request: request, Backfilled: true}, ``},
		"backfilled, taken up":     {intake.Record{Status: intake.StatusAccepted, Request: &intake.Request{}, Owner: "ra-energy", Backfilled: true}, "\n2026-03-25 10:00 answer ra-energy"},
		"an end before the letter": {intake.Record{Status: intake.StatusAnswered, Request: &intake.Request{ProposedEnd: date("2026-03-09")}}, ``},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.rec.ReceivedAt = at(t, "2026-03-10 10:00")
			if got := shown(policy(t).Plan(&tt.rec)); got != strings.TrimPrefix(tt.want, "\n") {
				t.Errorf("got\n%s\nwant%s", got, tt.want)
			}
		})
	}
}

func TestTheAnswerIsDue(t *testing.T) {
	tests := map[string]struct {
		received, replyBy string
		urgency           intake.Urgency
		want              string
	}{
		"in ten working days":                {"2026-03-02 11:00", "", "normal", "2026-03-16 11:00"},
		"in three where urgent":              {"2026-03-02 11:00", "", "urgent", "2026-03-05 11:00"},
		"two days before the letter's date":  {"2026-03-02 11:00", "2026-03-10", "normal", "2026-03-06 17:30"},
		"but not later than it would be":     {"2026-03-02 11:00", "2026-06-30", "normal", "2026-03-16 11:00"},
		"urgent, with a date still earlier":  {"2026-03-02 11:00", "2026-03-05", "urgent", "2026-03-03 17:30"},
		"in an hour where the date is upon":  {"2026-03-03 11:00", "2026-03-03", "normal", "2026-03-03 12:00"},
		"in an hour where the date is past":  {"2026-03-03 11:00", "2025-12-01", "normal", "2026-03-03 12:00"},
		"at the opening after such an hour":  {"2026-03-06 17:00", "2026-03-06", "normal", "2026-03-09 09:00"},
		"from the next opening":              {"2026-03-07 02:00", "", "normal", "2026-03-24 09:00"},
		"over the season and the year's end": {"2026-12-21 15:00", "", "normal", "2027-01-07 15:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			rec := &intake.Record{Status: intake.StatusAssigned, Owner: "energy", ReceivedAt: at(t, tt.received), Request: &intake.Request{Urgency: tt.urgency}}
			if tt.replyBy != "" {
				rec.Request.ReplyBy = date(tt.replyBy)
			}
			p := policy(t)
			if got := shown(p.Plan(rec)); !strings.Contains(got, tt.want+" answer energy") {
				t.Errorf("want answer at %s in\n%s", tt.want, got)
			}
		})
	}
}

func TestStaffAreNeverAskedOnADayOff(t *testing.T) {
	p := policy(t)
	rapid.Check(t, func(t *rapid.T) {
		received := moment.Draw(t, "received")
		rec := &intake.Record{
			Status:     rapid.SampledFrom([]intake.Status{intake.StatusNeedsReading, intake.StatusNeedsTriage, intake.StatusAssigned, intake.StatusAccepted, intake.StatusAnswered}).Draw(t, "status"),
			ReceivedAt: received,
			Request: &intake.Request{
				Urgency: rapid.SampledFrom([]intake.Urgency{intake.UrgencyNormal, intake.UrgencyUrgent}).Draw(t, "urgency"),
				ReplyBy: intake.DateOf(received).AddDays(rapid.IntRange(-20, 60).Draw(t, "reply by")),
			},
		}
		last := time.Time{}
		for _, step := range p.Plan(rec) {
			if step.To != intake.ToRequester && !p.Calendar().WorkingDay(intake.DateOf(step.At)) {
				t.Fatalf("%s on %s", step.Step, step.At)
			}
			if step.At.Before(last) || step.At.Before(received) {
				t.Fatalf("%s at %s is out of order", step.Step, step.At)
			}
			last = step.At
		}
	})
}

func TestNothingIsSaidBeforeTheLetterCame(t *testing.T) {
	p, received := policy(t), at(t, "2026-03-10 20:00")
	rec := &intake.Record{
		Status: intake.StatusAccepted, Owner: "energy", ReceivedAt: received,
		Request: &intake.Request{ReplyBy: date("2026-03-09")}, // due at the next opening, so the day before has passed
	}
	rec.Plan = p.Plan(rec)
	for _, r := range p.Reminders(rec, nil) {
		if r.At.Before(received) {
			t.Errorf("%s is said at %s", r.Key, r.At)
		}
	}
}

func TestWhatIsHeldUpIsSaidAtTheNextHourOfWork(t *testing.T) {
	p := policy(t)
	tests := map[string]struct{ due, now, want string }{
		"not yet due":                      {"2026-03-10 14:00", "2026-03-10 10:00", "2026-03-10 14:00"},
		"at its moment":                    {"2026-03-10 17:30", "2026-03-10 17:30", "2026-03-10 17:30"},
		"as the day ends, a wake-up late":  {"2026-03-10 17:30", "2026-03-10 17:31", "2026-03-10 17:30"},
		"the house was down over the noon": {"2026-03-10 10:00", "2026-03-10 14:00", "2026-03-10 14:00"},
		"the house was down over closing":  {"2026-03-10 14:00", "2026-03-10 22:00", "2026-03-11 09:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := intake.Reminder{To: "energy", At: at(t, tt.due)}
			if got := p.Soonest(r, nil, at(t, tt.now)); !got.Equal(at(t, tt.want)) {
				t.Errorf("it is said at %s, want %s", got, tt.want)
			}
		})
	}
}

func TestTheClockStandsStillOnlyWhereItIsKnownSinceWhen(t *testing.T) {
	answered := at(t, "2026-03-12 10:00")
	for name, tt := range map[string]struct {
		waiting time.Time
		stood   time.Duration
	}{
		"since two days":               {at(t, "2026-03-10 10:00"), 17 * time.Hour},
		"since before clocks did that": {time.Time{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			rec := &intake.Record{Status: intake.StatusAccepted, FollowUp: intake.FollowUp{Waiting: tt.waiting}}
			policy(t).Clock(intake.StatusWaiting, rec, answered)
			if rec.FollowUp.Stood != tt.stood {
				t.Errorf("the clock stood still for %s, want %s", rec.FollowUp.Stood, tt.stood)
			}
		})
	}
}
