package registry_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// The assignment of a confidential request contains its text. Digests and reminders only contain
// its reference.
func TestWhatMailsTellOfAConfidentialRequest(t *testing.T) {
	for _, secret := range []bool{false, true} {
		c := clockedOffice(t, func(o *registry.Options) { o.Office.Slack = false })
		*c.now = monday.Add(-24 * time.Hour)
		reading := request("en")
		reading.Request.Institution, reading.Request.Summary = "Ministry of Hidden Waters", "We ask for a hidden dam."
		ref := c.arrives(letter("a@water.gov.kg"), reading, func(m *bot.MailArrived) { m.ReceivedAt = *c.now }).Reference
		c.change(ref, func(rec *intake.Record) { rec.Confidential = secret })
		c.tick(monday.Add(time.Hour))
		for _, to := range []string{"ra-environment", "desk"} {
			digest, err := c.digest(to)
			if err != nil {
				t.Fatal(err)
			}
			wantTold(t, "the digest to "+to, digest.Mail, ref, !secret)
		}
		c.until(ref, monday.AddDate(0, 0, 4))
		reminders := 0
		for _, key := range c.keys() {
			if a := c.action(key); a.Kind == bot.ActionRemind {
				reminders++
				wantTold(t, key, a.Mail, ref, !secret)
			}
		}
		if reminders == 0 {
			t.Fatal("nobody was reminded: the test proves nothing")
		}
	}
}

func wantTold(t *testing.T, what string, m *bot.Mail, reference string, words bool) {
	t.Helper()
	all := strings.ToLower(m.Subject + m.Text + m.HTML)
	if !strings.Contains(all, strings.ToLower(reference)) {
		t.Errorf("%s does not name %s", what, reference)
	}
	told := strings.Contains(all, "hidden") || strings.Contains(all, "kyrgyz")
	if told != words {
		t.Errorf("%s tells of its words: %v\n%s\n%s", what, told, m.Subject, m.Text)
	}
}

// A mail set aside does not make a record confidential, and the question about it is posted in
// the desk's channel. If the mail is marked as confidential, the question must not quote it.
func TestTheQuestionAboutAConfidentialMailDoesNotQuoteIt(t *testing.T) {
	for text, quoted := range map[string]bool{"We ask for a hidden dam.": true, "CONFIDENTIAL\n\nWe ask for a hidden dam.": false} {
		o := slackOffice(t)
		ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
		o.arrives(letter("b@elsewhere.example", from("stranger@elsewhere.example"), saying(text)), quoting(ref))
		asked := 0
		for _, key := range o.keys() {
			if p := o.store.Written[key].Post; p != nil && p.Identity != "" {
				asked++
				if got := strings.Contains(p.Title+p.Body, "hidden"); got != quoted {
					t.Errorf("%q is asked about with %q, %q", text, p.Title, p.Body)
				}
			}
		}
		if asked != 1 {
			t.Errorf("%q: %d questions", text, asked)
		}
	}
}

// A card gives the reason why a request resembles an earlier one. If the earlier one is
// confidential, the reason must not reveal its country, theme or institution.
func TestALikenessTellsNothingOfAConfidentialRequest(t *testing.T) {
	for _, secret := range []bool{false, true} {
		o := slackOffice(t)
		first := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
		o.change(first, func(rec *intake.Record) { rec.Confidential = secret })
		second := o.record(o.arrives(letter("b@water.gov.kg"), request("en")).Reference)
		if len(second.Similar) != 1 || second.Similar[0].Reference != first {
			t.Fatalf("similar: %v", second.Similar)
		}
		if told := second.Similar[0].Reason.Is("alike.institution"); told == secret {
			t.Errorf("confidential: %t, and the reason is %v", secret, second.Similar[0].Reason)
		}
	}
}

// If the earlier request becomes confidential later, the reason is removed from the other card.
// Records that resemble only other requests are not changed.
func TestALikenessIsToldNoMoreOnceTheRequestIsConfidential(t *testing.T) {
	o := slackOffice(t)
	first := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	second := o.arrives(letter("b@water.gov.kg"), request("en")).Reference
	o.must(triage, second, bot.SetConfidential{Confidential: false})
	third := o.arrives(letter("c@water.gov.kg"), request("en")).Reference
	o.change(third, func(rec *intake.Record) { rec.Similar = rec.Similar[:1] }) // only the likeness to the second
	before := o.record(third).Revision
	o.must(triage, first, bot.SetConfidential{Confidential: true})
	retelling := o.action(fmt.Sprintf("retell:%s:%d", first, o.record(first).Revision))
	for range 2 {
		if _, err := o.Perform(t.Context(), retelling); err != nil {
			if _, nothing := errors.AsType[bot.NothingToDo](err); !nothing {
				t.Fatal(err)
			}
		}
	}
	rec := o.record(second)
	if !rec.Similar[0].Reason.Is("alike.confidential") {
		t.Errorf("the reason is %v", rec.Similar[0].Reason)
	}
	o.action(fmt.Sprintf("card:%s:desk:%d", second, rec.Revision))
	if again := o.record(third).Revision; again != before {
		t.Error("the card of a request that resembles another is drawn anew")
	}
}
