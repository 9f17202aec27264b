package desk_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/golden"
)

// presses lists every button about a record, with a value for those that need one.
var presses = map[string]string{
	desk.PressOpen: "", desk.PressLetter: "", desk.PressEvidence: "", desk.PressHistory: "", desk.PressChoose: "",
	desk.PressAssign: "ra-energy", desk.PressAccept: "", desk.PressDecline: "", desk.PressHandOver: "", desk.PressCorrect: "",
	desk.PressSplit: "", desk.PressMergeInto: "", desk.PressMerge: "TC-2026-00041", desk.PressDistinct: "TC-2026-00041",
	desk.PressSettle: "themes=", desk.PressConfidential: "", desk.PressNotConfidential: "", desk.PressNote: "", desk.PressAskDesk: "",
	desk.PressReply: "", desk.PressAsk: "", desk.PressAskMissing: "", desk.PressClose: "", desk.PressWithdraw: "", desk.PressNotRequest: "", desk.PressReopen: "",
	desk.PressTakeUp: "", desk.PressGotAnswer: "",
	desk.PressFollowUp: "", desk.PressMove: "none", desk.PressStop: "none", desk.PressMute: "answer", desk.PressUnmute: "answer",
	desk.PressSnooze: "", desk.PressSnoozeDays: "1", desk.PressRemindMe: "", desk.PressMayRemind: "", desk.PressResults: "",
}

// TestWhoMayPressWhat draws the table of roles: the result of each button for each colleague, on
// a record assigned to the environment adviser.
func TestWhoMayPressWhat(t *testing.T) {
	var table strings.Builder
	for _, press := range slices.Sorted(maps.Keys(presses)) {
		for _, hidden := range []bool{false, true} {
			fmt.Fprintf(&table, "%-20s%-13s", press, map[bool]string{true: "confidential"}[hidden])
			for _, who := range slices.Sorted(maps.Keys(everyone)) {
				h := open(t)
				h.keep(request(41))
				ref := h.keep(request(42, held(intake.StatusAssigned), func(r *intake.Record) { r.Confidential = hidden }))
				_, err := h.press(everyone[who], about(press, ref, presses[press]))
				outcome := "yes"
				if err != nil {
					outcome = strings.TrimPrefix(refusedAs(err), "refused.")
				}
				fmt.Fprintf(&table, " %s: %-13s", who, outcome)
			}
			table.WriteString("\n")
		}
	}
	golden.Compare(t, "testdata/roles.txt", table.String())
}

// secret appears in every text of a confidential record.
const secret = "QUIETWORD"

func quiet(rec *intake.Record) {
	rec.Confidential = true
	rec.Request.Summary, rec.Request.Institution, rec.Origin.Subject = secret+" summary", secret+" ministry", secret+" subject"
	rec.Request.Requester.Name, rec.Origin.From.Name = secret+" person", secret+" person"
	rec.Doubts = []intake.Doubt{{Field: intake.FieldInstitution, Reason: intake.Plain(secret + " reason"), Candidates: []string{secret}}}
	rec.Results = &intake.Results{Outputs: secret}
	rec.FollowUp.Own = []intake.Reminder{{Key: "own.1", Step: intake.StepOwn, To: holder.ID, At: after(30), Text: secret, By: viewer.ID}}
	rec.FollowUp.Ledger = []intake.Reminder{{Key: "own.2", Step: intake.StepOwn, To: holder.ID, At: after(-30), Text: secret, By: viewer.ID}}
	rec.Unreachable = []string{secret}
	late(9)(rec)
}

