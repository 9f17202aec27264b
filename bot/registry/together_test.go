package registry_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// mails are those of a folder, each with what is read of it.
func (o *office) mails(messages ...*intake.Message) (mails []bot.MailArrived) {
	for n, m := range messages {
		r := o.readings[m.Fingerprint]
		mails = append(mails, bot.MailArrived{
			Message: m, Reading: &r, Acknowledge: true, ReceivedAt: noon.Add(time.Duration(n) * time.Minute),
			Place: intake.Place{Mailbox: "tc@imap.example:993", Folder: "INBOX", UIDValidity: 7, UID: uint32(n + 1)},
		})
	}
	return mails
}

// handleAll hands mails over as a folder does: several together as long as that works,
// and the one at which it ends by itself.
func (o *office) handleAll(t require, mails []bot.MailArrived) {
	for len(mails) > 0 {
		mails = mails[len(o.HandleTogether(context.Background(), mails)):]
		if len(mails) == 0 {
			return
		}
		if _, err := o.Handle(context.Background(), mails[0]); err != nil {
			t.Fatal(err)
		}
		mails = mails[1:]
	}
}

type require interface{ Fatal(args ...any) }

// sameToken makes what two offices write comparable.
func sameToken(o *registry.Options) { o.Token = func() string { return "token" } }

// Whatever comes together is what it would be one by one: numbers, likenesses, what is
// said of a country, who is told, and what joins what.
func TestMailsHandledTogetherAreAsOneByOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		one, together := open(t, sameToken), open(t, sameToken)
		var messages []*intake.Message
		for n := range rapid.IntRange(2, 9).Draw(rt, "mails") {
			m, r := drawMessage(rt, one, n), drawReading(rt)
			if n > 0 && rapid.Float64Range(0, 1).Draw(rt, "answers a mail of these") > 0.7 {
				m.InReplyTo = []string{fmt.Sprintf("%d@mail.example", rapid.IntRange(0, n-1).Draw(rt, "which"))}
			}
			if r.Request != nil {
				r.Request.Countries = []string{rapid.SampledFrom([]string{"KG", "UZ"}).Draw(rt, "country")}
			}
			if n > 0 && rapid.Float64Range(0, 1).Draw(rt, "is a copy") > 0.9 {
				m = messages[n-1]
			}
			one.readings[m.Fingerprint] = r
			messages = append(messages, m)
		}
		together.readings = one.readings
		for _, mail := range one.mails(messages...) {
			if _, err := one.Handle(context.Background(), mail); err != nil {
				rt.Fatal(err)
			}
		}
		together.handleAll(rt, together.mails(messages...))
		for what, pair := range map[string][2]any{
			"records": {one.store.Records, together.store.Records}, "histories": {one.store.Histories, together.store.Histories},
			"actions": {one.store.Written, together.store.Written}, "set aside": {one.store.Aside, together.store.Aside},
			"threads": {one.store.Threads, together.store.Threads}, "next number": {one.store.Next, together.store.Next},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				rt.Fatalf("%s\none by one %+v\n  together %+v", what, pair[0], pair[1])
			}
		}
	})
}

func TestLettersThatSayNothingOfEachOtherAreCommittedTogether(t *testing.T) {
	o := open(t)
	var messages []*intake.Message
	for n := range 5 {
		m := letter(fmt.Sprint(n, "@water.gov.kg"))
		o.readings[m.Fingerprint] = request("en")
		messages = append(messages, m)
	}
	done := o.HandleTogether(t.Context(), o.mails(messages...))
	if len(done) != 5 || !reflect.DeepEqual(o.store.Together, []int{5}) {
		t.Fatalf("%d have their outcome, after commits of %v", len(done), o.store.Together)
	}
	for n, d := range done {
		if want := intake.FormatReference("TC", 2026, 42+n); d.Reference != want {
			t.Errorf("mail %d is %s, want %s", n, d.Reference, want)
		}
	}
	if like := o.record("TC-2026-00046").Similar; len(like) != 3 || like[0].Reference != "TC-2026-00045" {
		t.Errorf("the last is like %+v", like)
	}
	if last := o.asked[4]; last.Open["ra-environment"] != 4 {
		t.Errorf("the router heard of %v", last.Open)
	}
}

func TestWhatEndsThoseThatAreHandledTogether(t *testing.T) {
	for _, c := range []struct {
		name string
		last *intake.Message
		as   intake.Reading
	}{
		{"an answer to a letter among them", letter("c@water.gov.kg", inReplyTo("a@water.gov.kg")), reading(intake.KindFollowUp, "an answer")},
		{"an answer to what we will have sent", letter("c@water.gov.kg", inReplyTo("acknowledge.tc-2026-00042.0123456789@desk.unece.example")), reading(intake.KindFollowUp, "an answer")},
		{"a copy of one of them", letter("b@water.gov.kg"), request("en")},
		{"a number that one of them will have", letter("c@water.gov.kg"), quoting("TC-2026-00043")},
		{"the sender's own number", letter("c@water.gov.kg", saying("With reference to our letter No. 01-12/345 we add this.")), request("en")},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := open(t)
			a, b := letter("a@water.gov.kg"), letter("b@water.gov.kg")
			o.readings[a.Fingerprint], o.readings[b.Fingerprint], o.readings[c.last.Fingerprint] = request("en"), request("en"), c.as
			if done := o.HandleTogether(t.Context(), o.mails(a, b, c.last)); len(done) != 2 {
				t.Errorf("%d have their outcome, want the two before", len(done))
			}
		})
	}
}

func TestWhatIsRefusedIsLeftWithAllThatFollows(t *testing.T) {
	o := open(t)
	var messages []*intake.Message
	for n := range 4 {
		m := letter(fmt.Sprint(n, "@water.gov.kg"))
		o.readings[m.Fingerprint] = request("en")
		messages = append(messages, m)
	}
	o.store.Fault = func(c bot.Change) error {
		if c.Arrival.MessageID == "2@water.gov.kg" && len(o.store.Together) == 1 {
			o.store.Next++ // another process was faster
			return bot.ErrRenumber
		}
		return nil
	}
	mails := o.mails(messages...)
	if done := o.HandleTogether(t.Context(), mails); len(done) != 2 {
		t.Fatalf("%d have their outcome, want 2", len(done))
	}
	o.handleAll(t, mails[2:])
	if _, taken := o.store.Records["TC-2026-00044"]; taken || len(o.store.Records) != 4 {
		t.Errorf("records: %v", o.statuses())
	}
}

func TestWhatCannotBeLookedIntoIsLeft(t *testing.T) {
	o := open(t)
	a, b, c := letter("a@water.gov.kg"), letter("b@water.gov.kg"), letter("c@water.gov.kg", inReplyTo("x@water.gov.kg"))
	for _, m := range []*intake.Message{a, b, c} {
		o.readings[m.Fingerprint] = request("en")
	}
	o.store.ThreadFault = errBroken
	if done := o.HandleTogether(t.Context(), o.mails(a, b, c)); len(done) != 2 {
		t.Errorf("%d have their outcome, want 2", len(done))
	}
	if done := o.HandleTogether(t.Context(), o.mails(c, a, b)); len(done) != 0 {
		t.Errorf("%d have their outcome before the one that cannot be looked into", len(done))
	}
	broken := o.mails(a, b)
	broken[1].Message = nil // breaks whoever looks into it
	if done := o.HandleTogether(t.Context(), broken); len(done) != 0 {
		t.Errorf("%d have their outcome", len(done))
	}
}
