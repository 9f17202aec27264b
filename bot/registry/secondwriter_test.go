package registry_test

import (
	"context"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// merged43 is the reference of the second letter.
const merged43 = "TC-2026-00043"

// secondKey is the key of the acknowledgement that the first record sends to the mission.
var secondKey = "acknowledge:" + first + ":" + bot.ShortHash("mission@mission.example")

// merged returns an office in which the mission's letter, in French, was merged into the
// ministry's. The test may change the state before the merge.
func merged(t *testing.T, second string, before func(o *office, second string)) *office {
	o := slackOffice(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	ref := o.arrives(letter("b@mission.example", from(second)), request("fr")).Reference
	before(o, ref)
	o.must(triage, ref, bot.Advance{Verb: intake.VerbMerge, Into: first})
	for range 2 { // as after a crash before the action was marked as done
		if _, err := o.Perform(context.Background(), o.action("absorb:"+first+":"+ref)); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func nothing(*office, string) {}

func TestTheSecondWriterOfAMergedLetterHearsOfTheRecordThatStays(t *testing.T) {
	o := merged(t, "mission@mission.example", nothing)
	m := o.action(secondKey).Mail
	if m.To[0].Address != "mission@mission.example" || m.Language != "fr" || m.InReplyTo != "b@mission.example" ||
		!strings.Contains(m.Subject, first) || !strings.Contains(m.Text, first) || strings.Contains(m.Text, merged43) {
		t.Errorf("to %v in %s: %q\n%s", m.To, m.Language, m.Subject, m.Text)
	}
	if why, err := o.Obsolete(t.Context(), o.action(secondKey)); why != "" || err != nil {
		t.Errorf("it does not go out: %q, %v", why, err)
	}
}

func TestNobodyIsAcknowledgedTwiceForOneLetter(t *testing.T) {
	state := func(state bot.ActionState, result string) func(*office, string) {
		return func(o *office, ref string) {
			a := o.action("acknowledge:" + ref)
			a.State, a.Result = state, result
			o.store.Written[a.Key] = a
		}
	}
	for name, tt := range map[string]struct {
		second string
		before func(*office, string)
	}{
		"its words are forgotten": {"mission@mission.example", func(o *office, ref string) {
			a := o.action("acknowledge:" + ref)
			a.Mail = &bot.Mail{MessageID: a.Mail.MessageID, To: []intake.Address{{Name: bot.ForgottenMark}}}
			o.store.Written[a.Key] = a
		}},
		"the same address":     {"Office@Water.gov.kg", nothing},
		"it went out before":   {"mission@mission.example", state(bot.ActionDone, "acknowledge.x@desk.unece.example")},
		"it may be out":        {"mission@mission.example", state(bot.ActionPending, "acknowledge.x@desk.unece.example")},
		"it could not be sent": {"mission@mission.example", state(bot.ActionParked, "")},
		"nothing is sent":      {"mission@mission.example", state(bot.ActionWithheld, "")},
	} {
		o := merged(t, tt.second, tt.before)
		for _, key := range o.keys() {
			if strings.HasPrefix(key, "acknowledge:"+first+":") {
				t.Errorf("%s: %s", name, key)
			}
		}
	}
}

// While the second acknowledgement is being sent, the merge waits for the result.
func TestAMergeWaitsForTheAcknowledgementThatIsBeingSent(t *testing.T) {
	o := slackOffice(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	ref := o.arrives(letter("b@mission.example", from("mission@mission.example")), request("fr")).Reference
	o.must(triage, ref, bot.Advance{Verb: intake.VerbMerge, Into: first})
	a := o.action("acknowledge:" + ref)
	a.State = bot.ActionClaimed
	o.store.Written[a.Key] = a
	_, err := o.Perform(t.Context(), o.action("absorb:"+first+":"+ref))
	if _, waits := bot.IsTemporary(err); !waits {
		t.Errorf("absorbed all the same: %v", err)
	}
}

func TestTheSecondWriterIsNotToldOfAConfidentialRequest(t *testing.T) {
	o := merged(t, "mission@mission.example", func(o *office, _ string) {
		o.must(triage, first, bot.SetConfidential{Confidential: true})
	})
	m := o.action(secondKey).Mail
	if strings.Contains(m.Subject+m.Text+strings.ToUpper(m.MessageID), first) || !strings.Contains(m.Subject, merged43) {
		t.Errorf("%s: %q\n%s", m.MessageID, m.Subject, m.Text)
	}
}
