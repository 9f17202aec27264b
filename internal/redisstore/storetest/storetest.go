// Package storetest says what every store of the bot must do, as tests that
// run on any implementation: the one that serves, and fakes of other tests.
package storetest

import (
	"fmt"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// A Store is all that the bot asks to be kept.
type Store interface {
	bot.Store
	bot.Queue
	bot.Cursors
	bot.Leases
	bot.FolderLedger
}

// Run tests a store. Open returns an empty one for references with the prefix
// "TC"; it registers its own cleanup.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for _, group := range []struct {
		name  string
		tests map[string]func(*testing.T, Store)
	}{
		{"commit", commitTests}, {"together", togetherTests}, {"arrivals", arrivalTests}, {"list", listTests}, {"find", findTests},
		{"claim", claimTests}, {"lanes", laneTests}, {"settle", settleTests}, {"rate", rateTests},
		{"orders", orderTests}, {"ledger", ledgerTests}, {"races", raceTests},
	} {
		for name, test := range group.tests {
			t.Run(group.name+"/"+name, func(t *testing.T) { test(t, open(t)) })
		}
	}
}

// Start is when the tests begin; time only passes where a test says so.
var Start = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// Folder is where the mails of the tests lie.
var Folder = intake.Place{Mailbox: "tc@imap.example:993", Folder: "INBOX", UIDValidity: 7}

// At is the place of one message of Folder.
func At(uid uint32) intake.Place {
	p := Folder
	p.UID = uid
	return p
}

// Reference is the n-th reference of 2026.
func Reference(n int) string { return intake.FormatReference("TC", 2026, n) }

// NewRecord is the n-th record: a request for training in statistics.
func NewRecord(n int) *intake.Record {
	received := Start.Add(time.Duration(n) * time.Minute)
	return &intake.Record{
		Reference: Reference(n), Status: intake.StatusAssigned, Owner: "statistics",
		Kind: intake.KindRequest, KindReason: intake.Plain("asks for training"), Language: "en",
		Request: &intake.Request{
			Countries: []string{"KG", "UZ"}, Scope: intake.ScopeMultiCountry,
			Services: []intake.Service{intake.ServiceCapacityBuilding}, Themes: []string{"sdg-indicators"},
			Urgency: intake.UrgencyNormal, ReplyBy: intake.Date{Year: 2026, Month: 6, Day: 30},
			Requester: intake.Requester{Name: "Aida Sample", Title: "Head of Unit", Email: "aida@stat.example"},
			Official:  true, Summary: "We ask for a training on indicators.",
			Subjects: []intake.Subject{{Division: "statistics", Themes: []string{"sdg-indicators"}, Weight: 0.9, Asked: true}},
		},
		Evidence: []intake.Evidence{{Field: intake.FieldCountries, Value: "KG", Quote: "Kyrgyzstan", Source: "body", Start: 10, End: 20}},
		Doubts:   []intake.Doubt{{Field: intake.FieldUrgency, Reason: intake.Plain("two dates"), Candidates: []string{"normal", "urgent"}}},
		Routing: &intake.Routing{
			Division: "statistics", CarriedBy: intake.CarriedByDivision, Assignee: "statistics",
			Support: []string{"ra-statistics"}, Rule: "capacity-building alone", Reasons: []intake.Remark{{ID: "route.theme", Args: map[string]string{"theme": "sdg-indicators", "division": "statistics"}}, {Said: map[string]string{"en": "it fits", "ru": "подходит"}}},
			RunnerUp: intake.RunnerUp{Division: "environment", WhyNot: intake.Remark{ID: "runner_up.single"}}, Confidence: 0.93,
		},
		Plan: []intake.PlanStep{{At: received.Add(time.Hour), Step: intake.StepAccept, To: "statistics"}},
		Origin: intake.Origin{
			MessageID: MessageID(n), Subject: "Request for training", Fingerprint: fmt.Sprintf("print-%d", n),
			From: intake.Address{Name: "Aida Sample", Address: "aida@stat.example"}, Date: received, Size: 4096, Place: At(uint32(n)),
		},
		ReceivedAt: received, UpdatedAt: received, AssignedAt: received,
		Correspondents: []string{"aida@stat.example"}, Tokens: map[string]string{"statistics": "t0ken"},
	}
}

// MessageID is that of the mail behind the n-th record.
func MessageID(n int) string { return fmt.Sprintf("mail-%d@stat.example", n) }

// NewArrival is the mail behind the n-th record.
func NewArrival(n int) *bot.Arrival {
	return &bot.Arrival{
		MessageID: MessageID(n), Fingerprint: fmt.Sprintf("print-%d", n), Place: At(uint32(n)),
		Outcome: bot.ArrivalRecorded, ReceivedAt: Start.Add(time.Duration(n) * time.Minute),
	}
}

// NewAction is the acknowledgement of the n-th record, due at Start.
func NewAction(n int) bot.Action {
	key := "acknowledge:" + Reference(n)
	return bot.Action{
		Key: key, Kind: bot.ActionAcknowledge, Reference: Reference(n), State: bot.ActionPending,
		Due: Start, RateGroup: "aida@stat.example",
		Mail: &bot.Mail{
			MessageID: fmt.Sprintf("ack-%d@desk.unece.example", n), To: []intake.Address{{Address: "aida@stat.example"}},
			Subject: "Re: Request for training [" + Reference(n) + "]", Text: "We have received your request.\n",
			Language: "en", InReplyTo: MessageID(n), References: []string{MessageID(n)}, Automatic: true,
		},
	}
}

// NewChange is the whole commit of the n-th record.
func NewChange(n int) bot.Change {
	return bot.Change{
		Arrival: NewArrival(n), Record: NewRecord(n),
		Letter:  &bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: "Dear colleagues"}}}},
		History: []intake.HistoryEntry{{At: Start, Actor: intake.ActorBot, What: "mail_in", To: intake.StatusAssigned, Detail: MessageID(n)}},
		Actions: []bot.Action{NewAction(n)},
	}
}

// commit commits the changes one after the other and fails the test when one
// is refused.
func commit(t *testing.T, s Store, changes ...bot.Change) {
	t.Helper()
	for _, c := range changes {
		done, err := s.Commit(t.Context(), c)
		if err != nil {
			t.Fatalf("commit: %v", err)
		}
		if done.Seen {
			t.Fatalf("commit: refused as seen, %+v", done)
		}
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
