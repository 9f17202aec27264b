package forget_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/forget"
	"verbale/intake"
)

var asked = forget.Forgetting{Actor: "operator anna", Reason: "asked for it"}

func TestWhatIsUnderWayIsForgottenOnlyOnPurpose(t *testing.T) {
	o, _, reference := forgetful(t)
	before := asJSON(o.record(reference))
	if _, err := o.Forget(t.Context(), reference, asked); !errors.Is(err, forget.ErrOpen) {
		t.Fatalf("error %v", err)
	}
	if asJSON(o.record(reference)) != before {
		t.Error("something was forgotten all the same")
	}
	purpose := asked
	purpose.Open = true
	if done, err := o.Forget(t.Context(), reference, purpose); err != nil || !done {
		t.Fatalf("%v, %v", done, err)
	}
	rec := o.record(reference)
	if rec.Status != intake.StatusAssigned || rec.Origin.Subject != bot.ForgottenMark || rec.Forgotten.IsZero() {
		t.Errorf("%+v", rec)
	}
	if a := o.action("acknowledge:" + reference); a.State != bot.ActionSkipped || a.RateGroup != "" {
		t.Errorf("the acknowledgement is %+v", a)
	}
}

func TestForgettingThatBreaksOffIsFinished(t *testing.T) {
	o, s, reference := forgetful(t)
	closed(o, reference)
	s.breaks = 1
	if _, err := o.Forget(t.Context(), reference, asked); !errors.Is(err, errBrokenOff) {
		t.Fatalf("error %v", err)
	}
	if _, left := o.Letters[reference]; !left {
		t.Fatal("the letter went before it broke off: the test proves nothing")
	}
	rest := o.keys()
	rest = slices.DeleteFunc(rest, func(key string) bool { return !strings.HasPrefix(key, "forget:") })
	if len(rest) != 1 {
		t.Fatalf("%d actions to finish it", len(rest))
	}
	if _, err := o.Perform(t.Context(), o.action(rest[0])); err != nil {
		t.Fatal(err)
	}
	if _, left := o.Letters[reference]; left {
		t.Error("the letter is there still")
	}
	if done, err := o.Forget(t.Context(), reference, asked); err != nil || done {
		t.Errorf("once more: %v, %v", done, err)
	}
	if n := strings.Count(strings.Join(o.happened(reference), " "), bot.WhatForgotten); n != 1 {
		t.Errorf("the history says so %d times", n)
	}
}

