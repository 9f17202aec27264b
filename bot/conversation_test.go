package bot_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/eml"
	"verbale/intake/lexicon"
	"verbale/routing"
	"verbale/routing/followup"
)

type themes struct{ *lexicon.Vocabulary }

func (t themes) DivisionOf(id string) (string, bool) {
	theme, ok := t.Theme(id)
	return theme.Division, ok
}

// realOffice reads, routes and plans as the live path does.
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
	return open(t, func(o *bot.Options) {
		o.Router, err = routing.Compile(o.Directory, rules, themes{vocabulary()})
		if err != nil {
			t.Fatal(err)
		}
		o.Reader = intake.NewReader(vocabulary(), intake.Ours{
			Domain: o.Office.Domain, Prefix: o.Office.Prefix, InternalDomains: []string{"unece.example"},
		})
		o.Policy = policy
	})
}

// One request from its letter to its answer, with all that comes in between,
// read from the bytes of the mails.
func TestConversation(t *testing.T) {
	o := realOffice(t)
	steps := []struct {
		file    string
		outcome bot.ArrivalOutcome
		status  intake.Status
		said    string // what the history says last
		actions int
	}{
		{"1-request", bot.ArrivalRecorded, intake.StatusAssigned, "recorded", 3},
		{"2-acknowledgement-returned", bot.ArrivalSetAside, intake.StatusAssigned, "recorded", 3},
		{"3-out-of-office", bot.ArrivalSetAside, intake.StatusAssigned, "recorded", 3},
		{"4-adviser-accepts", bot.ArrivalJoined, intake.StatusAccepted, "accept", 3},
		{"5-mission-adds", bot.ArrivalJoined, intake.StatusAccepted, "mail_in", 3},
		{"6-stranger-quotes", bot.ArrivalSetAside, intake.StatusAccepted, "mail_in", 3},
		{"7-adviser-answers", bot.ArrivalJoined, intake.StatusAnswered, "answer", 3},
		{"8-bounce", bot.ArrivalJoined, intake.StatusAnswered, "bounce", 3},
	}
	for _, step := range steps {
		raw, err := os.ReadFile(filepath.Join("testdata", "conversation", step.file+".eml"))
		if err != nil {
			t.Fatal(err)
		}
		m := eml.Parse(context.Background(), raw, eml.Options{})
		done, err := o.Handle(context.Background(), bot.MailArrived{Message: m, ReceivedAt: m.Date, Acknowledge: true})
		if err != nil {
			t.Fatal(err)
		}
		rec, history := o.record(first), o.happened(first)
		if done.Outcome != step.outcome || rec.Status != step.status || history[len(history)-1] != step.said || len(o.keys()) != step.actions {
			t.Fatalf("%s: %s, record %s, history %v, actions %v", step.file, done.Outcome, rec.Status, history, o.keys())
		}
	}
}
