package registry_test

import (
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

func knowing(secret string) func(*registry.Options) {
	return func(o *registry.Options) {
		o.Sign = func(text string) string { return bot.ShortHash(secret + text) }
	}
}

// All processes of an office give a mail the same Message-ID, also a combined one. Nobody else
// can compute it from the reference, and report that the mail was not delivered.
func TestMessageIDsAreKnownToTheOfficeAlone(t *testing.T) {
	id := func(known string) (alone, combined string) {
		o := open(t, knowing(known))
		o.arrives(letter("a@water.gov.kg"), request("en"))
		o.arrives(letter("b@water.gov.kg"), request("en"))
		one, other := o.action(ackFirst), o.action("acknowledge:TC-2026-00043")
		return one.Mail.MessageID, o.Combine([]bot.Action{other, one}).Mail.MessageID
	}
	alone, combined := id("a secret")
	if again, both := id("a secret"); again != alone || both != combined {
		t.Errorf("named %s and %s, then %s and %s", alone, combined, again, both)
	}
	if another, both := id("another secret"); another == alone || both == combined {
		t.Errorf("another office names its mails %s and %s, too", another, both)
	}
	if strings.Contains(alone, bot.ShortHash(ackFirst)) {
		t.Errorf("%s can be computed from the reference", alone)
	}
}

// Mails of an older version, without a secret in their Message-IDs, keep their names: a
// repetition is recognized, and answers and reports find their record.
func TestMailsOfAVersionWithoutASecretKeepTheirNames(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.arrives(letter("b@water.gov.kg"), request("en"))
	one, other := o.action(ackFirst), o.action("acknowledge:TC-2026-00043")
	old := "acknowledge.tc-2026-00042." + bot.ShortHash(ackFirst+" "+other.Key) + "@desk.unece.example"
	one.Result, other.Result = old, old
	if got := o.Combine([]bot.Action{one, other}).Mail.MessageID; got != old {
		t.Errorf("what may be out as %s is repeated as %s", old, got)
	}

	before := "acknowledge.tc-2026-00042." + bot.ShortHash(ackFirst) + "@desk.unece.example"
	mail := *one.Mail
	mail.MessageID, one.Mail = before, &mail
	o.store.Written[ackFirst], o.store.Threads[before] = one, first
	if done := o.arrives(letter("c@water.gov.kg", inReplyTo(before)), reading(intake.KindFollowUp, "answers our mail")); done.Reference != first {
		t.Errorf("an answer is %s %s", done.Outcome, done.Reference)
	}
	o.returns("d@mta.example", "failed", o.sent(ackFirst), "office@water.gov.kg")
	if booked := o.record(first).Unreachable; len(booked) != 1 {
		t.Errorf("booked %v", booked)
	}
}

func TestAnOfficeThatKeepsRecordsHasToSign(t *testing.T) {
	o := open(t)
	options := o.Options
	options.Sign = nil
	if _, err := registry.New(options); err == nil {
		t.Error("its Message-IDs could be guessed")
	}
}
