package registry_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

const (
	first      = "TC-2026-00042"
	ackFirst   = "acknowledge:TC-2026-00042"
	assigned   = "assign:TC-2026-00042:1:ra-environment"
	informed   = "inform:TC-2026-00042:1:environment"
	resendThis = "acknowledge:TC-2026-00042:unreadable"
)

func TestWhatBecomesOfAMail(t *testing.T) {
	tests := []struct {
		name    string
		mail    []func(*intake.Message)
		reading intake.Reading
		route   intake.Routing
		outcome bot.ArrivalOutcome
		status  intake.Status
		owner   string
		actions []string
	}{
		{name: "confident request", reading: request("en"), route: confident(),
			outcome: bot.ArrivalRecorded, status: intake.StatusAssigned, owner: "ra-environment", actions: []string{ackFirst, assigned, informed}},
		{name: "request for triage", reading: request("en"), route: unsure(),
			outcome: bot.ArrivalRecorded, status: intake.StatusNeedsTriage, owner: intake.ToDesk, actions: []string{ackFirst}},
		{name: "unreadable", reading: reading(intake.KindOther, intake.ReasonUnreadable),
			outcome: bot.ArrivalRecorded, status: intake.StatusNeedsReading, owner: intake.ToDesk, actions: []string{resendThis}},
		{name: "unreadable and sent by a machine", mail: []func(*intake.Message){func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-generated" }},
			reading: reading(intake.KindOther, intake.ReasonUnreadable), outcome: bot.ArrivalSetAside},
		{name: "surely no request", reading: reading(intake.KindOther, "invitation"), outcome: bot.ArrivalSetAside},
		{name: "perhaps no request", reading: reading(intake.KindOther, "invitation", intake.FieldKind),
			outcome: bot.ArrivalRecorded, status: intake.StatusNeedsTriage, owner: intake.ToDesk},
		{name: "other doubts do not make a number", reading: reading(intake.KindOther, "invitation", intake.FieldLanguage), outcome: bot.ArrivalSetAside},
		{name: "automatic reply", reading: reading(intake.KindAutoReply, "out of office"), outcome: bot.ArrivalSetAside},
		{name: "spam", reading: reading(intake.KindSpam, "offers"), outcome: bot.ArrivalSetAside},
		{name: "perhaps spam", reading: reading(intake.KindSpam, "offers", intake.FieldKind),
			outcome: bot.ArrivalRecorded, status: intake.StatusNeedsTriage, owner: intake.ToDesk},
		{name: "bounce of something that is not ours", reading: reading(intake.KindBounce, "delivery report"), outcome: bot.ArrivalSetAside},
		{name: "reference that nobody has", reading: quoting("TC-2024-00001"),
			outcome: bot.ArrivalRecorded, status: intake.StatusNeedsTriage, owner: intake.ToDesk},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := open(t)
			o.route = tt.route
			done := o.arrives(letter("a@water.gov.kg", tt.mail...), tt.reading)
			if done.Outcome != tt.outcome {
				t.Fatalf("outcome %s, want %s", done.Outcome, tt.outcome)
			}
			o.wantActions(tt.actions...)
			if tt.outcome == bot.ArrivalSetAside {
				if aside := o.wantAside(done); aside.Kind != tt.reading.Kind || !reflect.DeepEqual(aside.KindReason, tt.reading.KindReason) {
					t.Errorf("set aside as %s (%s)", aside.Kind, aside.KindReason)
				}
				return
			}
			if rec := o.record(first); rec.Status != tt.status || rec.Owner != tt.owner {
				t.Errorf("%s held by %s, want %s held by %s", rec.Status, rec.Owner, tt.status, tt.owner)
			}
		})
	}
}

func TestRecordOfARequest(t *testing.T) {
	o := open(t)
	m := letter("a@water.gov.kg", func(m *intake.Message) {
		m.Cc = []intake.Address{{Address: "Adviser@staff.example"}, {Address: "Mission@KG.example"}}
		m.Attachments = []intake.Attachment{
			{Filename: "logo.png"}, {Filename: "letter.pdf", Text: intake.Text{Content: "the letter"}},
		}
	})
	r := request("en")
	r.Request.Requester.Email = "Minister@water.gov.kg"
	o.arrives(m, r)
	rec := o.record(first)
	if want := []string{"minister@water.gov.kg", "mission@kg.example", "office@water.gov.kg"}; !slices.Equal(rec.Correspondents, want) {
		t.Errorf("correspondents %v, want %v", rec.Correspondents, want)
	}
	if rec.Plan == nil || rec.Routing == nil || rec.Routing.Rule != "advisory-alone" || rec.Request.Institution != "Ministry of Water" {
		t.Errorf("record lost plan, routing or request: %+v", rec)
	}
	if rec.Origin.Place.UID != 1 || rec.Origin.MessageID != "a@water.gov.kg" || !slices.Equal(rec.Origin.Attachments, []string{"logo.png", "letter.pdf"}) {
		t.Errorf("origin %+v", rec.Origin)
	}
	parts := o.store.Letters[first].Parts
	if len(parts) != 3 || parts[1].Source != "body" || parts[2].Source != "attachment:2" || parts[2].Filename != "letter.pdf" {
		t.Errorf("letter parts %+v", parts)
	}
	o.wantHistory(first, "recorded")
}

