package registry_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

func lines(rec intake.Record, step intake.StepName) (all []string) {
	for _, line := range rec.FollowUp.Ledger {
		if line.Step == step {
			all = append(all, said(line))
		}
	}
	return all
}

// A muted reminder that is unmuted before its time is sent.
func TestWhatIsTakenUpAgainIsSaid(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	*c.now = tuesday.Add(time.Hour)
	c.must(holder, ref, bot.Mute{Step: intake.StepAccept, Off: true})
	if got := lines(c.record(ref), intake.StepAccept); len(got) != 1 || !strings.HasSuffix(got[0], bot.ReasonMuted) {
		t.Errorf("while hushed, the ledger says %q", got)
	}
	c.must(holder, ref, bot.Mute{Step: intake.StepAccept})
	wantSaid(t, c.until(ref, tuesday.AddDate(0, 0, 1)), "11 Mar 10:00 accept to ra-environment")
	wantSaid(t, lines(c.record(ref), intake.StepAccept), "11 Mar 10:00 accept to ra-environment")
}

// A question asked and answered outside working hours changes no due time and cancels no
// reminder.
func TestAQuestionOfAnEveningTakesNoReminderAway(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	*c.now = tuesday.Add(time.Hour)
	c.must(holder, ref, bot.Advance{Verb: intake.VerbAccept})
	next := c.record(ref).FollowUp.Next
	*c.now = time.Date(2026, time.March, 10, 20, 0, 0, 0, geneva)
	question := answerTo("office@water.gov.kg", "In which month?")
	question.Purpose = bot.PurposeAsk
	c.must(holder, ref, question)
	*c.now = c.now.Add(time.Hour)
	c.must(holder, ref, bot.Advance{Verb: intake.VerbRequesterAnswered})
	if got := c.record(ref).FollowUp.Next; got.Key != next.Key || !got.At.Equal(next.At) {
		t.Errorf("next is %s, want %s", said(got), said(next))
	}
}

// acceptanceReminder returns the last reminder to accept a request.
func (c clocked) acceptanceReminder(ref string) (reminder bot.Action) {
	for _, key := range c.keys() {
		if strings.HasPrefix(key, "remind:"+ref+":accept.") {
			reminder = c.action(key)
		}
	}
	return reminder
}

// A reminder that could not be sent at once is skipped if its step was done in the meantime.
func TestAReminderThatWaitedIsNotSaidInVain(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	c.until(ref, tuesday.AddDate(0, 0, 1))
	reminder := c.acceptanceReminder(ref)
	if why, err := c.Obsolete(context.Background(), reminder); why != "" || err != nil {
		t.Fatalf("before anything was done it is skipped: %q, %v", why, err)
	}
	c.must(holder, ref, bot.Advance{Verb: intake.VerbAccept})
	if why, err := c.Obsolete(context.Background(), reminder); why != "the request is accepted" || err != nil {
		t.Errorf("after it was accepted: %q, %v", why, err)
	}
}

func TestTheRequesterWhoHasAnsweredIsNotReminded(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	c.must(holder, ref, bot.Advance{Verb: intake.VerbAccept})
	question := answerTo("office@water.gov.kg", "In which month?")
	question.Purpose = bot.PurposeAsk
	c.must(holder, ref, question)
	c.must(holder, ref, bot.AskRequester{})
	c.until(ref, tuesday.AddDate(0, 0, 8))
	var reminder bot.Action
	for _, key := range c.keys() {
		if a := c.action(key); a.Kind == bot.ActionRemind && a.Mail.To[0].Address == "office@water.gov.kg" {
			reminder = a
		}
	}
	if reminder.Key == "" {
		t.Fatal("the requester was not reminded")
	}
	c.must(holder, ref, bot.Advance{Verb: intake.VerbRequesterAnswered})
	if why, err := c.Obsolete(context.Background(), reminder); why == "" || err != nil {
		t.Errorf("the requester is reminded of what they have answered: %q, %v", why, err)
	}
}

