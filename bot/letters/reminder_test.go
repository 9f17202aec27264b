package letters_test

import (
	"strings"
	"testing"
	"time"

	"verbale/bot/letters"
	"verbale/intake"
	"verbale/internal/phrases"
)

// The chief, the desk and its lead are told who owes the step, whether they were reminded, and
// who could take over. The owner is told only that their own step is due.
func TestWhatIsSaidAboutAStepDependsOnWhoReads(t *testing.T) {
	due := time.Date(2026, time.November, 27, 15, 0, 0, 0, time.UTC)
	reminded := []intake.Reminder{{Step: intake.StepAccept, To: "ra-environment", State: intake.ReminderSent}}
	tests := []struct {
		name    string
		owner   string
		line    intake.Reminder
		ledger  []intake.Reminder
		says    []string
		doesNot []string
	}{
		{
			"the owner", "ra-environment", intake.Reminder{Step: intake.StepAccept, To: "ra-environment"}, nil,
			[]string{"Overdue by 1 working day", "your acceptance"}, nil,
		},
		{
			"the chief", "ra-environment", intake.Reminder{Step: intake.StepAccept, To: intake.ToChief}, reminded,
			[]string{"acceptance was due", "is overdue by 1 working day", "Reminders have been sent there", "Environment Division", "is proposed to take it over"}, []string{"your"},
		},
		{
			"the chief, of the division itself", "environment", intake.Reminder{Step: intake.StepAccept, To: intake.ToChief}, nil,
			[]string{"acceptance was due"}, []string{"your", "proposed", "have been sent"},
		},
		{
			"the lead of the desk", intake.ToDesk, intake.Reminder{Step: intake.StepTriage, To: intake.ToDeskLead}, nil,
			[]string{"the desk’s decision was due", "The request is with the technical cooperation desk"}, []string{"with desk", "have been sent", "proposed"},
		},
		{
			"the desk", "ra-environment", intake.Reminder{Step: intake.StepAnswer, To: intake.ToDesk}, nil,
			[]string{"first substantive reply to the requester was due", "Overdue by 1 working day"}, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := &intake.Record{
				Reference: "TC-2026-00042", Owner: tt.owner, Request: &intake.Request{Countries: []string{"KG"}},
				Plan: []intake.PlanStep{{At: due, Step: tt.line.Step, To: tt.owner}}, FollowUp: intake.FollowUp{Ledger: tt.ledger},
			}
			written := writer().Reminder(rec, tt.line.To, tt.line, due.AddDate(0, 0, 3), letters.Effect{})
			for _, words := range tt.says {
				if !strings.Contains(written.Text, words) {
					t.Errorf("does not say %q:\n%s", words, written.Text)
				}
			}
			for _, words := range tt.doesNot {
				if strings.Contains(written.Subject+written.Text, words) {
					t.Errorf("says %q:\n%s\n%s", words, written.Subject, written.Text)
				}
			}
		})
	}
}

// A digest states the same delay as a reminder sent at that time.
func TestADigestSaysForHowLongSomethingIsOverdue(t *testing.T) {
	due := time.Date(2026, time.November, 27, 15, 0, 0, 0, time.UTC)
	rec := &intake.Record{
		Reference: "TC-2026-00042", Owner: "ra-environment", Request: &intake.Request{Countries: []string{"KG"}},
		Plan: []intake.PlanStep{{At: due, Step: intake.StepAccept, To: "ra-environment"}},
	}
	for after, want := range map[time.Duration]string{
		-time.Hour:     "your acceptance by 27 November 2026",
		time.Hour:      "your acceptance, due on 27 November 2026, overdue by less than a working day",
		72 * time.Hour: "your acceptance, due on 27 November 2026, overdue by 1 working day",
		96 * time.Hour: "your acceptance, due on 27 November 2026, overdue by 2 working days",
	} {
		if line := writer().DigestLine(rec, due.Add(after), phrases.English); !strings.HasSuffix(line, want) {
			t.Errorf("%s after the due time it says %q, want %q", after, line, want)
		}
	}
}

// Recipients are named, not shown by ID.
func TestRecipientsHaveNames(t *testing.T) {
	for id, want := range map[string]string{
		"chief:environment": "Chief, Environment Division", "desk_lead": "Lead of the technical cooperation desk",
		"desk": "the technical cooperation desk of the secretariat", "environment": "Environment Division",
	} {
		if got := writer().Recipient(id, phrases.English); got != want {
			t.Errorf("%s is named %q, want %q", id, got, want)
		}
	}
}
