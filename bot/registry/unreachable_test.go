package registry_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// sent marks the mail of an action as sent and returns its Message-ID.
func (o *office) sent(key string) string {
	a := o.action(key)
	a.State, a.Result = bot.ActionDone, a.Mail.MessageID
	o.store.Written[key] = a
	return a.Result
}

// returns handles a delivery report about one of our mails.
func (o *office) returns(id, action, original string, recipients ...string) {
	o.t.Helper()
	m := letter(id, from("mailer-daemon@mta.example"))
	m.Signs.Delivery = &intake.DeliveryReport{Action: action, Status: "5.1.1", OriginalID: original, Recipients: recipients}
	o.arrives(m, reading(intake.KindBounce, "undeliverable"))
}

func TestAddressThatReturnsOurMailIsBooked(t *testing.T) {
	ours := func(o *office) string { return o.sent(ackFirst) }
	together := func(o *office) string {
		a := o.action(ackFirst)
		a.State, a.Result = bot.ActionDone, "acknowledge.tc-2026-00042.together@desk.unece.example"
		o.store.Written[ackFirst], o.store.Threads[a.Result] = a, first
		return a.Result
	}
	tests := []struct {
		name, action, recipient string
		original                func(o *office) string
		booked                  bool
	}{
		{"the requester's", "failed", "Office@water.gov.kg", ours, true},
		{"one of the requester's house", "failed", "minister@water.gov.kg", ours, true},
		{"delayed", "delayed", "office@water.gov.kg", ours, false},
		{"a stranger's", "failed", "someone@other.example", ours, false},
		{"a colleague's", "failed", "energy@unece.example", ours, false},
		{"of a mail that is not ours", "failed", "office@water.gov.kg", func(*office) string { return "a@water.gov.kg" }, false},
		{"of a mail that went out with others", "failed", "office@water.gov.kg", together, true},
		{"of a mail that was kept back", "failed", "office@water.gov.kg", func(o *office) string { return o.action(ackFirst).Mail.MessageID }, false},
		{"of a name that a stranger made up", "failed", "office@water.gov.kg", func(*office) string {
			return "acknowledge.tc-2026-00042." + bot.ShortHash(ackFirst) + "@desk.unece.example"
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			o.returns("b@mta.example", tt.action, tt.original(o), tt.recipient)
			booked := o.record(first).Unreachable
			if got := slices.Equal(booked, []string{strings.ToLower(tt.recipient)}); got != tt.booked || !tt.booked && len(booked) > 0 {
				t.Errorf("booked %v", booked)
			}
			told := slices.ContainsFunc(o.keys(), func(k string) bool {
				a := o.action(k)
				return a.Kind == bot.ActionInform && k != informed && a.Mail.To[0].Address == adviser
			})
			if told != tt.booked {
				t.Errorf("the owner is told: %t", told)
			}
		})
	}
}

func TestOwnerIsToldOnceOfALostAddress(t *testing.T) {
	o := opened(t)
	o.returns("b@mta.example", "failed", o.sent(ackFirst), "office@water.gov.kg")
	before := o.keys()
	o.returns("c@mta.example", "failed", o.sent(ackFirst), "office@water.gov.kg")
	o.wantActions(before...)
	o.wantHistory(first, "recorded", "bounce", "unreachable", "bounce")
}

// The address worked again in the meantime, and then failed again.
func TestOwnerIsToldAgainOfAnAddressThatIsLostAgain(t *testing.T) {
	o := opened(t)
	o.returns("b@mta.example", "failed", o.sent(ackFirst), "office@water.gov.kg")
	o.arrives(letter("c@water.gov.kg"), quoting(first))
	before := len(o.keys())
	o.returns("d@mta.example", "failed", o.sent(ackFirst), "office@water.gov.kg")
	if n := len(o.keys()); n != before+1 {
		t.Errorf("actions are %v", o.keys())
	}
}