func TestHistoriesKeepWhoDidWhat(t *testing.T) {
	o, s, reference := forgetful(t)
	closed(o, reference)
	s.Histories[reference] = []intake.HistoryEntry{
		{Actor: "bot", What: "recorded", To: intake.StatusAssigned, Reason: "advisory-alone", Detail: "first@ministry.example"},
		{Actor: "bot", What: "mail_out", Detail: "acknowledge:" + reference + " ack@desk.unece.example"},
		{Actor: "m.petrova@agro.example", What: "mail_in", Detail: "second@ministry.example"},
		{Actor: "ra-environment@staff.example", What: "hand_over", Detail: "ra-energy", Reason: "Mrs Petrova asked"},
		{Actor: "U0123", What: "corrected", Detail: "summary: Help Mrs Petrova → Help"},
		{Actor: "U0123", What: "corrected", Detail: "countries: KG → KZ"},
		{Actor: "bot", What: "parked", Detail: "assign:" + reference + ":1:ra-energy", Reason: "550 m.petrova@agro.example"},
	}
	if _, err := o.Forget(t.Context(), reference, asked); err != nil {
		t.Fatal(err)
	}
	want := []intake.HistoryEntry{
		{Actor: "bot", What: "recorded", To: intake.StatusAssigned, Reason: "advisory-alone"},
		{Actor: "bot", What: "mail_out", Detail: "acknowledge:" + reference + " ack@desk.unece.example"},
		{Actor: bot.ForgottenMark, What: "mail_in"},
		{Actor: "ra-environment@staff.example", What: "hand_over", Detail: "ra-energy", Reason: bot.ForgottenMark},
		{Actor: "U0123", What: "corrected", Detail: "summary: " + bot.ForgottenMark + " → " + bot.ForgottenMark},
		{Actor: "U0123", What: "corrected", Detail: "countries: KG → KZ"},
		{Actor: "bot", What: "parked", Detail: "assign:" + reference + ":1:ra-energy", Reason: bot.ForgottenMark},
		{At: noon, Actor: "operator anna", What: bot.WhatForgotten, Reason: "asked for it"},
	}
	if got := s.Histories[reference]; !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// A person only copied on a request of somebody else is masked in its text. The masked text has
// the same length, so that byte offsets into it stay valid.
func TestAPersonIsStruckOutOfAnothersRequest(t *testing.T) {
	o, s, reference := forgetful(t)
	o.change(reference, func(rec *intake.Record) {
		rec.Origin.Cc = []intake.Address{{Name: "Pavel Copied", Address: "P.Copied@agro.example"}, {Name: "Anna Other", Address: "other@agro.example"}}
	})
	const text = "Dear colleagues, write to Pavel  Copied <p.copied@AGRO.example> or to Anna Other. We ask for help."
	s.Letters[reference] = bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: text}}}}
	said := func(key, body string) {
		s.Written[key] = bot.Action{
			Key: key, Kind: bot.ActionPost, Reference: reference, Room: bot.RoomDesk, State: bot.ActionDone, Result: "C1/" + key, Post: &bot.Post{What: bot.WhatMailIn, Body: body},
		}
	}
	said("named", "Pavel Copied will call.")
	said("not named", "We shall call.")
	traces, err := o.TracesOfPerson(t.Context(), "p.copied@agro.example")
	if err != nil || len(traces.Whole) != 0 || len(traces.Struck) != 1 || len(traces.Names) != 1 {
		t.Fatalf("%+v, %v", traces, err)
	}
	if err := o.ForgetTraces(t.Context(), traces, asked, func(string, bool) {}); err != nil {
		t.Fatal(err)
	}
	got := s.Letters[reference].Parts[0].Text.Content
	if len(got) != len(text) || strings.Contains(strings.ToLower(got), "copied") || !strings.Contains(got, "Anna Other. We ask for help.") {
		t.Errorf("the letter reads %q", got)
	}
	shown := map[string]string{}
	for _, key := range o.keys() {
		if a := s.Written[key]; a.Kind == bot.ActionRedraw {
			shown[a.Places[0]] = a.Post.Body
		}
	}
	if want := map[string]string{"C1/named": "************ will call."}; !maps.Equal(shown, want) {
		t.Errorf("shown anew is %v", shown)
	}
	rec := o.record(reference)
	if len(rec.Origin.Cc) != 1 || rec.Origin.From.Address == "" || !rec.Forgotten.IsZero() {
		t.Errorf("%+v", rec.Origin)
	}
	if !slices.Contains(s.rates, "p.copied@agro.example") {
		t.Error("how much mail went to the address is kept")
	}
	if again, err := o.TracesOfPerson(t.Context(), "p.copied@agro.example"); err != nil || !again.Empty() {
		t.Errorf("left: %+v, %v", again, err)
	}
}

func TestAColleagueIsNotForgotten(t *testing.T) {
	o, _, _ := forgetful(t)
	if _, err := o.TracesOfPerson(t.Context(), "ra-environment@staff.example"); !errors.Is(err, forget.ErrColleague) {
		t.Errorf("error %v", err)
	}
}

func TestWhatHoldsTheSameLetterIsForgottenWithIt(t *testing.T) {
	o, s, reference := forgetful(t)
	for _, ref := range []string{"TC-2026-00081", "TC-2026-00082", "TC-2026-00083", "TC-2026-00084"} {
		o.Records[ref] = intake.Record{Reference: ref, Status: intake.StatusClosed}
	}
	o.change(reference, func(rec *intake.Record) { rec.Children, rec.MergedInto = []string{"TC-2026-00081"}, "TC-2026-00082" })
	s.Histories[reference] = append(s.Histories[reference], intake.HistoryEntry{What: bot.WhatAbsorbed, Detail: "TC-2026-00083"})
	traces, err := o.TracesOfRecord(t.Context(), reference)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, rec := range traces.Whole {
		found = append(found, rec.Reference)
	}
	if want := []string{reference, "TC-2026-00081", "TC-2026-00082", "TC-2026-00083"}; !slices.Equal(found, want) {
		t.Errorf("found %v, want %v", found, want)
	}
}

// A part was opened, but its parent does not list it yet. It must be erased together with the
// parent.
func TestAPartThatHasJustBeenOpenedIsForgottenWithItsParent(t *testing.T) {
	o, _, reference := forgetful(t)
	const part = "TC-2026-00077"
	o.Records[part] = intake.Record{Reference: part, Parent: reference, Revision: 1}
	o.Written["adopt:1"] = bot.Action{Key: "adopt:1", Kind: bot.ActionAdopt, Reference: reference, Source: part, State: bot.ActionPending}
	traces, err := o.TracesOfRecord(t.Context(), reference)
	if err != nil || len(traces.Whole) != 2 || traces.Whole[1].Reference != part {
		t.Errorf("%+v, %v", traces, err)
	}
}
