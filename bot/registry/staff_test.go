package registry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

const adviser = "ra-environment@unece.example"

func TestColleagueWhoWritesToTheRequesterHasAnswered(t *testing.T) {
	tests := []struct {
		name    string
		status  intake.Status
		after   intake.Status
		owner   string
		history []string
	}{
		{"in triage", intake.StatusNeedsTriage, intake.StatusAnswered, "ra-environment", []string{"mail_out", "assign", "accept", "answer"}},
		{"assigned", intake.StatusAssigned, intake.StatusAnswered, "ra-environment", []string{"mail_out", "accept", "answer"}},
		{"accepted", intake.StatusAccepted, intake.StatusAnswered, "ra-environment", []string{"mail_out", "answer"}},
		{"waiting", intake.StatusWaiting, intake.StatusAnswered, "ra-environment", []string{"mail_out", "answer"}},
		{"answered before", intake.StatusAnswered, intake.StatusAnswered, "ra-environment", []string{"mail_out"}},
		{"closed", intake.StatusClosed, intake.StatusClosed, "ra-environment", []string{"mail_out"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			o.change(first, func(r *intake.Record) {
				r.Status, r.Routing.CarriedBy = tt.status, intake.CarriedByBoth
				if tt.status == intake.StatusNeedsTriage {
					r.Owner = intake.ToDesk
				}
			})
			o.arrives(letter("b@unece.example", from(adviser), to("office@water.gov.kg", "tc@desk.unece.example")), quoting(first))
			if rec := o.record(first); rec.Status != tt.after || rec.Owner != tt.owner {
				t.Errorf("%s held by %s, want %s held by %s", rec.Status, rec.Owner, tt.after, tt.owner)
			}
			o.wantHistory(first, append([]string{"recorded"}, tt.history...)...)
			if e := o.store.Histories[first][1]; e.Actor != "ra-environment" {
				t.Errorf("answered by %q", e.Actor)
			}
		})
	}
}

func TestColleagueOutsideTheDirectoryAnswersForTheProposedAssignee(t *testing.T) {
	o := open(t)
	o.route = unsure()
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.arrives(letter("b@staff.example", from("j.colleague@staff.example"), to("office@water.gov.kg")), quoting(first))
	if rec := o.record(first); rec.Status != intake.StatusAnswered || rec.Owner != "ra-environment" {
		t.Errorf("%s held by %s", rec.Status, rec.Owner)
	}
	if e := o.store.Histories[first][2]; e.Actor != "j.colleague@staff.example" {
		t.Errorf("%s by %q", e.What, e.Actor)
	}
}

func TestColleagueWhoWritesToTheDeskAloneLeavesANote(t *testing.T) {
	o := opened(t)
	done := o.arrives(letter("b@unece.example", from(adviser), to("tc@desk.unece.example", "energy@unece.example")), quoting(first))
	if done.Outcome != bot.ArrivalJoined || o.record(first).Status != intake.StatusAccepted {
		t.Errorf("%s, record %s", done.Outcome, o.record(first).Status)
	}
	o.wantHistory(first, "recorded", "note")
}

func TestColleagueWhoAsksNothingIsSetAside(t *testing.T) {
	o := open(t)
	o.wantAside(o.arrives(letter("b@unece.example", from(adviser)), reading(intake.KindOther, "thanks")))
	o.wantActions()
}

// A mail that claims to be from a colleague but fails DMARC moves no record. The record shows
// that it was forged, and the colleague gets no answer to it.
func TestForgedColleague(t *testing.T) {
	forged := func(m *intake.Message) {
		m.Signs.AuthenticationResults = []string{"mx.unece.example; spf=none; dmarc=fail (p=none) header.from=unece.example"}
	}
	o := opened(t)
	m := letter("b@evil.example", from(adviser), to("office@water.gov.kg", "tc@desk.unece.example"), forged)
	o.arrives(m, quoting(first))
	if status := o.record(first).Status; status != intake.StatusAccepted {
		t.Errorf("record is %s", status)
	}
	o.wantHistory(first, "recorded", "forged")
	o.wantActions(ackFirst, assigned, informed)
	o.arrives(letter("c@evil.example", from(adviser), forged), request("en"))
	o.wantHistory("TC-2026-00043", "recorded", "not_acknowledged")
}

func forwarding(author string) func(*intake.Message) {
	return func(m *intake.Message) {
		m.From = intake.Address{Address: "j.colleague@staff.example"}
		m.Forwarded = &intake.Forward{From: intake.Address{Address: author}}
	}
}

const toldForwarder = "inform:TC-2026-00042:forwarder"