// TestNothingOfAConfidentialRecordIsShown tries every way to read a confidential record as a
// colleague without access, and draws the pages that everybody sees. None of them may contain
// its text.
func TestNothingOfAConfidentialRecordIsShown(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAssigned), quiet), intake.HistoryEntry{At: noon, Actor: triage.ID, What: bot.WhatNote, Reason: secret})
	h.keep(request(41, func(r *intake.Record) {
		r.Similar = []intake.Likeness{{Reference: ref, Reason: intake.Remark{ID: "alike.time"}}}
	}))
	var shown strings.Builder
	add := func(a desk.Answer, err error) {
		shown.WriteString(answerPicture(a))
		if err != nil {
			shown.WriteString(h.Explain(err, "en") + err.Error())
		}
	}
	page := func(p desk.Page, err error) { add(desk.Answer{Say: &p}, err) }
	for _, room := range []string{bot.RoomDesk, "ra-environment"} {
		page(h.Card(ctx, ref, room))
		page(h.Card(ctx, "TC-2026-00041", room))
	}
	page(h.Summary(ctx, bot.Action{Records: []string{ref}}))
	page(h.Post(ctx, bot.Action{Reference: ref, Post: &bot.Post{Title: secret, Body: secret}}))
	page(h.Post(ctx, bot.Action{Reference: ref, Post: &bot.Post{What: bot.WhatNote, Actor: secret, Detail: secret, Body: secret}}))
	page(h.Post(ctx, bot.Action{Reference: ref, Post: &bot.Post{Title: secret, Reminder: "key", Step: intake.StepAccept}}))
	for _, by := range []bot.Colleague{other, viewer, nobody} {
		for press, value := range presses {
			add(h.press(by, about(press, ref, value)))
		}
		for _, text := range []string{"show 42", "find " + secret[:5], "find kyrgyzstan", "list", "list all", "mine", "assign 42 to energy", "note 42 x",
			"overdue", "list overdue", "remind 42 tomorrow", "snooze 42 tomorrow", "results 42"} {
			add(h.Command(ctx, by, h.click(), text))
		}
		page(h.Home(ctx, by))
		options, err := h.Options(ctx, by, desk.Form{Name: desk.FormMerge, Press: about(desk.PressMergeInto, "TC-2026-00041")}, "into", secret[:5])
		shown.WriteString(fmt.Sprint(options, err))
	}
	add(h.Command(ctx, triage, h.click(), "list"))
	add(h.Command(ctx, triage, h.click(), "find "+secret[:5]))
	add(h.press(triage, about(desk.PressMergeInto, "TC-2026-00041")))
	if strings.Contains(shown.String(), "at about the same time") {
		t.Error("what another record has in common with a confidential one is told")
	}
	if strings.Contains(shown.String(), secret) {
		at := strings.Index(shown.String(), secret)
		t.Errorf("a confidential record shows through: …%s…", shown.String()[max(0, at-300):at+40])
	}
}

// TestOpeningAConfidentialRecordIsNoted checks that every opening is written to the history
// before anything is shown.
func TestOpeningAConfidentialRecordIsNoted(t *testing.T) {
	for _, by := range []bot.Colleague{triage, admin, holder} {
		h := open(t)
		ref := h.keep(request(42, held(intake.StatusAssigned), quiet))
		for n, name := range []string{desk.PressOpen, desk.PressLetter, desk.PressCorrect, desk.PressReply, desk.PressHistory, desk.PressFollowUp} {
			if _, err := h.press(by, about(name, ref)); err != nil {
				t.Fatalf("%s presses %s: %v", by.ID, name, err)
			}
			if got := h.viewed(ref); got != n+1 {
				t.Errorf("%s pressed %s: %d openings noted, want %d", by.ID, name, got, n+1)
			}
		}
		if _, err := h.Command(ctx, by, h.click(), "show 42"); err != nil || h.viewed(ref) != 7 {
			t.Errorf("%s: show: %d openings noted, %v", by.ID, h.viewed(ref), err)
		}
	}
	h := open(t)
	ref := h.keep(request(42, confidential))
	h.store.fault = errors.New("no store")
	if answer, err := h.press(triage, about(desk.PressOpen, ref)); err == nil || answer.Form != nil {
		t.Error("it was shown though the opening could not be noted")
	}
}

func (h *fixture) viewed(reference string) (n int) {
	for _, e := range h.store.history[reference] {
		if e.What == bot.WhatViewed {
			n++
		}
	}
	return n
}

// TestTheSecondToPressIsToldKindly: two colleagues press the same button. It takes effect once,
// and the second is told who was first.
func TestTheSecondToPressIsToldKindly(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42))
	h.mustPress(triage, about(desk.PressAssign, ref, "ra-environment"))
	_, err := h.press(admin, about(desk.PressAssign, ref, "ra-energy"))
	want := "Ana Triage was faster: TC-2026-00042 has been assigned since 25 November 2026, 12:00. Nothing was changed."
	if got := h.Explain(err, "en"); got != want || h.record(ref).Owner != "ra-environment" {
		t.Errorf("told %q, want %q", got, want)
	}
}

func TestTheSameClickDoesItOnce(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42))
	for range 2 {
		if _, err := h.Press(ctx, triage, "the click", about(desk.PressConfidential, ref)); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.record(ref).Revision; got != 4 {
		t.Errorf("revision is %d after one click", got)
	}
}
