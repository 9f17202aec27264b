package registry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

func verdict(results ...string) func(*intake.Message) {
	return func(m *intake.Message) { m.Signs.AuthenticationResults = results }
}

// The Authentication-Results of the receiving server decide whether a mail is trusted to be from
// the colleague whom it names.
func TestVerdictsOnAColleaguesMail(t *testing.T) {
	tests := []struct {
		name    string
		results []string
		trusted bool
	}{
		{"none, as for mail within the house", nil, true},
		{"nothing checked", []string{"mx.unece.example; dkim=none; dmarc=none"}, true},
		{"passed", []string{"mx.unece.example; spf=pass; dkim=pass; dmarc=pass"}, true},
		{"sent through another host, but signed", []string{"mx.unece.example; spf=fail; dkim=pass header.d=unece.example"}, true},
		{"failed DMARC", []string{"mx.unece.example; dmarc=fail (p=none)"}, false},
		{"failed Microsoft's check", []string{"spf=none; dkim=none; dmarc=none; compauth=fail reason=001"}, false},
		{"from a host that may not, and not signed", []string{"mx.unece.example; spf=fail; dkim=none"}, false},
		{"failed, beside a verdict that the stranger wrote", []string{"mx.unece.example; spf=fail; dkim=none", "evil.example; dkim=pass; dmarc=pass"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			o.arrives(letter("b@unece.example", from(adviser), to("office@water.gov.kg"), verdict(tt.results...)), quoting(first))
			if answered := o.record(first).Status == intake.StatusAnswered; answered != tt.trusted {
				t.Errorf("record is %s", o.record(first).Status)
			}
		})
	}
}

func TestForgedRequesterDoesNotJoin(t *testing.T) {
	o := opened(t)
	o.change(first, func(r *intake.Record) { r.Status, r.Before = intake.StatusWaiting, intake.StatusAccepted })
	done := o.arrives(letter("b@evil.example", verdict("mx.unece.example; dmarc=fail")), quoting(first))
	wantConfirmation(t, o.wantAside(done))
	if status := o.record(first).Status; status != intake.StatusWaiting {
		t.Errorf("record is %s", status)
	}
}

func TestRequesterWhoseHostIsSetUpWronglyJoins(t *testing.T) {
	o := opened(t)
	if done := o.arrives(letter("b@water.gov.kg", verdict("mx.unece.example; spf=fail; dkim=none; dmarc=none")), quoting(first)); done.Outcome != bot.ArrivalJoined {
		t.Errorf("%s", done.Outcome)
	}
}

func TestForgedRequestSaysSo(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg", verdict("mx.unece.example; dmarc=fail")), request("en"))
	if d := o.record(first).Doubts; len(d) != 1 || d[0].Field != intake.FieldRequesterMail {
		t.Errorf("doubts %+v", d)
	}
}

// A person whom the requester copied may add to the record. Other people of that person's
// institution may not.
func TestInstitutionOfACopiedPersonIsNotTrusted(t *testing.T) {
	o := open(t)
	copied := func(m *intake.Message) { m.Cc = []intake.Address{{Address: "partner@bank.example"}} }
	o.arrives(letter("a@water.gov.kg", copied), request("en"))
	if done := o.arrives(letter("b@bank.example", from("Partner@bank.example")), quoting(first)); done.Outcome != bot.ArrivalJoined {
		t.Errorf("who was copied in: %s", done.Outcome)
	}
	wantConfirmation(t, o.wantAside(o.arrives(letter("c@bank.example", from("somebody@bank.example")), quoting(first))))
}

func TestAddressWithoutADomainMakesNobodyKnown(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg", from("office@")), request("en"))
	if done := o.arrives(letter("b@other.example", from("")), quoting(first)); done.Outcome != bot.ArrivalSetAside {
		t.Errorf("%s", done.Outcome)
	}
}