func TestAddressOfAnotherHouseIsNoCorrespondent(t *testing.T) {
	o := open(t)
	r := request("en")
	r.Request.Requester.Email = "somebody@elsewhere.example"
	o.arrives(letter("a@water.gov.kg"), r)
	if rec := o.record(first); slices.Contains(rec.Correspondents, "somebody@elsewhere.example") {
		t.Error("an address read in a letter joins without a person's word")
	}
}

func TestUnknownReferenceIsDoubted(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), quoting("TC-2024-00001"))
	rec := o.record(first)
	if len(rec.Doubts) != 1 || rec.Doubts[0].Field != intake.FieldReference {
		t.Errorf("doubts %+v, want one on the reference", rec.Doubts)
	}
	o.wantHistory(first, "recorded", "not_acknowledged")
}

func TestRouterHearsOfTheOfficeDayAndOpenWork(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.arrives(letter("b@water.gov.kg"), request("en"))
	q := o.asked[len(o.asked)-1]
	if q.At.Location() != geneva || q.Open["ra-environment"] != 1 {
		t.Errorf("asked at %s with %v open", q.At, q.Open)
	}
}

func TestBackfilledMailStaysSilent(t *testing.T) {
	for _, r := range []intake.Reading{request("en"), reading(intake.KindOther, intake.ReasonUnreadable)} {
		o := open(t)
		o.arrives(letter("a@water.gov.kg"), r, func(e *bot.MailArrived) { e.Backfilled, e.Acknowledge = true, false })
		rec := o.record(first)
		if !rec.Backfilled || rec.Owner != intake.ToDesk || rec.Plan != nil || len(rec.Tokens) > 0 {
			t.Errorf("backfilled record is told to somebody: %+v", rec)
		}
		o.wantActions()
	}
}

func TestBackfilledMailIsAcknowledgedWhereThatIsAskedFor(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"), func(e *bot.MailArrived) { e.Backfilled, e.Acknowledge = true, true })
	o.wantActions(ackFirst)
	if text := o.action(ackFirst).Mail.Text; !strings.Contains(text, "as soon as") {
		t.Errorf("a date is promised for old mail:\n%s", text)
	}
	if rec := o.record(first); rec.Owner != intake.ToDesk || len(rec.Tokens) > 0 {
		t.Errorf("a colleague is told: %+v", rec)
	}
}

func TestNothingGoesOutWhileSendingIsOff(t *testing.T) {
	o := open(t, func(opt *registry.Options) { opt.Office.Send = false })
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.wantActions(ackFirst, assigned, informed)
	for _, key := range o.keys() {
		if a := o.action(key); a.State != bot.ActionWithheld {
			t.Errorf("%s is %s", key, a.State)
		}
	}
}

func TestActionsAreDueAtOnce(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	for _, key := range o.keys() {
		if a := o.action(key); a.State != bot.ActionPending || !a.Due.Equal(noon) || a.Reference != first {
			t.Errorf("%s is %s, due %s, for %s", key, a.State, a.Due, a.Reference)
		}
	}
	if group := o.action(ackFirst).RateGroup; group != "office@water.gov.kg" {
		t.Errorf("acknowledgement counts against %q", group)
	}
}

func TestSameMailTwice(t *testing.T) {
	o := open(t)
	once := o.arrives(letter("a@water.gov.kg"), request("en"))
	again := o.arrives(letter("a@water.gov.kg"), request("en"))
	if !again.Seen || again.Reference != once.Reference || len(o.store.Records) != 1 || len(o.store.Written) != 3 {
		t.Errorf("handled again: %+v, %d records, %d actions", again, len(o.store.Records), len(o.store.Written))
	}
}

func TestAcknowledgementMayBeForbidden(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"), func(e *bot.MailArrived) { e.Acknowledge = false })
	o.wantActions(assigned, informed)
	o.wantHistory(first, "recorded", "not_acknowledged")
}

func TestColleagueWithoutAnAddressIsNotForgotten(t *testing.T) {
	o := open(t)
	o.route.Support = []string{"no-such-post"}
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.wantActions(ackFirst, assigned)
	o.wantHistory(first, "recorded", "note")
}

func TestMailWithoutATimeOfReceiptCountsFromNow(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"), func(e *bot.MailArrived) { e.ReceivedAt = time.Time{} })
	if rec := o.record(first); !rec.ReceivedAt.Equal(noon) {
		t.Errorf("received at %s", rec.ReceivedAt)
	}
}
