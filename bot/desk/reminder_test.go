package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/golden"
)

// TestReminders draws the reminder of each step, for the owner of the step and for those to whom
// it is escalated.
func TestReminders(t *testing.T) {
	told := func(to string) func(*intake.Record) {
		return func(rec *intake.Record) { rec.FollowUp.Ledger = []intake.Reminder{{Key: "key", To: to}} }
	}
	given := func(rec *intake.Record) { rec.Outcome = intake.OutcomeAgreed }
	var out strings.Builder
	for _, post := range []struct {
		step intake.StepName
		room string
		lang string
		rec  intake.Record
	}{
		{intake.StepTriage, bot.RoomDesk, "en", request(42, told(intake.ToDesk))},
		{intake.StepAccept, "ra-environment", "en", request(42, held(intake.StatusAssigned), told("ra-environment"))},
		{intake.StepAccept, "ra-environment", "en", request(42, held(intake.StatusAccepted), told("ra-environment"))}, // accepted before the reminder was posted
		{intake.StepAccept, "chief-environment", "fr", request(42, held(intake.StatusAssigned), told(intake.ToChief), late(3))},
		{intake.StepAnswer, "ra-environment", "ru", request(42, held(intake.StatusAccepted), told("ra-environment"))},
		{intake.StepAnswer, bot.RoomDesk, "en", request(42, held(intake.StatusAccepted), told(intake.ToDesk), late(16))},
		{intake.StepRequester, "ra-environment", "en", request(42, held(intake.StatusWaiting), told(intake.ToRequester))},
		{intake.StepOutcome, "ra-environment", "en", request(42, held(intake.StatusAnswered), told("ra-environment"))},
		{intake.StepResults, "ra-environment", "fr", request(42, held(intake.StatusClosed), given, told("ra-environment"))},
		{intake.StepOwn, "ra-environment", "en", request(42, held(intake.StatusAccepted), told(holder.ID))},
		{intake.StepAnswer, "ra-environment", "en", request(42, held(intake.StatusAccepted), confidential)},
	} {
		h := open(t)
		ref := h.keep(post.rec)
		page, err := h.Post(ctx, bot.Action{Kind: bot.ActionPost, Reference: ref, Room: post.room, Post: &bot.Post{
			Title: "Reminder about the step", Language: post.lang, Reminder: "key", Step: post.step,
		}})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "######## %s, %s, to %s\n%s", post.step, post.rec.Status, post.room, picture(page))
	}
	golden.Compare(t, "testdata/reminders.txt", out.String())
}

// TestRemindersRestForDays presses the buttons below a reminder that pause reminders for some
// days.
func TestRemindersRestForDays(t *testing.T) {
	for value, want := range map[string]int{"1": 26, "7": 32} {
		h := open(t)
		ref := h.keep(request(42, held(intake.StatusAccepted)))
		answer := h.mustPress(holder, about(desk.PressSnoozeDays, ref, value))
		if until := time.Date(2026, time.November, want, 0, 0, 0, 0, geneva); !h.record(ref).FollowUp.Snoozed.Equal(until) || answer.Say == nil {
			t.Errorf("rests until %v: %s", h.record(ref).FollowUp.Snoozed, answerPicture(answer))
		}
	}
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	if _, err := h.press(holder, about(desk.PressSnoozeDays, ref, "long")); err == nil {
		t.Error("it rests for no number of days")
	}
}

// TestAskingAgainIsAnInterimReply: the button that asks the requester again opens the reply form
// with the purpose "interim", which leaves the request waiting.
func TestAskingAgainIsAnInterimReply(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusWaiting)))
	form := h.mustPress(holder, about(desk.PressReply, ref, string(bot.PurposeInterim)))
	for _, b := range form.Form.Blocks {
		if input, ok := b.(desk.Input); ok && input.ID == "purpose" {
			if input.Initial[0] != string(bot.PurposeInterim) {
				t.Errorf("it is %v", input.Initial)
			}
			return
		}
	}
	t.Error("nobody is asked what the reply is")
}

// TestPostsNamePeople: posts are worded when they are drawn, with names in place of IDs.
func TestPostsNamePeople(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42))
	var out strings.Builder
	for _, p := range []bot.Post{
		{What: "assign", Actor: triage.ID, Detail: "ra-environment", Language: "en", Body: "water"},
		{What: "accept", Actor: "ra-environment", Language: "fr"},
		{What: bot.WhatNote, Actor: holder.ID, Body: "they called", Language: "ru"},
		{What: bot.WhatMailIn, Actor: "a.official@water.gov.kg", Body: "Any news?", Language: "en"},
		{What: "close", Actor: triage.ID, Detail: "delivered", Language: "en", Body: "held"},
	} {
		page, err := h.Post(ctx, bot.Action{Kind: bot.ActionPost, Reference: ref, Post: &p})
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(picture(page))
	}
	golden.Compare(t, "testdata/posts-names.txt", out.String())
}

// TestLateReminders draws the one message that replaces the reminders delayed by an outage.
func TestLateReminders(t *testing.T) {
	h := behind(t)
	var all strings.Builder
	for _, lang := range []string{"en", "fr", "ru"} {
		page, err := h.Summary(ctx, bot.Action{
			Records: []string{"TC-2026-00052", "TC-2026-00054", "TC-2026-00051"}, Post: &bot.Post{Reminder: bot.LateReminders, Language: lang},
		})
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(picture(page))
	}
	golden.Compare(t, "testdata/late-reminders.txt", all.String())
}