// A request by somebody else in the thread of a record becomes a record of its own. The desk
// decides whether it belongs to the first.
func TestRequestOfAStrangerInAThreadIsNotLost(t *testing.T) {
	o := opened(t)
	done := o.arrives(letter("b@energy.gov.kg", from("office@energy.gov.kg"), inReplyTo("a@water.gov.kg")), request("en"))
	if done.Outcome != bot.ArrivalRecorded || done.Reference == first {
		t.Fatalf("%s %s, want a record of its own", done.Outcome, done.Reference)
	}
	for _, field := range []intake.Field{intake.FieldReference, intake.FieldKind} {
		if !o.asked[len(o.asked)-1].Reading.Doubtful(field) {
			t.Errorf("the router hears of no doubt on %s", field)
		}
	}
	o.wantHistory(first, "recorded")
}

func TestTokenShownOutsideIsVoid(t *testing.T) {
	tests := []struct {
		name string
		show func(o *office, m *intake.Message)
		void bool
	}{
		{"quoted to the requester", func(o *office, m *intake.Message) {
			to("office@water.gov.kg", "tc@desk.unece.example")(m)
			m.InReplyTo = nil
			m.Text.Content = "Dear Sir\n\n> " + o.record(first).Tokens["ra-environment"]
		}, true},
		{"in the thread of a mail to the requester", func(_ *office, m *intake.Message) { to("office@water.gov.kg")(m) }, true},
		{"to the desk, with a stranger in copy", func(_ *office, m *intake.Message) {
			m.Cc = []intake.Address{{Address: "someone@other.example"}}
		}, true},
		{"in an attached mail", func(o *office, m *intake.Message) {
			to("office@water.gov.kg", "tc@desk.unece.example")(m)
			m.InReplyTo = nil
			ours := &intake.Message{Text: intake.Text{Content: "Token of this mail: " + o.record(first).Tokens["ra-environment"]}}
			m.Attachments = []intake.Attachment{{Message: &intake.Message{Attachments: []intake.Attachment{{Message: ours}}}}}
		}, true},
		{"in an attached document", func(o *office, m *intake.Message) {
			m.Cc, m.InReplyTo = []intake.Address{{Address: "someone@other.example"}}, nil
			m.Attachments = []intake.Attachment{{Text: intake.Text{Content: "> " + o.record(first).Tokens["ra-environment"]}}}
		}, true},
		{"in the subject", func(o *office, m *intake.Message) {
			m.Cc, m.InReplyTo = []intake.Address{{Address: "someone@other.example"}}, nil
			m.Subject = "Fwd: " + o.record(first).Tokens["ra-environment"]
		}, true},
		{"within the house", func(_ *office, m *intake.Message) { to("tc@desk.unece.example", "energy@unece.example")(m) }, false},
		{"written to the requester apart", func(_ *office, m *intake.Message) {
			to("office@water.gov.kg")(m)
			m.InReplyTo = nil
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := assignment(t)
			o.replies("We shall look into it.", func(m *intake.Message) { tt.show(o, m) })
			tokens := o.record(first).Tokens
			if _, kept := tokens["ra-environment"]; kept == tt.void {
				t.Errorf("tokens are %v", tokens)
			}
			if tokens["environment"] == "" {
				t.Error("the token of another mail went with it")
			}
		})
	}
}

// If the desk's address is in the domain of all colleagues, their mail is not taken for the
// desk's own.
func TestDeskInTheDomainOfColleagues(t *testing.T) {
	o := open(t, func(opt *registry.Options) {
		opt.Office.Domain, opt.Office.Desk.Address = "unece.example", "tc@unece.example"
	})
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.arrives(letter("b@unece.example", from(adviser), to("office@water.gov.kg", "tc@unece.example")), quoting(first))
	if status := o.record(first).Status; status != intake.StatusAnswered {
		t.Errorf("record is %s after the adviser's answer", status)
	}
	for _, m := range []*intake.Message{
		letter("c@unece.example", from("tc@unece.example")),
		letter(o.action(ackFirst).Mail.MessageID, from("someone@other.example")),
	} {
		o.wantAside(o.arrives(m, request("en")))
	}
}

