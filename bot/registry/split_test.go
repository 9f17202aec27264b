package registry_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

var twoParts = []bot.Part{
	{Summary: "Water", Themes: []string{"water"}, Services: []intake.Service{intake.ServiceAdvisory}},
	{Summary: "Roads", Themes: []string{"road-safety"}, Services: []intake.Service{intake.ServiceProject}, Owner: "ra-transport"},
}

func (o *office) opensPart(reference string, n int) string {
	o.t.Helper()
	child, err := o.Perform(context.Background(), o.action(fmt.Sprintf("open_part:%s:%d", reference, n)))
	if err == nil {
		_, err = o.Perform(context.Background(), o.action(fmt.Sprintf("adopt:%s:%d", reference, n)))
	}
	if _, noted := errors.AsType[bot.NothingToDo](err); err != nil && !noted {
		o.t.Fatal(err)
	}
	return child
}

// The desk gives a part to another owner than the router would. The router's choice must not be
// told of it.
func TestAPartGoesToNobodyButWhomTheDeskNamed(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: twoParts})
	o.opensPart(ref, 1)
	part := o.opensPart(ref, 2)
	rec := o.record(part)
	if rec.Owner != "ra-transport" || slices.Contains(rec.Rooms, "ra-environment") {
		t.Errorf("the part of %s is shown in %v", rec.Owner, rec.Rooms)
	}
	if _, known := rec.Tokens["ra-environment"]; known {
		t.Error("a token was made for who has nothing to do with it")
	}
	for _, key := range o.keys() {
		if strings.Contains(key, part) && strings.Contains(key, "ra-environment") {
			t.Errorf("action %s", key)
		}
	}
}

func TestARequestIsSplitOnce(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: twoParts})
	_, err := o.order(triage, ref, bot.Split{Parts: append(slices.Clone(twoParts), bot.Part{Summary: "Forests", Themes: []string{"forests"}})})
	o.wantRefused(err, "refused.split")
}

// seals performs the actions that make parts confidential.
func (o *office) seals() {
	o.t.Helper()
	for key, a := range o.store.Written {
		if a.Kind != bot.ActionMakeConfidential {
			continue
		}
		if _, err := o.Perform(context.Background(), a); err != nil {
			if _, nothing := errors.AsType[bot.NothingToDo](err); !nothing {
				o.t.Fatal(err)
			}
		}
		delete(o.store.Written, key)
	}
}

// Parts are about the same letter as their parent, so that they become confidential with it.
func TestPartsBecomeConfidentialWithTheirParent(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: twoParts})
	early := o.opensPart(ref, 1)
	o.must(triage, ref, bot.SetConfidential{Confidential: true})
	late := o.opensPart(ref, 2)
	o.seals()
	for _, part := range []string{early, late} {
		if !o.record(part).Confidential {
			t.Errorf("%s is open", part)
		}
	}
	o.must(triage, ref, bot.SetConfidential{Confidential: false})
	o.seals()
	if !o.record(early).Confidential {
		t.Error("what a person sealed was opened along with another record")
	}
}

// The parent becomes confidential after a part was opened, but before the parent lists it.
func TestAPartOpenedWhileItsParentIsMarkedIsConfidentialToo(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: twoParts})
	o.store.Fault = func(c bot.Change) error {
		if c.Record.Reference == ref {
			o.store.Fault = nil
			o.change(ref, func(rec *intake.Record) { rec.Confidential = true; rec.Revision++ })
		}
		return nil
	}
	part := o.opensPart(ref, 1)
	o.seals()
	if !o.record(part).Confidential {
		t.Errorf("%s is open", part)
	}
}

// A part was opened, but adding it to its parent failed until the action was parked. A retry
// after more than a week, when the store has forgotten the order, must not open it again.
func TestAPartIsOpenedOnceHoweverLateItIsTriedAgain(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: twoParts})
	o.store.Fault = func(c bot.Change) error {
		if c.Record.Reference == ref {
			return errors.New("the disk is full")
		}
		return nil
	}
	opening := o.action("open_part:" + ref + ":1")
	part, _ := o.Perform(t.Context(), opening)
	o.store.Fault = nil
	for range 2 {
		o.store.WeekPasses()
		if again := o.opensPart(ref, 1); again != part || len(o.store.Records) != 2 {
			t.Fatalf("opened as %q and as %q, %d records", part, again, len(o.store.Records))
		}
	}
	if children := o.record(ref).Children; !slices.Equal(children, []string{part}) {
		t.Errorf("the parent has %v", children)
	}
	o.wantHistory(ref, "recorded", "split", "split")
}

// An older version opened a part and added it to its parent in the same action. If it stopped in
// between, the part is still added.
func TestAPartThatAnOlderVersionOpenedIsNoted(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: twoParts})
	opening := o.action("open_part:" + ref + ":1")
	part, err := o.Perform(t.Context(), opening)
	if err != nil {
		t.Fatal(err)
	}
	delete(o.store.Written, "adopt:"+ref+":1")
	for range 2 {
		if again, err := o.Perform(t.Context(), opening); err != nil || again != part {
			t.Errorf("%q, %v", again, err)
		}
	}
	if children := o.record(ref).Children; !slices.Equal(children, []string{part}) {
		t.Errorf("the parent has %v", children)
	}
}

// If the request was erased after it was split, no part may be opened with its text.
func TestNoPartIsOpenedOfWhatHasBeenForgotten(t *testing.T) {
	for name, forget := range map[string]func(*intake.Record){
		"forgotten":           func(rec *intake.Record) { rec.Forgotten = noon },
		"without its request": func(rec *intake.Record) { rec.Request = nil },
	} {
		o := slackOffice(t)
		ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
		o.must(triage, ref, bot.Split{Parts: twoParts})
		o.change(ref, forget)
		_, err := o.Perform(t.Context(), o.action("open_part:"+ref+":1"))
		if _, nothing := errors.AsType[bot.NothingToDo](err); !nothing || len(o.store.Records) != 1 {
			t.Errorf("%s: %d records, %v", name, len(o.store.Records), err)
		}
	}
}