func TestNothingAutomaticGoesToALostAddress(t *testing.T) {
	o := open(t)
	r := reading(intake.KindFollowUp, "it may be one", intake.FieldKind)
	o.arrives(letter("a@water.gov.kg"), r)
	o.change(first, func(rec *intake.Record) { rec.Unreachable = []string{"office@water.gov.kg"} })
	order := bot.Order{ID: "click", By: triage, Reference: first, Do: bot.Advance{Verb: intake.VerbAssign, Owner: "ra-environment"}}
	if _, err := o.Handle(context.Background(), order); err != nil {
		t.Fatal(err)
	}
	if keys := o.keys(); slices.Contains(keys, ackFirst) {
		t.Errorf("%v", keys)
	}
	history := o.store.Histories[first]
	if last := history[len(history)-1]; last.What != "not_acknowledged" || last.Reason != "mail of ours to this address came back" {
		t.Errorf("%+v", last)
	}
}

func TestMailFromALostAddressShowsThatItLives(t *testing.T) {
	o := opened(t)
	o.returns("b@mta.example", "failed", o.sent(ackFirst), "office@water.gov.kg")
	o.arrives(letter("c@water.gov.kg"), quoting(first))
	if rec := o.record(first); len(rec.Unreachable) > 0 || len(rec.Doubts) > 0 {
		t.Errorf("%v, doubts %v", rec.Unreachable, rec.Doubts)
	}
}

func TestMailsAboutALostAddress(t *testing.T) {
	for lang := range subjects {
		o := open(t, speaking(lang))
		o.arrives(letter("a@water.gov.kg"), request(lang))
		before := o.keys()
		o.returns("b@mta.example", "failed", o.sent(ackFirst), "office@water.gov.kg")
		keys := slices.DeleteFunc(o.keys(), func(k string) bool { return slices.Contains(before, k) })
		if len(keys) != 1 {
			t.Fatalf("%v", keys)
		}
		wantGolden(t, "unreachable-told."+lang, shown(o.action(keys[0])))
	}
}

// When the desk corrects an address, the acknowledgement is sent again, since the first one came
// back.
func TestAMendedAddressIsAcknowledged(t *testing.T) {
	o := opened(t)
	o.returns("b@mta.example", "failed", o.sent(ackFirst), "office@water.gov.kg")
	asked := func(d intake.Doubt) bool { return d.Field == intake.FieldRequesterMail }
	if !slices.ContainsFunc(o.record(first).Doubts, asked) {
		t.Error("nobody is asked for another address")
	}
	order := bot.Order{ID: "click", By: triage, Reference: first, Do: bot.Settle{Field: intake.FieldRequesterMail, Value: "secretariat@water.gov.kg"}}
	for range 2 {
		if _, err := o.Handle(context.Background(), order); err != nil {
			t.Fatal(err)
		}
	}
	var written []string
	for _, key := range o.keys() {
		if a := o.action(key); a.Kind == bot.ActionAcknowledge {
			written = append(written, a.Mail.To[0].Address)
		}
	}
	if len(written) != 2 || !slices.Contains(written, "secretariat@water.gov.kg") {
		t.Errorf("acknowledged at %v", written)
	}
}

// The relay rejects one of several recipients. Colleagues are told at once, since no delivery
// report will follow. A temporary rejection does not mark the address as unreachable.
func TestWhomAMailDidNotReachIsTold(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	missed := bot.Missed{Action: bot.Action{Key: "answer:" + ref + ":1", Reference: ref}, Whom: []bot.Miss{
		{Address: "Minister@water.gov.kg", Reason: "550 no such user", ForGood: true}, {Address: "copy@bank.example", Reason: "450 try later"},
	}}
	for range 2 {
		if _, err := o.Handle(t.Context(), missed); err != nil {
			t.Fatal(err)
		}
	}
	rec := o.record(ref)
	if !slices.Equal(rec.Unreachable, []string{"minister@water.gov.kg"}) {
		t.Errorf("booked %v", rec.Unreachable)
	}
	said := map[string]string{}
	for _, key := range o.keys() {
		if p := o.store.Written[key].Post; p != nil && p.What != "" {
			said[p.What] += p.Detail + " " + p.Body + ";"
		}
	}
	if want := "minister@water.gov.kg 550 no such user;"; said[bot.WhatUnreachable] != want {
		t.Errorf("said %q, want %q", said[bot.WhatUnreachable], want)
	}
	if !strings.Contains(said[bot.WhatBounce], "copy@bank.example: 450 try later") {
		t.Errorf("said %q", said[bot.WhatBounce])
	}
}
