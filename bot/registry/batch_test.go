package registry_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/bottest"
	"verbale/bot/registry"
	"verbale/intake"
)

// mails places messages in a folder, each with its reading.
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

// handleAll handles mails as a folder does: in batches as far as possible, and the mail at which
// a batch ends alone.
func (o *office) handleAll(t require, mails []bot.MailArrived) (outcomes []bot.Committed) {
	for len(mails) > 0 {
		done, _ := o.HandleBatch(context.Background(), mails)
		if outcomes, mails = append(outcomes, done...), mails[len(done):]; len(mails) == 0 {
			break
		}
		outcomes, mails = append(outcomes, o.handleEach(t, mails[:1])...), mails[1:]
	}
	return outcomes
}

// handleEach handles mails one by one.
func (o *office) handleEach(t require, mails []bot.MailArrived) (outcomes []bot.Committed) {
	for _, mail := range mails {
		done, err := o.Handle(context.Background(), mail)
		if err != nil {
			t.Fatal(err)
		}
		outcomes = append(outcomes, done)
	}
	return outcomes
}

type require interface{ Fatal(args ...any) }

func TestLettersThatSayNothingOfEachOtherAreCommittedTogether(t *testing.T) {
	o := open(t)
	var messages []*intake.Message
	for n := range 5 {
		m := letter(fmt.Sprint(n, "@water.gov.kg"))
		o.readings[m.Fingerprint] = request("en")
		messages = append(messages, m)
	}
	done, _ := o.HandleBatch(t.Context(), o.mails(messages...))
	if len(done) != 5 || !reflect.DeepEqual(o.store.Batches, []int{5}) {
		t.Fatalf("%d have their outcome, after commits of %v", len(done), o.store.Batches)
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
		{"the number of a letter among them", letter("c@water.gov.kg", saying("With reference to our letter No. 01-12/345 we add this.")), request("en")},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := open(t)
			a, b := letter("a@water.gov.kg"), letter("b@water.gov.kg")
			numbered := request("en")
			numbered.Request.OfficialRef = "01-12/345"
			o.readings[a.Fingerprint], o.readings[b.Fingerprint], o.readings[c.last.Fingerprint] = request("en"), numbered, c.as
			if done, _ := o.HandleBatch(t.Context(), o.mails(a, b, c.last)); len(done) != 2 {
				t.Errorf("%d have their outcome, want the two before", len(done))
			}
		})
	}
}

// Half of all letters cite a number, but hardly ever that of a letter just before. They must not
// be kept out of a batch for that.
func TestLettersThatCiteOthersGoTogether(t *testing.T) {
	o := open(t)
	var messages []*intake.Message
	for n := range 5 {
		m := letter(fmt.Sprint(n, "@water.gov.kg"), saying("With reference to our letter No. 01-12/345 we add this."))
		r := request("en")
		r.Request.OfficialRef = fmt.Sprint("02-10/", n)
		o.readings[m.Fingerprint] = r
		messages = append(messages, m)
	}
	if done, _ := o.HandleBatch(t.Context(), o.mails(messages...)); len(done) != 5 {
		t.Errorf("%d have their outcome, want all", len(done))
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
		if c.Arrival.MessageID == "2@water.gov.kg" && len(o.store.Batches) == 1 {
			o.store.Next++ // as if another process had taken the number
			return bot.ErrRenumber
		}
		return nil
	}
	mails := o.mails(messages...)
	if done, _ := o.HandleBatch(t.Context(), mails); len(done) != 2 {
		t.Fatalf("%d have their outcome, want 2", len(done))
	}
	o.handleAll(t, mails[2:])
	if _, taken := o.store.Records["TC-2026-00044"]; taken || len(o.store.Records) != 4 {
		t.Errorf("records: %v", o.statuses())
	}
}

// After a restart of the store a folder is read again. What a duplicate would have become as a
// new mail must not affect the mails after it in the batch.
func TestWhatACopyWouldHaveBecomeIsNothingToThoseThatFollow(t *testing.T) {
	o := open(t)
	o.arrives(letter("x@water.gov.kg"), reading(intake.KindOther, intake.ReasonUnreadable))
	copied, readable := letter("a@water.gov.kg"), letter("b@water.gov.kg", inReplyTo("x@water.gov.kg"))
	o.arrives(copied, request("en"))
	o.readings[readable.Fingerprint] = request("en")
	done := o.handleAll(t, o.mails(copied, readable))
	if !done[0].Seen || done[0].Reference != "TC-2026-00043" || done[1].Seen || done[1].Reference != first {
		t.Errorf("outcomes %+v", done)
	}
	for _, key := range o.keys() {
		if mail := o.action(key).Mail; mail != nil && strings.Contains(mail.Text, "TC-2026-00044") {
			t.Errorf("%s speaks of a record that there is not:\n%s", key, mail.Text)
		}
	}
	if open := o.asked[len(o.asked)-1].Open; open["ra-environment"] != 1 {
		t.Errorf("the router heard of %v", open)
	}
}

