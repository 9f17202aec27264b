package registry_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/routing"
)

// TestTwoYearsOfReminders simulates two years of one record, with random steps by colleagues,
// outages, holidays and four changes of the clock. Every reminder must be sent at most once, not
// before it is due, within the working hours of its recipient, and only while its step is open.
func TestTwoYearsOfReminders(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	astana := time.FixedZone("ALMT", 5*3600)
	rapid.Check(t, func(r *rapid.T) {
		c := clockedOffice(t, func(o *registry.Options) {
			for i := range o.Directory.Posts {
				if o.Directory.Posts[i].ID == "ra-environment" {
					o.Directory.Posts[i].Zone = routing.Zone{Location: astana}
				}
			}
		})
		*c.now = time.Date(2026, time.January, 1, 0, 0, 0, 0, zurich).Add(time.Duration(rapid.IntRange(0, 700*24).Draw(r, "start")) * time.Hour)
		ref := c.arrived("a@water.gov.kg")
		y := &simulation{clocked: c, r: r, ref: ref, said: map[string]bool{}, zones: map[string]*time.Location{"ra-environment": astana}}
		for range rapid.IntRange(1, 12).Draw(r, "events") {
			y.advanceTime()
			y.act()
		}
		y.advanceTime()
	})
}

// A simulation is the course of one record.
type simulation struct {
	clocked
	r     *rapid.T
	ref   string
	said  map[string]bool
	zones map[string]*time.Location
}

// advanceTime lets some days pass, handling each wake-up when it is due, or all at once after
// an outage.
func (y *simulation) advanceTime() {
	end := y.now.Add(time.Duration(rapid.IntRange(1, 40*24).Draw(y.r, "hours")) * time.Hour)
	if rapid.Bool().Draw(y.r, "outage") {
		*y.now = end
	}
	for range 60 {
		before := y.record(y.ref)
		next := before.FollowUp.Next
		if next.Key == "" || next.At.After(end) {
			break
		}
		if next.At.After(*y.now) {
			*y.now = next.At
		}
		if _, err := y.Wake(context.Background(), y.ref); err != nil {
			y.r.Fatal(err)
		}
		y.check(before, y.record(y.ref))
	}
	*y.now = end
}

// check checks the reminders of one wake-up.
func (y *simulation) check(before, after intake.Record) {
	for _, line := range after.FollowUp.Ledger[len(before.FollowUp.Ledger):] {
		switch {
		case y.said[line.Key]:
			y.r.Fatalf("%s was said twice", line.Key)
		case line.At.After(*y.now):
			y.r.Fatalf("%s was said at %s, before its time %s", line.Key, y.now, line.At)
		case line.State == intake.ReminderSent && !owes(before, line):
			y.r.Fatalf("%s was said, though the record is %s", line.Key, before.Status)
		case line.State == intake.ReminderSent && !working(*y.now, y.zones[line.To]):
			y.r.Fatalf("%s was said to %s at %s", line.Key, line.To, y.now)
		}
		y.said[line.Key] = true
	}
}

// owes reports whether the step of a reminder is still open.
func owes(rec intake.Record, line intake.Reminder) bool {
	switch line.Step {
	case intake.StepTriage:
		return rec.Status == intake.StatusNeedsTriage || rec.Status == intake.StatusNeedsReading
	case intake.StepAccept:
		return rec.Status == intake.StatusAssigned
	case intake.StepAnswer:
		return rec.Status != intake.StatusAnswered && rec.Status != intake.StatusClosed && rec.Status != intake.StatusWaiting
	case intake.StepRequester:
		return rec.Status == intake.StatusWaiting
	}
	return true
}

// working reports whether a time is within the working hours of the embedded policy, in the
// given zone.
func working(at time.Time, zone *time.Location) bool {
	if zone == nil {
		zone = policy().Calendar().Zone()
	}
	at = at.In(zone)
	minute := at.Hour()*60 + at.Minute()
	return policy().Calendar().WorkingDay(intake.DateOf(at)) && minute >= 9*60 && minute <= 17*60+30
}

// act gives a random order.
func (y *simulation) act() {
	rec := y.record(y.ref)
	deeds := map[string]bot.Operation{
		"accept":  bot.Advance{Verb: intake.VerbAccept},
		"decline": bot.Advance{Verb: intake.VerbDecline, Reason: "not ours"},
		"assign":  bot.Advance{Verb: intake.VerbAssign, Owner: "ra-environment"},
		"give":    bot.Advance{Verb: intake.VerbHandOver, Owner: "ra-transport"},
		"close":   bot.Advance{Verb: intake.VerbClose, Outcome: intake.OutcomeDelivered, Reason: "done"},
		"reopen":  bot.Advance{Verb: intake.VerbReopen, Reason: "more to do"},
		"snooze":  bot.Snooze{Until: y.now.AddDate(0, 0, 5)},
		"hush":    bot.Mute{Step: intake.StepAnswer, Off: rapid.Bool().Draw(y.r, "off")},
		"remind":  bot.RemindMe{At: y.now.AddDate(0, 0, 9), Text: "call"},
		"move":    bot.Postpone{Key: rec.FollowUp.Next.Key, At: y.now.AddDate(0, 0, 3)},
		"ask":     replying(bot.PurposeAsk),
		"answer":  replying(bot.PurposeAnswer),
		"agree":   bot.AskRequester{},
	}
	var names []string
	for name := range deeds {
		names = append(names, name)
	}
	slices.Sort(names)
	_, _ = y.order(triage, y.ref, deeds[rapid.SampledFrom(names).Draw(y.r, "deed")]) // it may be refused
}

func replying(p bot.Purpose) bot.Reply {
	r := answerTo("office@water.gov.kg", "text")
	r.Purpose = p
	return r
}