func TestLetterPassedOnByAColleague(t *testing.T) {
	tests := []struct {
		name         string
		author       string
		actions      []string
		acknowledged bool
		candidates   []string
	}{
		{"its author is a proposal", "minister@water.gov.kg",
			[]string{assigned, informed, toldForwarder}, false, []string{"minister@water.gov.kg"}},
		{"its author stands in the directory", "energy@unece.example",
			[]string{ackFirst, assigned, informed, toldForwarder}, true, nil},
		{"its author shares the forwarder's domain", "other@staff.example",
			[]string{ackFirst, assigned, informed, toldForwarder}, true, nil},
		{"its author could not be read", "", []string{assigned, informed, toldForwarder}, false, []string{}},
		{"its author is the desk itself", "tc@desk.unece.example",
			[]string{assigned, informed, toldForwarder}, false, []string{"tc@desk.unece.example"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := open(t)
			o.arrives(letter("a@staff.example", forwarding(tt.author)), request("en"))
			o.wantActions(tt.actions...)
			rec := o.record(first)
			if slices.Contains(rec.Correspondents, "j.colleague@staff.example") {
				t.Error("the colleague became a correspondent")
			}
			if confirmed := rec.Origin.AnswerTo.Address != ""; confirmed != tt.acknowledged {
				t.Errorf("mail may go to %q", rec.Origin.AnswerTo.Address)
			}
			if tt.acknowledged != (len(rec.Doubts) == 0) {
				t.Fatalf("doubts %+v", rec.Doubts)
			}
			if !tt.acknowledged && !slices.Equal(rec.Doubts[0].Candidates, tt.candidates) {
				t.Errorf("proposes %v, want %v", rec.Doubts[0].Candidates, tt.candidates)
			}
			if told := o.action(toldForwarder); told.Mail.To[0].Address != "j.colleague@staff.example" || told.RateGroup == "" {
				t.Errorf("told %+v", told)
			}
		})
	}
}

func TestAuthorNamedByAStrangerIsNotWrittenTo(t *testing.T) {
	o := open(t)
	m := letter("a@water.gov.kg", func(m *intake.Message) {
		m.Forwarded = &intake.Forward{From: intake.Address{Address: "minister@energy.gov.kg"}}
	})
	o.arrives(m, request("en"))
	if to := o.action(ackFirst).Mail.To; len(to) != 1 || to[0].Address != "office@water.gov.kg" {
		t.Errorf("acknowledged to %v", to)
	}
}

// Mail to the author of a forwarded letter must not contain the subject or the thread of the
// colleague's mail.
func TestASubjectOfAColleaguesStaysInTheHouse(t *testing.T) {
	for original, want := range map[string]string{"Request for training": "Re: Request for training [" + first + "]", "": "Re: no subject [" + first + "]"} {
		o := open(t)
		o.arrives(letter("a@staff.example", forwarding("minister@water.gov.kg"), func(m *intake.Message) {
			m.Subject, m.References, m.Forwarded.Subject = "Fwd: weak, go slow - Request for training", []string{"gossip@staff.example"}, original
		}), request("en"))
		if told := o.action(toldForwarder).Mail; !strings.Contains(told.Subject, "go slow") || told.InReplyTo != "a@staff.example" {
			t.Errorf("the colleague is told under %q, in answer to %q", told.Subject, told.InReplyTo)
		}
		for n, operation := range []bot.Operation{
			bot.Settle{Field: intake.FieldRequesterMail, Value: "minister@water.gov.kg"},
			bot.Reply{To: []intake.Address{{Address: "minister@water.gov.kg"}}, Subject: "Your request", Text: "Which dates?", Language: "en", Purpose: bot.PurposeAsk},
		} {
			if _, err := o.Handle(t.Context(), bot.Order{ID: fmt.Sprint("click", n), By: triage, Reference: first, Do: operation}); err != nil {
				t.Fatal(err)
			}
		}
		outside := 0
		for _, key := range o.keys() {
			m := o.action(key).Mail
			if m == nil || m.To[0].Address != "minister@water.gov.kg" {
				continue
			}
			outside++
			if strings.Contains(m.Subject+m.Text, "go slow") || m.InReplyTo != "" || len(m.References) > 0 {
				t.Errorf("%s goes out as %q, in answer to %q, %q:\n%s", key, m.Subject, m.InReplyTo, m.References, m.Text)
			}
			if key == ackFirst && m.Subject != want {
				t.Errorf("acknowledged under %q, want %q", m.Subject, want)
			}
		}
		if outside != 2 {
			t.Errorf("%d mails went out: %v", outside, o.keys())
		}
	}
}
