package registry_test

import (
	"slices"
	"testing"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/eml"
)

// opened returns an office with one record: a ministry's letter that was acknowledged, and a
// request that the adviser accepted.
func opened(t *testing.T) *office {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.change(first, func(r *intake.Record) { r.Status = intake.StatusAccepted })
	return o
}

func TestWhoMayJoinARecord(t *testing.T) {
	ours := func(o *office) string { return o.action(ackFirst).Mail.MessageID }
	tests := []struct {
		name    string
		from    string
		thread  func(o *office) string
		reading intake.Reading
		joins   bool
	}{
		{"the sender, by our reference", "office@water.gov.kg", nil, quoting(first), true},
		{"the sender, in capitals", "Office@WATER.gov.kg", nil, quoting(first), true},
		{"a colleague of the sender", "minister@water.gov.kg", nil, quoting(first), true},
		{"the sender, by a Message-ID of ours", "office@water.gov.kg", ours, reading(intake.KindFollowUp, "answers our mail"), true},
		{"the sender, by the letter's own Message-ID", "office@water.gov.kg",
			func(*office) string { return "a@water.gov.kg" }, request("en"), true},
		{"a stranger, by our reference", "someone@other.example", nil, quoting(first), false},
		{"a stranger, by a Message-ID of ours", "someone@other.example", ours, reading(intake.KindFollowUp, "answers our mail"), false},
		{"another ministry of the country", "office@energy.gov.kg", nil, quoting(first), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			m := letter("b@mail.example", from(tt.from))
			if tt.thread != nil {
				m.InReplyTo = []string{tt.thread(o)}
			}
			done := o.arrives(m, tt.reading)
			if joined := done.Outcome == bot.ArrivalJoined; joined != tt.joins {
				t.Fatalf("outcome %s, want joined %t", done.Outcome, tt.joins)
			}
			want := []string{ackFirst, assigned, informed} // nobody outside is written to again
			if tt.joins {
				o.wantHistory(first, "recorded", "mail_in")
				want = append(want, told("b@mail.example"))
			} else {
				wantConfirmation(t, o.wantAside(done))
			}
			o.wantActions(want...)
		})
	}
}

func wantConfirmation(t *testing.T, aside intake.SetAside) {
	t.Helper()
	if aside.Kind != intake.KindFollowUp || aside.Reference != first {
		t.Errorf("set aside as %s of %q", aside.Kind, aside.Reference)
	}
	doubted := slices.ContainsFunc(aside.Doubts, func(d intake.Doubt) bool {
		return d.Field == intake.FieldReference && slices.Equal(d.Candidates, []string{first})
	})
	if !doubted {
		t.Errorf("doubts %+v do not ask whether it belongs to %s", aside.Doubts, first)
	}
}

func TestSharedMailProviderMakesNobodyKnown(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@gmail.com", from("ministry.of.water@gmail.com")), request("en"))
	if done := o.arrives(letter("b@gmail.com", from("somebody.else@gmail.com")), quoting(first)); done.Outcome != bot.ArrivalSetAside {
		t.Errorf("outcome %s: two people of one provider were taken for one house", done.Outcome)
	}
	if done := o.arrives(letter("c@gmail.com", from("ministry.of.water@gmail.com")), quoting(first)); done.Outcome != bot.ArrivalJoined {
		t.Errorf("outcome %s: the writer was not known again", done.Outcome)
	}
}

func TestJoinedMailIsFoundAgainByItsOwnMessageID(t *testing.T) {
	o := opened(t)
	o.arrives(letter("b@water.gov.kg"), quoting(first))
	done := o.arrives(letter("c@water.gov.kg", inReplyTo("b@water.gov.kg")), request("en"))
	if done.Outcome != bot.ArrivalJoined || done.Reference != first {
		t.Errorf("%s %s, want joined to %s", done.Outcome, done.Reference, first)
	}
}

func TestNewRequestInTheThreadOfAClosedRecord(t *testing.T) {
	o := opened(t)
	o.change(first, func(r *intake.Record) { r.Status = intake.StatusClosed })
	done := o.arrives(letter("b@water.gov.kg", inReplyTo("a@water.gov.kg")), request("en"))
	if done.Outcome != bot.ArrivalRecorded || done.Reference == first {
		t.Fatalf("%s %s, want a record of its own", done.Outcome, done.Reference)
	}
	if d := o.record(done.Reference).Doubts; len(d) != 1 || !slices.Equal(d[0].Candidates, []string{first}) {
		t.Errorf("doubts %+v do not name the closed record", d)
	}
	o.wantHistory(first, "recorded")
}

func TestAnswerOfTheRequesterEndsTheWait(t *testing.T) {
	o := opened(t)
	o.change(first, func(r *intake.Record) { r.Status, r.Before = intake.StatusWaiting, intake.StatusAccepted })
	o.arrives(letter("b@water.gov.kg"), quoting(first))
	if rec := o.record(first); rec.Status != intake.StatusAccepted || rec.Before != "" {
		t.Errorf("status %s before %q", rec.Status, rec.Before)
	}
	o.wantHistory(first, "recorded", "mail_in", "requester_answered")
}

