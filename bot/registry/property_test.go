package registry_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbale/bot"
	"verbale/intake"
)

var (
	anyAddress = rapid.SampledFrom([]string{
		"office@water.gov.kg", "minister@water.gov.kg", "someone@gmail.com", "no-reply@portal.gov.kg", "",
		"tc@desk.unece.example", adviser, "energy@unece.example", "j.colleague@staff.example",
	})
	anyKind = rapid.SampledFrom([]intake.Kind{
		intake.KindRequest, intake.KindRequest, intake.KindFollowUp, intake.KindAutoReply,
		intake.KindBounce, intake.KindSpam, intake.KindOther,
	})
	anyReference = rapid.SampledFrom([]string{"", "", first, "TC-2026-00043", "TC-2024-00001"})
	anyText      = rapid.SampledFrom([]string{"We ask for help.", "Accept", "Decline", "Hand over to energy", "",
		"Not before May 2027", "Remind me on 3 May 2027", "I have answered", "Accept if they pay", "STATUS", "I am away until 14 March 2027.",
		"Our letter No. 01-12/345 is supplemented.", ofTheWhole[0], ofTheWhole[1]})
)

// ofTheWhole has texts that concern the whole request. The owner is told of them at once.
var ofTheWhole = []string{"We withdraw our request.", "Please postpone it to 10 May 2027."}

func drawMessage(t *rapid.T, o *office, n int) *intake.Message {
	m := letter(fmt.Sprintf("%d@mail.example", n), from(anyAddress.Draw(t, "from")),
		to(rapid.SliceOfN(anyAddress, 0, 3).Draw(t, "to")...))
	m.Text.Content = anyText.Draw(t, "text")
	if rapid.Bool().Draw(t, "has Reply-To") {
		replyTo(anyAddress.Draw(t, "reply to"))(m)
	}
	if rapid.Bool().Draw(t, "is a forward") {
		m.Forwarded = &intake.Forward{From: intake.Address{Address: anyAddress.Draw(t, "author")}}
	}
	keys := slices.DeleteFunc(o.keys(), func(key string) bool { return o.action(key).Mail == nil })
	if len(keys) > 0 && rapid.Bool().Draw(t, "answers a mail of ours") {
		m.InReplyTo = []string{o.action(rapid.SampledFrom(keys).Draw(t, "key")).Mail.MessageID}
	}
	if rapid.Bool().Draw(t, "is forged") {
		verdict("mx.unece.example; dmarc=fail")(m)
	}
	m.Signs.NullReturn = rapid.Float64Range(0, 1).Draw(t, "null return") > 0.8
	return m
}

func drawReading(t *rapid.T) intake.Reading {
	r := reading(anyKind.Draw(t, "kind"), rapid.SampledFrom([]string{"", intake.ReasonUnreadable}).Draw(t, "reason"))
	if r.Kind == intake.KindRequest {
		r = request(rapid.SampledFrom([]string{"en", "fr", "ru", "ky", ""}).Draw(t, "language"))
	}
	if rapid.Bool().Draw(t, "doubtful") {
		r.Doubts = []intake.Doubt{{Field: intake.FieldKind}}
	}
	r.Reference = anyReference.Draw(t, "reference")
	return r
}

// For any mails in any order: each has one outcome, and handling it again changes nothing.
// Forged mail moves no record. Automatic mail goes only to colleagues and to people who wrote to
// us, and never to ourselves. Nothing internal is sent outside. An owner is told of at most one
// mail an hour, apart from those that concern the whole request.
func TestWhateverArrives(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := open(t)
		var writers []string
		ordinary := map[string]int{} // number of mails that the owner was told of, by reference
		for n := range rapid.IntRange(1, 12).Draw(rt, "mails") {
			o.route.Triage = rapid.Bool().Draw(rt, "triage")
			m, r := drawMessage(rt, o, n), drawReading(rt)
			writers = append(writers, m.From.Address)
			for _, a := range m.ReplyTo {
				writers = append(writers, a.Address)
			}
			before, told := o.statuses(), o.ownersTold()
			checkHandledOnce(rt, o, m, r)
			for reference, n := range o.ownersTold() {
				if !slices.Contains(ofTheWhole, m.Text.Content) {
					ordinary[reference] += n - told[reference]
				}
			}
			checkAnsweredOnce(rt, o, m)
			if after := o.statuses(); len(m.Signs.AuthenticationResults) > 0 && !slices.Equal(before, after[:len(before)]) {
				rt.Fatalf("a forged mail moved records from %v to %v", before, after)
			}
		}
		for _, key := range o.keys() {
			checkRecipients(rt, o, o.action(key), writers)
			checkNothingInternal(rt, o, o.action(key))
		}
		for reference, n := range ordinary {
			if n > 1 {
				rt.Fatalf("the owner of %s is told at once of %d mails", reference, n)
			}
		}
	})
}

// ownersTold counts the mails that tell owners of further mail, by reference.
func (o *office) ownersTold() map[string]int {
	told := map[string]int{}
	for reference := range o.store.Records {
		for _, key := range o.keys() {
			if strings.HasPrefix(key, "inform:"+reference+":mail_in:") {
				told[reference]++
			}
		}
	}
	return told
}

// statuses lists the status and owner of all records, by reference.
func (o *office) statuses() []string {
	var all []string
	for _, reference := range slices.Sorted(maps.Keys(o.store.Records)) {
		rec := o.store.Records[reference]
		all = append(all, fmt.Sprintf("%s %s %s", reference, rec.Status, rec.Owner))
	}
	return all
}

