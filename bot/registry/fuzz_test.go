package registry_test

import (
	"context"
	"testing"

	"verbale/bot"
	"verbale/intake/eml"
	"verbale/internal/golden"
)

// FuzzMail handles any mail while a request is assigned to its adviser. The mail has one
// outcome. Only colleagues and delivery reports may move the record.
func FuzzMail(f *testing.F) {
	golden.AddSeeds(f, "testdata/conversation/*.eml")
	f.Add([]byte("From: office@water.gov.kg\nSubject: our letter\n\nReference is made to our letter No. 01-12/345 of 3 March 2026, and to our letter No. 7.\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		o := realOffice(t)
		o.arrivesFrom("1-request")
		before := o.record(first)
		m := eml.Parse(context.Background(), raw, eml.Options{})
		done, err := o.Handle(context.Background(), bot.MailArrived{Message: m, ReceivedAt: noon, Acknowledge: true})
		if err != nil || done.Outcome == "" {
			t.Fatalf("outcome %q, %v", done.Outcome, err)
		}
		after := o.record(first)
		moved := after.Status != before.Status || after.Owner != before.Owner
		if mayMove := o.Directory.Internal(m.From.Address) || m.Signs.Delivery != nil; moved && !mayMove {
			t.Errorf("%q made a record that was %s with %s to one that is %s with %s", m.From.Address, before.Status, before.Owner, after.Status, after.Owner)
		}
		if after.Origin.AnswerTo != before.Origin.AnswerTo {
			t.Errorf("%q made us answer to %+v", m.From.Address, after.Origin.AnswerTo)
		}
	})
}

// FuzzAdviser answers the assignment with any text. Every step that was performed is confirmed
// to the adviser.
func FuzzAdviser(f *testing.F) {
	for _, text := range []string{
		"I accept, but not before May.", "Accept.\nRemind me on 3 May 2027 to call.", "Merci de transmettre à ra-energy", "Отказ: не наш профиль", "Should I accept?",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		o := assignment(t)
		before := o.record(first)
		o.replies(text)
		after := o.record(first)
		if moved := after.Status != before.Status || after.Owner != before.Owner; moved && o.echoed() == nil {
			t.Errorf("%q did something that was not said back: %s with %s", text, after.Status, after.Owner)
		}
	})
}
