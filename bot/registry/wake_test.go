package registry_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/routing"
)

// A clocked office has a clock that the test sets, and the embedded policy.
type clocked struct {
	*office
	now *time.Time
}

// tuesday is a working day, with no holidays in the following weeks.
var tuesday = time.Date(2026, time.March, 10, 10, 0, 0, 0, geneva)

func clockedOffice(t *testing.T, change ...func(*registry.Options)) clocked {
	now := tuesday
	o := slackOffice(t, append([]func(*registry.Options){func(o *registry.Options) {
		o.Policy, o.Now = policy(), func() time.Time { return now }
	}}, change...)...)
	return clocked{o, &now}
}

// arrived records a letter at the current time.
func (c clocked) arrived(id string) string {
	return c.arrives(letter(id), request("en"), func(m *bot.MailArrived) { m.ReceivedAt = *c.now }).Reference
}

// until advances the clock to end and handles every due wake-up of a record. It returns
// the reminders, as "10 Mar 14:00 triage to desk".
func (c clocked) until(reference string, end time.Time) (all []string) {
	c.t.Helper()
	for range 100 {
		next := c.record(reference).FollowUp.Next
		if next.Key == "" || next.At.After(end) {
			*c.now = end
			return all
		}
		if next.At.After(*c.now) {
			*c.now = next.At
		}
		before := len(c.record(reference).FollowUp.Ledger)
		if _, err := c.Wake(context.Background(), reference); err != nil {
			c.t.Fatal(err)
		}
		for _, line := range c.record(reference).FollowUp.Ledger[before:] {
			all = append(all, said(line))
		}
	}
	c.t.Fatal("more than 100 wake-ups")
	return nil
}

func said(line intake.Reminder) string {
	s := fmt.Sprintf("%s %s to %s", line.DoneAt.In(geneva).Format("2 Jan 15:04"), line.Step, line.To)
	if line.State != intake.ReminderSent {
		s += ": " + string(line.State) + ", " + line.Reason
	}
	return s
}

