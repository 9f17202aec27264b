package registry_test

import (
	"slices"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// A mail that the desk promotes is read as a request, whatever it was classified as. Its
// deadlines start at that time, however long ago it was received.
func TestWhatIsPromotedIsReadAndNotOverdue(t *testing.T) {
	o := realOffice(t)
	done := o.hears(letter("n@rs.ge", from("intl@rs.ge"), func(m *intake.Message) {
		m.Subject, m.Date = "Single window", noon.AddDate(0, 0, -20)
		m.Text = intake.Text{Content: "Dear colleagues,\n\nThe training on the single window for trade in Tbilisi, Georgia, went well. The photographs are on our website.\n\nNino\nRevenue Service of Georgia"}
	}))
	if done.Outcome != bot.ArrivalSetAside {
		t.Fatalf("the mail was %s", done.Outcome)
	}
	rec := o.record(o.must(triage, "", bot.Promote{Identity: "n@rs.ge"}).Reference)
	if !slices.Equal(rec.Request.Countries, []string{"GE"}) || !slices.Contains(rec.Request.Themes, "single-window") {
		t.Errorf("read was %+v", rec.Request)
	}
	if rec.Status != intake.StatusNeedsTriage || rec.Routing.Assignee == intake.ToDesk {
		t.Errorf("the record is %s, proposed for %s", rec.Status, rec.Routing.Assignee)
	}
	if step, ok := bot.NextDue(&rec); !ok || !step.At.After(noon) {
		t.Errorf("due is %+v", step)
	}
	if rec.FollowUp.Next.At.Before(noon) {
		t.Errorf("the next reminder is %+v", rec.FollowUp.Next)
	}
}

// Old mail that the desk takes up, and requests that come back to the desk, are not overdue at
// once.
func TestWorkThatIsTakenUpLateIsNotOverdue(t *testing.T) {
	weeksAgo := func(e *bot.MailArrived) { e.ReceivedAt = noon.AddDate(0, 0, -21) }
	for name, work := range map[string]func(o *office){
		"declined": func(o *office) {
			o.arrives(letter("a@water.gov.kg"), request("en"), weeksAgo)
			o.must(holder, first, bot.Advance{Verb: intake.VerbDecline, Reason: "not our subject"})
			if _, due := bot.DueAt(o.record(first).Plan, intake.StepTriage); !due {
				t.Error("the desk has nothing to decide")
			}
		},
		"from old mail": func(o *office) {
			o.arrives(letter("a@water.gov.kg"), request("en"), weeksAgo, func(e *bot.MailArrived) { e.Backfilled = true })
			o.must(triage, first, bot.Advance{Verb: intake.VerbAssign})
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, func(o *registry.Options) { o.Policy = policy() })
			work(o)
			rec := o.record(first)
			for _, step := range rec.Plan {
				late := step.Step == intake.StepAnswer && name == "declined" // the requester has in fact waited too long
				if step.Step != intake.StepAcknowledge && !late && !step.At.After(noon) {
					t.Errorf("%s was due at %s", step.Step, step.At)
				}
			}
		})
	}
}
