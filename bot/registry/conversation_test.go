package registry_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/intake/eml"
	letters "verbale/intake/reading"
	"verbale/routing"
	"verbale/routing/followup"
)

// officeReader is the reader of the test office, loaded once.
var officeReader = sync.OnceValue(func() *letters.Reader {
	return letters.NewReader(vocabulary(), intake.Ours{
		Domain: "desk.unece.example", Prefix: "TC", InternalDomains: []string{"unece.example"},
	})
})

// realOffice returns an office with the real reader, router and policy.
func realOffice(t *testing.T) *office {
	t.Helper()
	rules, err := routing.EmbeddedRules()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := followup.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return open(t, func(o *registry.Options) {
		o.Router, err = routing.Compile(o.Directory, rules, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		o.Reader = officeReader()
		o.Policy = policy
	})
}

// arrivesFrom handles the mail in a file.
func (o *office) arrivesFrom(file string) bot.Committed {
	o.t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "conversation", file+".eml"))
	if err != nil {
		o.t.Fatal(err)
	}
	m := eml.Parse(context.Background(), raw, eml.Options{})
	done, err := o.Handle(context.Background(), bot.MailArrived{Message: m, ReceivedAt: m.Date, Acknowledge: true})
	if err != nil {
		o.t.Fatal(err)
	}
	return done
}

// hears handles a mail with the real reader.
func (o *office) hears(m *intake.Message) bot.Committed {
	o.t.Helper()
	done, err := o.Handle(context.Background(), bot.MailArrived{Message: m, ReceivedAt: m.Date, Acknowledge: true})
	if err != nil {
		o.t.Fatal(err)
	}
	return done
}

// TestConversation handles one request from letter to answer, with the mails in between, parsed
// from files.
func TestConversation(t *testing.T) {
	o := realOffice(t)
	steps := []struct {
		file    string
		outcome bot.ArrivalOutcome
		status  intake.Status
		said    string // kind of the last history entry
		actions int
	}{
		{"1-request", bot.ArrivalRecorded, intake.StatusAssigned, "recorded", 3},
		{"2-acknowledgement-returned", bot.ArrivalSetAside, intake.StatusAssigned, "recorded", 3},
		{"3-out-of-office", bot.ArrivalJoined, intake.StatusAssigned, "away", 3},
		{"4-adviser-accepts", bot.ArrivalJoined, intake.StatusAccepted, "accept", 4},
		{"5-mission-adds", bot.ArrivalJoined, intake.StatusAccepted, "mail_in", 5},
		{"6-stranger-quotes", bot.ArrivalSetAside, intake.StatusAccepted, "mail_in", 5},
		{"7-adviser-answers", bot.ArrivalJoined, intake.StatusAnswered, "answer", 5},
		{"8-bounce", bot.ArrivalJoined, intake.StatusAnswered, "unreachable", 6},
	}
	for _, step := range steps {
		done := o.arrivesFrom(step.file)
		rec, history := o.record(first), o.happened(first)
		if done.Outcome != step.outcome || rec.Status != step.status || history[len(history)-1] != step.said || len(o.keys()) != step.actions {
			t.Fatalf("%s: %s, record %s, history %v, actions %v", step.file, done.Outcome, rec.Status, history, o.keys())
		}
		for _, key := range o.keys() {
			o.sent(key)
		}
	}
}

func TestConversationThatBeginsUnreadable(t *testing.T) {
	o := realOffice(t)
	o.store.Next = 43
	const reference = "TC-2026-00043"
	o.arrivesFrom("9-encrypted")
	if rec := o.record(reference); rec.Status != intake.StatusNeedsReading {
		t.Fatalf("record is %s", rec.Status)
	}
	o.wantActions("acknowledge:TC-2026-00043:unreadable")
	done := o.arrivesFrom("10-sent-again")
	rec := o.record(reference)
	if done.Reference != reference || rec.Request == nil || len(rec.Request.Countries) != 1 || rec.Request.Countries[0] != "MD" {
		t.Errorf("%s, record %s with request %+v", done.Reference, rec.Status, rec.Request)
	}
	o.action("acknowledge:TC-2026-00043")
}