// One person may hold two posts with the same address.
func TestHolderOfTwoPostsAcceptsForEither(t *testing.T) {
	o := open(t)
	for i := range o.Directory.Posts {
		o.Directory.Posts[i].Address = adviser
	}
	o.route.Assignee, o.route.Support = "ra-energy", nil
	o.arrives(letter("a@water.gov.kg"), request("en"))
	m := letter("b@unece.example", from(adviser), inReplyTo(o.action("assign:TC-2026-00042:1:ra-energy").Mail.MessageID))
	m.Text.Content = "Accept"
	o.arrives(m, quoting(first))
	if status := o.record(first).Status; status != intake.StatusAccepted {
		t.Errorf("record is %s", status)
	}
}

func TestLetterPassedOnInTheThreadOfAClosedRecord(t *testing.T) {
	o := opened(t)
	o.change(first, func(r *intake.Record) { r.Status = intake.StatusClosed })
	done := o.arrives(letter("b@staff.example", forwarding("minister@energy.gov.kg"), inReplyTo("a@water.gov.kg")), request("en"))
	if done.Outcome != bot.ArrivalRecorded || done.Reference == first {
		t.Errorf("%s %s, want a record of its own", done.Outcome, done.Reference)
	}
}

func TestRequesterAsksAgainAfterTheAnswer(t *testing.T) {
	o := opened(t)
	o.change(first, func(r *intake.Record) { r.Status = intake.StatusAnswered })
	o.arrives(letter("b@water.gov.kg", inReplyTo("a@water.gov.kg")), reading(intake.KindFollowUp, "thanks"))
	if status := o.record(first).Status; status != intake.StatusAnswered {
		t.Errorf("record is %s after thanks", status)
	}
	o.arrives(letter("c@water.gov.kg", inReplyTo("a@water.gov.kg")), request("en"))
	if status := o.record(first).Status; status != intake.StatusAccepted {
		t.Errorf("record is %s after a further question", status)
	}
}

func TestMailThatSpeaksOfSeveralRecords(t *testing.T) {
	o := opened(t)
	o.arrives(letter("b@water.gov.kg", func(m *intake.Message) {
		m.Text = intake.Text{Content: "On " + first + " and tc-2026-00043, and again TC-2026-00043."}
	}), quoting(first))
	o.wantHistory(first, "recorded", "mail_in", "note")
	if note := o.store.Histories[first][2]; !strings.HasSuffix(note.Reason, " TC-2026-00043") {
		t.Errorf("noted %q", note.Reason)
	}
}

func TestEndlessThreadIsLookedAtInPart(t *testing.T) {
	o := opened(t)
	m := letter("b@water.gov.kg", func(m *intake.Message) {
		m.References = append(m.References, "a@water.gov.kg")
		for n := range 5000 {
			m.References = append(m.References, fmt.Sprintf("note.tc-2025-%05d.x@desk.unece.example", n))
		}
	})
	asked := o.store.Loads
	done := o.arrives(m, reading(intake.KindFollowUp, "answers our mail"))
	if done.Reference != first || done.Outcome != bot.ArrivalJoined {
		t.Errorf("%s %s: the first of the thread was not found", done.Outcome, done.Reference)
	}
	if asked = o.store.Loads - asked; asked > 100 {
		t.Errorf("%d records were looked for", asked)
	}
}

// Old mail is recorded, but performs no step.
func TestBackfilledMailMovesNoWork(t *testing.T) {
	backfilled := func(e *bot.MailArrived) { e.Backfilled, e.Acknowledge = true, false }
	o := assignment(t)
	m := letter("b@unece.example", from(adviser), inReplyTo(o.action(assigned).Mail.MessageID))
	m.Text.Content = "Hand over to ra-energy"
	o.arrives(m, quoting(first), backfilled)
	if rec := o.record(first); rec.Owner != "ra-environment" {
		t.Errorf("handed to %s, who is not told", rec.Owner)
	}
	o = unopened(t)
	o.arrives(resent("We request help."), quoting(first), backfilled)
	if rec := o.record(first); rec.Status != intake.StatusNeedsReading || !slices.Equal(o.keys(), []string{resendThis}) {
		t.Errorf("%s with %v", rec.Status, o.keys())
	}
}
