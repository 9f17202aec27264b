package registry_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// mergedOffice returns an office with two letters about the same matter. The desk has merged the
// second record into the first.
func mergedOffice(t *testing.T, second func(*intake.Record)) (o *office, stays, merged string) {
	o = slackOffice(t)
	stays = o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	merged = o.arrives(letter("b@mission.example", from("mission@mission.example")), request("fr")).Reference
	o.change(merged, second)
	o.must(triage, merged, bot.Advance{Verb: intake.VerbMerge, Into: stays})
	o.absorbs(merged, stays)
	return o, stays, merged
}

func (o *office) absorbs(merged, stays string) {
	o.t.Helper()
	if _, err := o.Perform(context.Background(), o.action("absorb:"+stays+":"+merged)); err != nil {
		o.t.Fatal(err)
	}
}

func unchanged(*intake.Record) {}

// Mail to a merged record joins the record that it was merged into, since nobody works on the
// merged one.
func TestMailToAMergedRecordJoinsTheOneThatStays(t *testing.T) {
	o, stays, merged := mergedOffice(t, unchanged)
	for id, r := range map[string]intake.Reading{
		"by-reference@mission.example": quoting(merged),
		"by-thread@mission.example":    reading(intake.KindFollowUp, "goes on"),
	} {
		m := letter(id, from("mission@mission.example"), inReplyTo("b@mission.example"))
		if done := o.arrives(m, r); done.Outcome != bot.ArrivalJoined || done.Reference != stays {
			t.Errorf("%s: %s with %s, want joined with %s", id, done.Outcome, done.Reference, stays)
		}
	}
}

func TestRecordsMergedIntoEachOtherEndNowhere(t *testing.T) {
	o := slackOffice(t)
	older := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	newer := o.arrives(letter("b@mission.example", from("mission@mission.example")), request("fr")).Reference
	before := o.record(newer)
	o.must(triage, newer, bot.Advance{Verb: intake.VerbMerge, Into: older})
	merged := o.record(newer)
	o.change(newer, func(rec *intake.Record) { *rec = before }) // the state that another process has just read
	o.must(triage, older, bot.Advance{Verb: intake.VerbMerge, Into: newer})
	o.change(newer, func(rec *intake.Record) { *rec = merged })

	o.absorbs(newer, older)
	o.absorbs(older, newer)
	if rec := o.record(older); !rec.Status.Open() || rec.MergedInto != "" {
		t.Errorf("the older one is %s, merged into %q: nobody works on either", rec.Status, rec.MergedInto)
	}
	if rec := o.record(newer); rec.MergedInto != older {
		t.Errorf("the newer one is %s, merged into %q", rec.Status, rec.MergedInto)
	}
	m := letter("c@mission.example", from("mission@mission.example"))
	if done := o.arrives(m, quoting(newer)); done.Reference != older {
		t.Errorf("a further mail went to %s", done.Reference)
	}
}

func TestWhatWasConfidentialStaysSoWhereItIsMerged(t *testing.T) {
	o, stays, _ := mergedOffice(t, func(rec *intake.Record) {
		rec.Confidential, rec.Origin.Subject = true, "The minister's illness"
	})
	if !o.record(stays).Confidential {
		t.Error("the record that took in a confidential one is open to all")
	}
	for _, e := range o.store.Histories[stays] {
		if strings.Contains(e.Reason, "illness") && !o.record(stays).Confidential {
			t.Errorf("its history tells of it: %q", e.Reason)
		}
	}
	if !slices.Contains(o.happened(stays), bot.WhatConfidential) {
		t.Error("nothing says why it is confidential")
	}
}

// If the adviser answers the assignment of a merged record, the remaining record does not
// change, and the adviser is told its reference.
func TestAnAnswerToTheAssignmentOfAMergedRecordIsAnswered(t *testing.T) {
	o := assignment(t)
	o.route.Assignee = "ra-energy"
	stays := o.arrives(letter("b@mission.example", from("mission@mission.example")), request("en")).Reference
	o.must(triage, first, bot.Advance{Verb: intake.VerbMerge, Into: stays})
	before := o.record(stays)
	o.replies("Accept")
	if after := o.record(stays); after.Status != before.Status || after.Owner != before.Owner {
		t.Errorf("%s moved to %s", stays, after.Status)
	}
	told := slices.ContainsFunc(o.keys(), func(key string) bool {
		m := o.action(key).Mail
		return m != nil && m.To[0].Address == adviser && m.InReplyTo == "b@unece.example" && strings.Contains(m.Text, stays)
	})
	if !told {
		t.Errorf("the adviser is not told: %v", o.keys())
	}
}

// A colleague drafted an answer while the desk merged the record. It must not be sent: answers
// go out from the remaining record only.
func TestNoAnswerGoesOutFromAMergedRecord(t *testing.T) {
	o, _, merged := mergedOffice(t, unchanged)
	before := len(o.keys())
	_, err := o.order(holder, merged, answerTo("mission@mission.example", "text"))
	o.wantRefused(err, "refused.merged")
	if n := len(o.keys()); n != before {
		t.Errorf("%d further actions", n-before)
	}
}
