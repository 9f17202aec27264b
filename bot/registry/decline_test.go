package registry_test

import (
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// An owner who declined a request is not proposed for it again. After a post its division is
// proposed, then the runner-up, then nobody.
func TestWhoDeclinedIsNotProposedAgain(t *testing.T) {
	o := slackOffice(t)
	o.route = confident()
	o.route.RunnerUp = intake.RunnerUp{Division: "energy"}
	o.arrives(letter("a@water.gov.kg"), request("en"))
	declines := bot.Advance{Verb: intake.VerbDecline, Reason: "not our subject"}
	proposed := func() string {
		rec := o.record(first)
		if rec.Owner != intake.ToDesk {
			t.Fatalf("the request is with %s", rec.Owner)
		}
		return rec.Routing.Assignee
	}
	o.must(holder, first, declines)
	if got := proposed(); got != "environment" {
		t.Fatalf("%s is proposed after the adviser declined", got)
	}
	o.must(triage, first, bot.Correct{Set: map[intake.Field][]string{intake.FieldInstitution: {"Ministry of Water Resources"}}})
	if got := proposed(); got != "environment" {
		t.Errorf("%s is proposed after a correction", got)
	}
	division := bot.Colleague{ID: "division@staff.example", Roles: holder.Roles, Posts: []string{"environment"}}
	o.must(triage, first, bot.Advance{Verb: intake.VerbAssign})
	if owner := o.record(first).Owner; owner != "environment" {
		t.Fatalf("the proposal gave it to %s", owner)
	}
	o.must(division, first, declines)
	if got := proposed(); got != "energy" {
		t.Errorf("%s is proposed after the division declined", got)
	}
	o.must(triage, first, bot.Advance{Verb: intake.VerbAssign, Owner: "energy"})
	o.must(bot.Colleague{ID: "e@staff.example", Roles: holder.Roles, Posts: []string{"energy"}}, first, declines)
	if got := proposed(); got != intake.ToDesk {
		t.Errorf("%s is proposed after all declined", got)
	}
}

func TestWhoDeclinedByMailIsNotProposedAgain(t *testing.T) {
	o := assignment(t)
	o.replies("Decline: on mission until May")
	if got := o.record(first).Routing.Assignee; got != "environment" {
		t.Errorf("%s is proposed", got)
	}
}

// A colleague's text is shown in the thread once, although it is both a note and the reason of a
// step.
func TestTheReasonInAMailIsShownOnce(t *testing.T) {
	o := assignment(t, func(o *registry.Options) { o.Office.Slack = true })
	o.replies("Decline: on mission until May")
	shown := 0
	for _, key := range o.keys() {
		if a := o.action(key); a.Post != nil && a.Room == bot.RoomDesk && strings.Contains(a.Post.Body, "on mission until May") {
			shown++
		}
	}
	if shown != 1 {
		t.Errorf("shown %d times", shown)
	}
}