// If an owner is removed from the directory, their reminder is recorded as skipped, and the desk
// is told what is due.
func TestAReminderOfWhoLeftTheDirectoryIsNotCalledSent(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	c.change(ref, func(rec *intake.Record) {
		rec.Owner = "ra-gone"
		for i := range rec.Plan {
			rec.Plan[i].To = strings.Replace(rec.Plan[i].To, "ra-environment", "ra-gone", 1)
		}
	})
	c.until(ref, tuesday.AddDate(0, 0, 1))
	wantSaid(t, lines(c.record(ref), intake.StepAccept), "11 Mar 10:00 accept to ra-gone: skipped, no_way")
	if rooms := c.record(ref).Rooms; slices.Contains(rooms, "ra-gone") {
		t.Errorf("rooms are %v", rooms)
	}
	told := slices.ContainsFunc(c.keys(), func(key string) bool {
		a := c.action(key)
		return strings.HasPrefix(key, "remind:"+ref+":accept.") && a.Room == bot.RoomDesk && strings.Contains(a.Post.Title, ref)
	})
	if !told {
		t.Errorf("nobody hears of what is due: %q", c.keys())
	}
}

// Colleagues without a post are reminded by mail address or Slack ID. The same holds if their
// post was removed.
func TestAColleagueWithoutAPostIsRemindedInPerson(t *testing.T) {
	tests := []struct {
		name, id string
		posts    []string
	}{
		{"by mail", "triage@staff.example", nil},
		{"in Slack", "U0TRIAGE", nil},
		{"who held a post that is gone", "triage@staff.example", []string{"ra-gone"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := clockedOffice(t)
			ref := c.arrived("a@water.gov.kg")
			by := triage
			by.ID, by.Posts = tt.id, tt.posts
			c.must(by, ref, bot.RemindMe{At: tuesday.Add(2 * time.Hour), Text: "call them"})
			c.until(ref, tuesday.Add(2*time.Hour))
			key := ""
			for _, k := range c.keys() {
				if strings.HasPrefix(k, "remind:"+ref+":own.") {
					key = k
				}
			}
			if key == "" {
				t.Fatalf("nobody is reminded: %q", lines(c.record(ref), intake.StepOwn))
			}
			a := c.action(key)
			if a.Room != tt.id && (a.Mail == nil || a.Mail.To[0].Address != tt.id) {
				t.Errorf("the reminder goes to room %q, mail %v", a.Room, a.Mail)
			}
		})
	}
}

// A postponed reminder goes to the new owner of the request, not to the one who postponed it.
func TestAMovedReminderFollowsTheRequest(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	*c.now = tuesday.Add(time.Hour)
	rec := c.record(ref)
	planned := c.Planned(&rec)
	at := slices.IndexFunc(planned, func(r intake.Reminder) bool { return r.Step == intake.StepAnswer })
	c.must(holder, ref, bot.Postpone{Key: planned[at].Key, At: tuesday.AddDate(0, 0, 3)})
	c.must(holder, ref, bot.Advance{Verb: intake.VerbHandOver, Owner: "ra-transport", Reason: "roads"})
	said := c.until(ref, tuesday.AddDate(0, 0, 4))
	if !slices.Contains(said, "13 Mar 10:00 answer to ra-transport") || slices.ContainsFunc(said, func(line string) bool {
		return strings.HasSuffix(line, "to ra-environment")
	}) {
		t.Errorf("said\n%s", strings.Join(said, "\n"))
	}
}

// A reminder that could not be sent at once is skipped if the request has another owner now.
func TestAReminderThatWaitedIsNotSaidToWhoGaveTheRequestAway(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	c.until(ref, tuesday.AddDate(0, 0, 1))
	reminder := c.acceptanceReminder(ref)
	c.must(holder, ref, bot.Advance{Verb: intake.VerbHandOver, Owner: "ra-transport", Reason: "roads"})
	if why, err := c.Obsolete(context.Background(), reminder); why != "the request is with another" || err != nil {
		t.Errorf("%q, %v", why, err)
	}
}

// Times loaded from the store have no zone name. They are equal to the planned times, and the
// record must not be written again for that.
func TestAPlanIsTheSameInWhateverZoneItsMomentsAreWritten(t *testing.T) {
	c := clockedOffice(t)
	rec := c.record(c.arrived("one@stat.example"))
	rec.Plan = slices.Clone(rec.Plan)
	for i := range rec.Plan {
		rec.Plan[i].At = rec.Plan[i].At.UTC()
	}
	mended, err := c.Recheck(t.Context(), &rec, rec.FollowUp.Next.At)
	if mended || err != nil || len(rec.Plan) == 0 {
		t.Errorf("of %d steps mended %v, %v", len(rec.Plan), mended, err)
	}
	rec.Plan[0].At = rec.Plan[0].At.Add(-time.Hour)
	if mended, err = c.Recheck(t.Context(), &rec, rec.FollowUp.Next.At); !mended || err != nil {
		t.Errorf("a step that moved: mended %v, %v", mended, err)
	}
}
