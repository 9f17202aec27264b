package followup_test

import (
	"strings"
	"testing"

	"verbale/intake"
)

// A record that is returned to somebody weeks after its receipt must not be overdue at once:
// their deadline counts from the return.
func TestADeadlineCountsFromWhenTheWorkIsGot(t *testing.T) {
	tests := map[string]struct {
		before intake.Status
		rec    intake.Record // after the step, on Wednesday 25 March at 11:00
		want   string
	}{
		"triage, from the decline": {
			intake.StatusAssigned, intake.Record{Status: intake.StatusNeedsTriage, Request: &intake.Request{}},
			"2026-03-25 15:00 triage desk\n2026-03-16 11:00 answer desk",
		},
		"all, from reopening": {
			intake.StatusClosed, intake.Record{Status: intake.StatusNeedsTriage, Request: &intake.Request{}},
			"2026-03-25 15:00 triage desk\n2026-04-10 11:00 answer desk",
		},
		"the answer, from when the requester asked again": {
			intake.StatusAnswered, intake.Record{Status: intake.StatusAccepted, Request: &intake.Request{}},
			"2026-04-10 11:00 answer energy",
		},
		"not from the day that the first letter named": {
			intake.StatusAnswered, intake.Record{Status: intake.StatusAccepted, Request: &intake.Request{ReplyBy: date("2026-03-12")}},
			"2026-04-10 11:00 answer energy",
		},
		"acceptance, from the assignment alone": {
			intake.StatusNeedsTriage, intake.Record{Status: intake.StatusAssigned, AssignedAt: at(t, "2026-03-25 11:00"), Request: &intake.Request{}},
			"2026-03-26 11:00 accept energy\n2026-03-16 11:00 answer energy",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.rec.Owner, tt.rec.ReceivedAt = "energy", at(t, "2026-03-02 11:00")
			p := policy(t)
			p.Clock(tt.before, &tt.rec, at(t, "2026-03-25 11:00"))
			got := shown(p.Plan(&tt.rec))
			for _, line := range strings.Split(tt.want, "\n") {
				if !strings.Contains(got, line) {
					t.Errorf("want %s in\n%s", line, got)
				}
			}
		})
	}
}

// While the desk waits for the requester, the deadline for triage of a returned record is
// extended. Waiting time before its return must not count.
func TestTriageOfWhatCameBackStandsStillToo(t *testing.T) {
	p := policy(t)
	rec := &intake.Record{Status: intake.StatusNeedsTriage, ReceivedAt: at(t, "2026-03-02 11:00")}
	rec.FollowUp.Stood = p.Calendar().Worked(at(t, "2026-03-03 11:00"), at(t, "2026-03-05 11:00"))
	p.Clock(intake.StatusAssigned, rec, at(t, "2026-03-25 11:00"))
	rec.Status, rec.Before = intake.StatusWaiting, intake.StatusNeedsTriage
	p.Clock(intake.StatusNeedsTriage, rec, at(t, "2026-03-25 12:00"))
	rec.Status, rec.Before = intake.StatusNeedsTriage, ""
	p.Clock(intake.StatusWaiting, rec, at(t, "2026-03-25 14:00"))
	if got, want := shown(p.Plan(rec)), "2026-03-25 17:00 triage desk"; !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
}

// The decision whether to reopen an answered request is due one working day after the
// requester wrote again, until somebody decides.
func TestTakingUpAgainIsDue(t *testing.T) {
	p := policy(t)
	rec := &intake.Record{Status: intake.StatusAnswered, Owner: "energy", ReceivedAt: at(t, "2026-03-02 11:00"), Request: &intake.Request{}}
	rec.FollowUp.AskedAgain = at(t, "2026-03-25 11:00")
	if got, want := shown(p.Plan(rec)), "2026-03-26 11:00 take_up energy"; got != want {
		t.Errorf("got\n%s\nwant %s", got, want)
	}
	rec.Plan = p.Plan(rec)
	if planned := p.Reminders(rec, nil); len(planned) != 4 || planned[0].To != "energy" || planned[3].Step != intake.StepTakeUp {
		t.Errorf("planned %+v", planned)
	}
	rec.Status = intake.StatusClosed
	p.Clock(intake.StatusAnswered, rec, at(t, "2026-03-26 09:00"))
	if !rec.FollowUp.AskedAgain.IsZero() {
		t.Error("a closed record still waits to be taken up again")
	}
}