func TestCopiesOfAFolderReadAgainGoTogether(t *testing.T) {
	o := open(t)
	var messages []*intake.Message
	for n := range 5 {
		messages = append(messages, letter(fmt.Sprint(n, "@water.gov.kg")))
		o.arrives(messages[n], request("en"))
	}
	if done, _ := o.HandleBatch(t.Context(), o.mails(messages...)); len(done) != 5 || !done[4].Seen {
		t.Errorf("outcomes %+v", done)
	}
}

// A request that a stranger writes in the thread of a record becomes a second record. Both count
// as open requests of the assignee.
func TestStrangersRecordIsOneMoreInHand(t *testing.T) {
	o := opened(t)
	stranger, next := letter("b@trade.gov.uz", from("office@trade.gov.uz"), inReplyTo("a@water.gov.kg")), letter("c@water.gov.kg")
	o.readings[stranger.Fingerprint], o.readings[next.Fingerprint] = request("en"), request("en")
	if done, _ := o.HandleBatch(t.Context(), o.mails(stranger, next)); len(done) != 2 {
		t.Fatalf("outcomes %+v", done)
	}
	if open := o.asked[len(o.asked)-1].Open; open["ra-environment"] != 2 {
		t.Errorf("the router heard of %v", open)
	}
}

func TestWhyMailsWereNotCommittedTogetherIsLogged(t *testing.T) {
	for failure, logged := range map[error]bool{errBroken: true, bot.ErrStale: false, bot.ErrRenumber: false} {
		var lines bytes.Buffer
		o := open(t, func(options *registry.Options) { options.Log = slog.New(slog.NewTextHandler(&lines, nil)) })
		a, b := letter("a@water.gov.kg"), letter("b@water.gov.kg")
		o.readings[a.Fingerprint], o.readings[b.Fingerprint] = request("en"), request("en")
		o.store.Fault = func(bot.Change) error { return failure }
		o.HandleBatch(t.Context(), o.mails(a, b))
		if strings.Contains(lines.String(), failure.Error()) != logged {
			t.Errorf("after %q the log is %q", failure, lines.String())
		}
	}
}

// A temporary failure of the store is returned at once. Handling the mails one by one would only
// wait for the same timeout and count the same failure again.
func TestFailureOfTheStoreThatMayPassIsToldAtOnce(t *testing.T) {
	down := bot.Temporary(errBroken)
	for name, fails := range map[string]func(*bottest.Memory){
		"when it is asked":           func(m *bottest.Memory) { m.NumberFault = down },
		"when it shall be committed": func(m *bottest.Memory) { m.Fault = func(bot.Change) error { return down } },
	} {
		t.Run(name, func(t *testing.T) {
			var lines bytes.Buffer
			o := open(t, func(options *registry.Options) { options.Log = slog.New(slog.NewTextHandler(&lines, nil)) })
			a, b := letter("a@water.gov.kg"), letter("b@water.gov.kg")
			o.readings[a.Fingerprint], o.readings[b.Fingerprint] = request("en"), request("en")
			fails(o.store)
			done, err := o.HandleBatch(t.Context(), o.mails(a, b))
			if _, passes := bot.IsTemporary(err); !passes || !errors.Is(err, errBroken) || len(done) != 0 || lines.Len() != 0 {
				t.Errorf("%d have their outcome, error %v, log %q", len(done), err, lines.String())
			}
		})
	}
}

func TestFailureThatMayPassKeepsNoneFromThoseBefore(t *testing.T) {
	o := open(t)
	a, b, c := letter("a@water.gov.kg"), letter("b@water.gov.kg"), letter("c@water.gov.kg", inReplyTo("x@water.gov.kg"))
	for _, m := range []*intake.Message{a, b, c} {
		o.readings[m.Fingerprint] = request("en")
	}
	o.store.ThreadFault = bot.Temporary(errBroken)
	if done, err := o.HandleBatch(t.Context(), o.mails(a, b, c)); len(done) != 2 || err != nil {
		t.Errorf("%d have their outcome, want 2: %v", len(done), err)
	}
	if done, err := o.HandleBatch(t.Context(), o.mails(a, c)); len(done) != 0 || err != nil {
		t.Errorf("%d have their outcome: %v", len(done), err)
	}
}

func TestWhatCannotBeLookedIntoIsLeft(t *testing.T) {
	o := open(t)
	a, b, c := letter("a@water.gov.kg"), letter("b@water.gov.kg"), letter("c@water.gov.kg", inReplyTo("x@water.gov.kg"))
	for _, m := range []*intake.Message{a, b, c} {
		o.readings[m.Fingerprint] = request("en")
	}
	o.store.ThreadFault = errBroken
	if done, _ := o.HandleBatch(t.Context(), o.mails(a, b, c)); len(done) != 2 {
		t.Errorf("%d have their outcome, want 2", len(done))
	}
	if done, _ := o.HandleBatch(t.Context(), o.mails(c, a, b)); len(done) != 0 {
		t.Errorf("%d have their outcome before the one that cannot be looked into", len(done))
	}
	broken := o.mails(a, b)
	broken[1].Message = nil // causes a panic when it is examined
	if done, _ := o.HandleBatch(t.Context(), broken); len(done) != 0 {
		t.Errorf("%d have their outcome", len(done))
	}
}