func TestUnreadableMailOfAKnownSenderJoins(t *testing.T) {
	o := opened(t)
	r := reading(intake.KindOther, intake.ReasonUnreadable)
	r.Reference = first
	if done := o.arrives(letter("b@water.gov.kg"), r); done.Outcome != bot.ArrivalJoined {
		t.Errorf("outcome %s", done.Outcome)
	}
}

// If an assignment cannot be delivered to the owner's address, the request goes back to the
// desk. Other delivery reports do not move it.
func TestAssignmentThatCameBack(t *testing.T) {
	tests := []struct {
		name   string
		report func(o *office) intake.DeliveryReport
		status intake.Status
	}{
		{"for good", func(o *office) intake.DeliveryReport {
			return intake.DeliveryReport{Action: "failed", Status: "5.1.1", OriginalID: o.action(assigned).Mail.MessageID, Recipients: []string{"RA-environment@unece.example"}}
		}, intake.StatusNeedsTriage},
		{"from one of those behind the address", func(o *office) intake.DeliveryReport {
			return intake.DeliveryReport{Action: "failed", Status: "5.1.1", OriginalID: o.action(assigned).Mail.MessageID, Recipients: []string{"j.colleague@staff.example"}}
		}, intake.StatusAssigned},
		{"delayed", func(o *office) intake.DeliveryReport {
			return intake.DeliveryReport{Action: "delayed", Status: "4.4.7", OriginalID: o.action(assigned).Mail.MessageID}
		}, intake.StatusAssigned},
		{"of the mail that informs", func(o *office) intake.DeliveryReport {
			return intake.DeliveryReport{Action: "failed", Status: "5.1.1", OriginalID: o.action(informed).Mail.MessageID}
		}, intake.StatusAssigned},
		{"of a mail that a stranger made up", func(*office) intake.DeliveryReport {
			return intake.DeliveryReport{Action: "failed", Status: "5.1.1", OriginalID: "assign.tc-2026-00042.guess@desk.unece.example"}
		}, intake.StatusAssigned},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := assignment(t)
			report := tt.report(o)
			m := letter("b@mta.example", from("mailer-daemon@desk.unece.example"))
			m.Signs.Delivery = &report
			o.arrives(m, reading(intake.KindBounce, "undeliverable"))
			if rec := o.record(first); rec.Status != tt.status || (rec.Owner == intake.ToDesk) != (tt.status == intake.StatusNeedsTriage) {
				t.Errorf("%s held by %s", rec.Status, rec.Owner)
			}
		})
	}
}

func TestBounceOfOurMailIsNotedWithItsRecord(t *testing.T) {
	tests := []struct {
		name   string
		report *intake.DeliveryReport
		reason string
	}{
		{"by the mail that it returns", &intake.DeliveryReport{Action: "failed", Status: "5.1.1"}, "failed 5.1.1"},
		{"by its thread, without a report", nil, "undeliverable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			ours := o.action(ackFirst).Mail.MessageID
			m := letter("b@mta.example", from("mailer-daemon@mta.example"))
			m.Signs.Delivery = tt.report
			if tt.report != nil {
				m.Signs.Delivery.OriginalID = ours
			} else {
				m.InReplyTo = []string{ours}
			}
			done := o.arrives(m, reading(intake.KindBounce, "undeliverable"))
			if done.Outcome != bot.ArrivalJoined || done.Reference != first {
				t.Fatalf("%s %s, want joined to %s", done.Outcome, done.Reference, first)
			}
			history := o.store.Histories[first]
			if last := history[len(history)-1]; last.What != "bounce" || last.Reason != tt.reason {
				t.Errorf("history ends with %+v", last)
			}
			if o.record(first).Status != intake.StatusAccepted {
				t.Error("a bounce moved the record")
			}
		})
	}
}

// One mail acknowledged three letters. The answer to it joins the first record, and a note in
// its history names the others.
func TestAnswerToASummaryNamesTheOthers(t *testing.T) {
	o := opened(t)
	const answer = "From: office@water.gov.kg\nTo: tc@desk.unece.example\nSubject: Re: Acknowledgement of receipt: 3 messages [TC-2026-00042]\n\n" +
		"When shall we meet?\n\nOn 25 November 2026, UNECE wrote:\n> TC-2026-00042: Request\n> TC-2026-00043: Request\n> TC-2026-00044: Request\n"
	o.arrives(eml.Parse(t.Context(), []byte(answer), eml.Options{}), quoting(first))
	history := o.store.Histories[first]
	at := slices.IndexFunc(history, func(e intake.HistoryEntry) bool { return e.What == bot.WhatNote })
	if at < 0 || history[at].Reason != "the mail that it answers speaks also of TC-2026-00043, TC-2026-00044" {
		t.Errorf("history %+v", history)
	}
}