func wantSaid(t *testing.T, got []string, want string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(want), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	if !slices.Equal(got, lines) && (len(got) > 0 || want != "") {
		t.Errorf("said\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(lines, "\n"))
	}
}

func TestRemindersEscalateToTheChiefWhenNobodyActs(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	wantSaid(t, c.until(ref, tuesday.AddDate(0, 0, 30)), `
		11 Mar 10:00 accept to ra-environment
		12 Mar 10:00 accept to ra-environment
		13 Mar 10:00 accept to chief
		13 Mar 10:00 accept to ra-environment
		17 Mar 10:00 answer to ra-environment
		24 Mar 10:00 answer to ra-environment
		25 Mar 10:00 answer to ra-environment
		27 Mar 10:00 answer to ra-environment
		30 Mar 09:00 answer to chief
		30 Mar 09:00 answer to desk
		31 Mar 09:00 answer to ra-environment
		2 Apr 09:00 answer to ra-environment
		8 Apr 09:00 answer to ra-environment`)
}

func TestWhatIsDoneIsNotAskedForAgain(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	*c.now = tuesday.Add(time.Hour)
	c.must(holder, ref, bot.Advance{Verb: intake.VerbAccept})
	c.must(holder, ref, answerTo("office@water.gov.kg", "We shall come."))
	wantSaid(t, c.until(ref, tuesday.AddDate(0, 0, 60)), "")
	var reasons []string
	for _, line := range c.record(ref).FollowUp.Ledger {
		reasons = append(reasons, string(line.Step)+" "+string(line.State)+": "+line.Reason)
	}
	if !slices.Contains(reasons, "accept skipped: accepted") {
		t.Errorf("the ledger says %q", reasons)
	}
}

func TestAFortnightsOutageIsOneWord(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	*c.now = tuesday.AddDate(0, 0, 20)
	said := c.until(ref, *c.now)
	sent := slices.DeleteFunc(slices.Clone(said), func(line string) bool { return strings.Contains(line, "skipped") })
	wantSaid(t, sent, `
		30 Mar 10:00 accept to chief
		30 Mar 10:00 accept to ra-environment
		30 Mar 10:00 answer to ra-environment
		30 Mar 10:00 answer to chief
		30 Mar 10:00 answer to desk`)
}

func TestARequesterIsRemindedOnceSomebodyAgreed(t *testing.T) {
	for _, agreed := range []bool{false, true} {
		t.Run(fmt.Sprintf("agreed %t", agreed), func(t *testing.T) {
			c := clockedOffice(t)
			ref := c.arrived("a@water.gov.kg")
			question := answerTo("office@water.gov.kg", "For how many people?")
			question.Purpose = bot.PurposeAsk
			c.must(holder, ref, question)
			if agreed {
				c.must(holder, ref, bot.AskRequester{})
			}
			c.until(ref, tuesday.AddDate(0, 0, 10))
			var mails []bot.Action
			for _, key := range c.keys() {
				if a := c.action(key); a.Kind == bot.ActionRemind && a.Mail.To[0].Address == "office@water.gov.kg" {
					mails = append(mails, a)
				}
			}
			if want := map[bool]int{false: 0, true: 1}[agreed]; len(mails) != want {
				t.Errorf("%d reminders went to the requester, want %d", len(mails), want)
			}
		})
	}
}

func TestWaitingStopsTheClock(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	due := dueAt(t, c.record(ref), intake.StepAnswer)
	question := answerTo("office@water.gov.kg", "For how many people?")
	question.Purpose = bot.PurposeAsk
	c.must(holder, ref, question)
	*c.now = tuesday.AddDate(0, 0, 3) // Friday at the same time
	c.arrives(letter("b@water.gov.kg"), quoting(ref))
	after := dueAt(t, c.record(ref), intake.StepAnswer)
	if got := due.Format(time.DateTime) + ", then " + after.Format(time.DateTime); got != "2026-03-25 10:00:00, then 2026-03-30 10:00:00" {
		t.Errorf("the answer was due on %s after three days of waiting", got)
	}
}

func dueAt(t *testing.T, rec intake.Record, step intake.StepName) time.Time {
	t.Helper()
	for _, p := range rec.Plan {
		if p.Step == step {
			return p.At
		}
	}
	t.Fatalf("%s is not due: %v", step, rec.Plan)
	return time.Time{}
}

func TestColleaguesChangeWhatIsPlanned(t *testing.T) {
	day := func(n int) time.Time { return tuesday.AddDate(0, 0, n) }
	for _, test := range []struct {
		name string
		wish func(c clocked, ref string) bot.Operation
		want string
	}{
		{"snooze", func(clocked, string) bot.Operation { return bot.Snooze{Until: day(3)} }, `
			13 Mar 10:00 accept to ra-environment: skipped, said_again
			13 Mar 10:00 accept to ra-environment: skipped, said_again
			13 Mar 10:00 accept to chief
			13 Mar 10:00 accept to ra-environment`},
		{"hush", func(clocked, string) bot.Operation { return bot.Mute{Step: intake.StepAccept, Off: true} }, ""},
		{"postpone", func(c clocked, ref string) bot.Operation {
			return bot.Postpone{Key: c.record(ref).FollowUp.Next.Key, At: day(2).Add(3 * time.Hour)}
		}, `
			12 Mar 10:00 accept to ra-environment
			12 Mar 13:00 accept to ra-environment
			13 Mar 10:00 accept to chief
			13 Mar 10:00 accept to ra-environment`},
		{"one's own", func(clocked, string) bot.Operation { return bot.RemindMe{At: day(1).Add(time.Hour), Text: "call them"} }, `
			11 Mar 10:00 accept to ra-environment
			11 Mar 11:00 own to ra-environment
			12 Mar 10:00 accept to ra-environment
			13 Mar 10:00 accept to chief
			13 Mar 10:00 accept to ra-environment`},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := clockedOffice(t)
			ref := c.arrived("a@water.gov.kg")
			c.must(holder, ref, test.wish(c, ref))
			wantSaid(t, c.until(ref, day(4)), test.want)
		})
	}
}

func TestAReminderComesInTheRecipientsHours(t *testing.T) {
	c := clockedOffice(t, func(o *registry.Options) {
		for i := range o.Directory.Posts {
			if o.Directory.Posts[i].ID == "ra-environment" {
				o.Directory.Posts[i].Zone = routing.Zone{Location: time.FixedZone("AQTT", 5*3600)}
			}
		}
	})
	*c.now = time.Date(2026, time.March, 10, 16, 0, 0, 0, geneva) // 20:00 in the adviser's zone
	ref := c.arrived("a@water.gov.kg")
	said := c.until(ref, tuesday.AddDate(0, 0, 2))
	if len(said) == 0 || !strings.HasPrefix(said[0], "12 Mar 05:00 accept") {
		t.Errorf("said %q, want it at 09:00 of the adviser's", said)
	}
}

func TestTwoProcessesHandleOneWake(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	*c.now = c.record(ref).FollowUp.Next.At
	for range 2 {
		if _, err := c.Wake(context.Background(), ref); err != nil {
			t.Fatal(err)
		}
	}
	if said := len(c.record(ref).FollowUp.Ledger); said != 1 {
		t.Errorf("%d reminders were said", said)
	}
}

func TestAfterAnOutageNobodyIsRemindedAtNight(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	*c.now = tuesday.AddDate(0, 0, 1).Add(12 * time.Hour) // the office is up again at 22:00
	wantSaid(t, c.until(ref, tuesday.AddDate(0, 0, 2).Add(-30*time.Minute)), `
		12 Mar 09:00 accept to ra-environment`)
}