// checkNothingInternal checks that mail to the outside contains nothing meant for colleagues
// only.
func checkNothingInternal(t *rapid.T, o *office, a bot.Action) {
	if slices.ContainsFunc(a.Mail.To, func(to intake.Address) bool { return o.Directory.Internal(to.Address) }) {
		return
	}
	rec := o.record(a.Reference)
	words := slices.Collect(maps.Values(rec.Tokens))
	for _, d := range rec.Doubts {
		words = append(words, o.Remark(d.Reason, "en"))
	}
	if rec.Routing != nil && a.Kind != bot.ActionStatus { // a status mail names the owner
		words = append(words, o.Remarks(rec.Routing.Reasons, "en")...)
		words = append(words, rec.Routing.Assignee, o.Directory.Name(rec.Routing.Assignee, "en"))
	}
	for _, word := range words {
		if word != "" && strings.Contains(a.Mail.Subject+a.Mail.Text, word) {
			t.Fatalf("%s says %q to %s", a.Key, word, a.Mail.To[0].Address)
		}
	}
}

// checkAnsweredOnce counts the automatic answers to one mail.
func checkAnsweredOnce(t *rapid.T, o *office, m *intake.Message) {
	answers := map[string]int{}
	for _, key := range o.keys() {
		if a := o.action(key); a.Mail.Automatic && a.Mail.InReplyTo == m.MessageID {
			answers[a.Mail.To[0].Address]++
		}
	}
	for to, n := range answers {
		if n > 1 {
			t.Fatalf("%d automatic mails to %s answer one", n, to)
		}
	}
}

// For any mail from people whom a record does not know, even with its reference, thread or
// number: the record does not change, and they are not told anything about it.
func TestStrangersMoveNothing(t *testing.T) {
	strangers := rapid.SampledFrom([]string{"someone@other.example", "office@energy.gov.kg", "office@water.gov.kz", "someone@gmail.com", "", "mailer-daemon@mta.example"})
	rapid.Check(t, func(rt *rapid.T) {
		o := numberedOffice(t)
		o.change(first, func(r *intake.Record) {
			r.Status = rapid.SampledFrom([]intake.Status{intake.StatusAssigned, intake.StatusWaiting, intake.StatusAnswered, intake.StatusClosed}).Draw(rt, "status")
			r.Before = intake.StatusAccepted
		})
		before := o.record(first)
		for n := range rapid.IntRange(1, 6).Draw(rt, "mails") {
			m, r := drawMessage(rt, o, n), drawReading(rt)
			m.From, m.ReplyTo = intake.Address{Address: strangers.Draw(rt, "stranger")}, nil
			o.arrives(m, r)
		}
		after := o.record(first)
		if after.Status != before.Status || after.Owner != before.Owner || !slices.Equal(after.Correspondents, before.Correspondents) ||
			len(after.Doubts) != len(before.Doubts) || !after.FollowUp.RequesterBack.IsZero() || len(after.Unreachable) > 0 ||
			!after.FollowUp.Snoozed.IsZero() || len(after.FollowUp.Own) > 0 || !reflect.DeepEqual(after.Request, before.Request) {
			rt.Fatalf("moved from %+v\nto %+v", before, after)
		}
		for _, key := range o.keys() {
			if a := o.action(key); a.Reference == first && !slices.Contains([]string{ackFirst, assigned, informed}, key) {
				rt.Fatalf("%s tells of it to %v", key, a.Mail.To)
			}
		}
	})
}

func checkHandledOnce(t *rapid.T, o *office, m *intake.Message, r intake.Reading) {
	done, err := o.handle(m, r)
	if err != nil {
		t.Fatal(err)
	}
	records, aside, actions := len(o.store.Records), len(o.store.Aside), len(o.store.Written)
	again, err := o.handle(m, r)
	if err != nil || !again.Seen || again.Outcome != done.Outcome || again.Reference != done.Reference {
		t.Fatalf("handled again: %+v, %v; first %+v", again, err, done)
	}
	if records != len(o.store.Records) || aside != len(o.store.Aside) || actions != len(o.store.Written) {
		t.Fatal("handling a mail again kept something")
	}
	if (done.Reference == "") != (done.Outcome == bot.ArrivalSetAside) {
		t.Fatalf("%s under %q", done.Outcome, done.Reference)
	}
	if done.Reference != "" {
		checkRecord(t, o, done.Reference)
	}
}

func checkRecord(t *rapid.T, o *office, reference string) {
	rec, err := o.store.Load(context.Background(), reference)
	if err != nil {
		t.Fatal(err)
	}
	if rec.Owner == "" || len(o.store.Histories[reference]) == 0 {
		t.Fatalf("%s held by %q with history %v", reference, rec.Owner, o.happened(reference))
	}
	for _, c := range rec.Correspondents {
		if o.Directory.Internal(c) {
			t.Fatalf("colleague %s became a correspondent", c)
		}
	}
}

func checkRecipients(t *rapid.T, o *office, a bot.Action, writers []string) {
	for _, to := range a.Mail.To {
		switch {
		case to.Address == "tc@desk.unece.example" || to.Address == "":
			t.Fatalf("%s goes to %q", a.Key, to.Address)
		case a.Kind == bot.ActionAcknowledge && a.RateGroup == "":
			t.Fatalf("%s counts against nobody", a.Key)
		case !slices.Contains(writers, to.Address) && !o.Directory.Internal(to.Address):
			t.Fatalf("%s goes to %s, who never wrote", a.Key, to.Address)
		}
	}
}
