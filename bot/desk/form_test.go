package desk_test

import (
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/golden"
	"verbale/routing"
)

// TestForms draws every form as it opens.
func TestForms(t *testing.T) {
	busy := request(42, asked(intake.FieldCountries, "the letter names several States", "KG", "UZ"), func(r *intake.Record) {
		r.Request.Themes = []string{"water", "road-safety"}
		r.Corrected = []intake.Field{intake.FieldUrgency}
		r.Similar = []intake.Likeness{{Reference: "TC-2026-00041", Reason: intake.Remark{ID: "alike.institution"}}}
	})
	for _, form := range []struct {
		press string
		by    bot.Colleague
		rec   intake.Record
	}{
		{desk.PressOpen, triage, busy},
		{desk.PressOpen, in("ru", viewer), busy},
		{desk.PressOpen, in("fr", holder), request(42, held(intake.StatusAssigned))},
		{desk.PressLetter, triage, busy}, {desk.PressEvidence, triage, busy}, {desk.PressHistory, triage, busy},
		{desk.PressHistory, in("ru", triage), busy},
		{desk.PressChoose, triage, busy}, {desk.PressCorrect, triage, busy}, {desk.PressSplit, triage, busy},
		{desk.PressMergeInto, triage, busy}, {desk.PressNotRequest, triage, busy}, {desk.PressWithdraw, triage, busy},
		{desk.PressNote, triage, busy}, {desk.PressClose, triage, busy},
		{desk.PressReopen, triage, request(42, held(intake.StatusClosed))},
		{desk.PressDecline, holder, request(42, held(intake.StatusAssigned))},
		{desk.PressHandOver, holder, request(42, held(intake.StatusAssigned))},
		{desk.PressAskDesk, holder, request(42, held(intake.StatusAssigned))},
		{desk.PressReply, holder, request(42, held(intake.StatusAccepted))},
		{desk.PressReply, in("fr", holder), request(42, held(intake.StatusAccepted), func(r *intake.Record) { r.Language = "fr" })},
		{desk.PressAsk, in("ru", holder), request(42, held(intake.StatusAssigned), func(r *intake.Record) {
			r.Language, r.Request.Requester = "uz", intake.Requester{}
		})},
		{desk.PressAskMissing, triage, request(42, func(r *intake.Record) { r.Request.Institution, r.Request.Requester.Title = "", "" })},
		{desk.PressNew, holder, busy}, {desk.PressAway, holder, busy}, {desk.PressAway, in("ru", triage), busy},
	} {
		name := form.press + "-" + form.by.Language
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.keep(form.rec, history()...)
			h.store.letters[form.rec.Reference] = bot.Letter{Parts: []bot.LetterPart{
				{Source: "subject", Text: intake.Text{Content: "Запрос о содействии"}},
				{Source: "body", Text: intake.Text{Content: "Уважаемые господа!\n\nПросим содействия."}},
				{Source: "attachment:1", Filename: "note.pdf", Text: intake.Text{Content: strings.Repeat("Line of the annex.\n", 300)}},
			}}
			h.store.leaves["ra-energy"] = bot.Leave{Post: "ra-energy", StandIn: "ra-trade", Absence: away("2026-11-20", "2026-12-01")}
			answer := h.mustPress(form.by, about(form.press, form.rec.Reference))
			golden.Compare(t, "testdata/form-"+name+".txt", answerPicture(answer))
		})
	}
}

func away(from, until string) routing.Absence {
	var a routing.Absence
	for text, day := range map[string]*intake.Date{from: &a.From, until: &a.Until} {
		parsed, err := intake.ParseDate(text)
		if err != nil {
			panic(err)
		}
		*day = parsed
	}
	return a
}

// history has one entry for each kind of action by the desk.
func history() []intake.HistoryEntry {
	return []intake.HistoryEntry{
		{At: after(-20), Actor: triage.ID, What: bot.WhatCorrected, Detail: "urgency: normal → urgent"},
		{At: after(-19), Actor: triage.ID, What: bot.WhatCorrected, Detail: "countries:  → KG, UZ"},
		{At: after(-18), Actor: triage.ID, What: bot.WhatSettled, Detail: "themes"},
		{At: after(-17), Actor: triage.ID, What: "assign", From: intake.StatusNeedsTriage, To: intake.StatusAssigned, Detail: "ra-environment", Reason: "water"},
		{At: after(-16), Actor: "ra-environment", What: "decline", From: intake.StatusAssigned, To: intake.StatusNeedsTriage, Reason: "not ours"},
		{At: after(-15), Actor: "a.official@water.gov.kg", What: bot.WhatMailIn, Detail: "second@water.gov.kg"},
		{At: after(-14), Actor: "stranger@unece.example", What: bot.WhatNote, Reason: "they called"},
		{At: after(-13), Actor: intake.ActorBot, What: bot.WhatMailOut, Detail: "acknowledge:TC-2026-00042 out@desk.unece.example"},
	}
}

func TestOrdersOfPresses(t *testing.T) {
	for _, test := range []struct {
		press  desk.Press
		by     bot.Colleague
		rec    intake.Record
		status intake.Status
		happen string // kind of the last history entry
	}{
		{about(desk.PressAssign, "", "ra-environment"), triage, request(42), intake.StatusAssigned, "assign"},
		{about(desk.PressAccept, ""), holder, request(42, held(intake.StatusAssigned)), intake.StatusAccepted, "accept"},
		{about(desk.PressTakeUp, ""), holder, request(42, held(intake.StatusAnswered)), intake.StatusAccepted, "ask_again"},
		{about(desk.PressGotAnswer, ""), holder, request(42, held(intake.StatusWaiting), func(r *intake.Record) { r.Before = intake.StatusAccepted }), intake.StatusAccepted, "requester_answered"},
		{about(desk.PressMerge, "", "TC-2026-00041"), triage, request(42), intake.StatusClosed, "merge"},
		{about(desk.PressDistinct, "", "TC-2026-00041"), triage, request(42), intake.StatusNeedsTriage, "distinct"},
		{about(desk.PressConfidential, ""), triage, request(42), intake.StatusNeedsTriage, "confidential"},
		{about(desk.PressMore, "", desk.PressConfidential), triage, request(42), intake.StatusNeedsTriage, "confidential"},
		{about(desk.PressNotConfidential, ""), triage, request(42, confidential), intake.StatusNeedsTriage, "not_confidential"},
		{about(desk.PressSettle, "", "themes="), triage, request(42, asked(intake.FieldThemes, "unsure")), intake.StatusNeedsTriage, "settled"},
		{about(desk.PressSettle, "", "countries=UZ"), triage, request(42, asked(intake.FieldCountries, "unsure", "KG", "UZ")), intake.StatusNeedsTriage, "corrected"},
	} {
		t.Run(test.press.Name+test.press.Value, func(t *testing.T) {
			h := open(t)
			h.keep(request(41))
			test.press.Reference = h.keep(test.rec)
			if answer := h.mustPress(test.by, test.press); answer.Form != nil || answer.Say != nil || !answer.Home {
				t.Errorf("answer is %s", answerPicture(answer))
			}
			rec, happened := h.record(test.press.Reference), h.store.history[test.press.Reference]
			if last := happened[len(happened)-1]; rec.Status != test.status || last.What != test.happen || last.Actor != test.by.ID {
				t.Errorf("record is %s after %s by %s", rec.Status, last.What, last.Actor)
			}
		})
	}
}

func TestFormsAreCarriedOut(t *testing.T) {
	for name, test := range map[string]struct {
		press  string
		by     bot.Colleague
		rec    intake.Record
		values desk.Values
		check  func(rec intake.Record, last intake.HistoryEntry) bool
	}{
		"assign": {desk.PressChoose, triage, request(42), desk.Values{"owner": {"ra-transport"}, "reason": {"roads"}}, func(rec intake.Record, last intake.HistoryEntry) bool {
			return rec.Owner == "ra-transport" && last.Reason == "roads"
		}},
		"hand over": {desk.PressHandOver, holder, request(42, held(intake.StatusAssigned)), desk.Values{"owner": {"energy"}}, func(rec intake.Record, _ intake.HistoryEntry) bool {
			return rec.Owner == "energy"
		}},
		"decline": {desk.PressDecline, holder, request(42, held(intake.StatusAssigned)), desk.Values{"reason": {"not ours"}}, func(rec intake.Record, last intake.HistoryEntry) bool {
			return rec.Status == intake.StatusNeedsTriage && last.Reason == "not ours"
		}},
		"not a request": {desk.PressNotRequest, triage, request(42), desk.Values{"reason": {"an invitation"}}, func(rec intake.Record, _ intake.HistoryEntry) bool {
			return rec.Outcome == intake.OutcomeNotARequest
		}},
		"withdrawn": {desk.PressWithdraw, triage, request(42), desk.Values{}, func(rec intake.Record, _ intake.HistoryEntry) bool {
			return rec.Outcome == intake.OutcomeWithdrawn
		}},
		"close": {desk.PressClose, holder, request(42, held(intake.StatusAnswered)), desk.Values{"outcome": {"delivered"}, "reason": {"held"}}, func(rec intake.Record, _ intake.HistoryEntry) bool {
			return rec.Outcome == intake.OutcomeDelivered
		}},
		"reopen": {desk.PressReopen, triage, request(42, held(intake.StatusClosed)), desk.Values{"reason": {"wrote again"}}, func(rec intake.Record, _ intake.HistoryEntry) bool {
			return rec.Status == intake.StatusNeedsTriage
		}},
		"merge": {desk.PressMergeInto, triage, request(42), desk.Values{"into": {"TC-2026-00041"}}, func(rec intake.Record, _ intake.HistoryEntry) bool {
			return rec.MergedInto == "TC-2026-00041"
		}},
		"note": {desk.PressNote, viewerWith("ra-transport"), request(42), desk.Values{"text": {"they called"}}, func(_ intake.Record, last intake.HistoryEntry) bool {
			return last.What == bot.WhatNote && last.Reason == "they called"
		}},
		"ask the desk": {desk.PressAskDesk, in("fr", holder), request(42, held(intake.StatusAssigned)), desk.Values{"text": {"Qui ?"}}, func(_ intake.Record, last intake.HistoryEntry) bool {
			return last.Reason == "Question to the desk: Qui ?"
		}},
		"split": {desk.PressSplit, triage, request(42), desk.Values{"count": {"2"}, "summary_1": {"Water"}, "summary_2": {"Roads"}, "owner_2": {"ra-transport"}}, func(_ intake.Record, last intake.HistoryEntry) bool {
			return last.What == bot.WhatSplit
		}},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.keep(request(41))
			ref := h.keep(test.rec)
			answer := h.send(test.by, h.mustPress(test.by, about(test.press, ref)), test.values)
			if answer.Errors != nil || answer.Form != nil {
				t.Fatalf("answer is %s", answerPicture(answer))
			}
			happened := h.store.history[ref]
			if !test.check(h.record(ref), happened[len(happened)-1]) {
				t.Errorf("record is %+v after %+v", h.record(ref), happened[len(happened)-1])
			}
		})
	}
}

func viewerWith(post string) bot.Colleague {
	c := other
	c.Posts = []string{post}
	return c
}

func TestFormsSayWhatIsMissing(t *testing.T) {
	for name, test := range map[string]struct {
		press  string
		by     bot.Colleague
		rec    intake.Record
		values desk.Values
		wrong  string
	}{
		"decline without reason": {desk.PressDecline, holder, request(42, held(intake.StatusAssigned)), desk.Values{}, "reason"},
		"hand over to nobody":    {desk.PressHandOver, holder, request(42, held(intake.StatusAssigned)), desk.Values{}, "owner"},
		"hand over to oneself":   {desk.PressHandOver, holder, request(42, held(intake.StatusAssigned)), desk.Values{"owner": {"ra-environment"}}, "owner"},
		"close without outcome":  {desk.PressClose, triage, request(42), desk.Values{"reason": {"x"}}, "outcome"},
		"merge into nothing":     {desk.PressMergeInto, triage, request(42), desk.Values{}, "into"},
		"merge into a stranger":  {desk.PressMergeInto, triage, request(42), desk.Values{"into": {"TC-2026-09999"}}, "into"},
		"empty note":             {desk.PressNote, triage, request(42), desk.Values{"text": {" \n"}}, "text"},
		"part without summary":   {desk.PressSplit, triage, request(42), desk.Values{"summary_2": {""}}, "summary_2"},
		"impossible date":        {desk.PressCorrect, triage, request(42), desk.Values{"reply_by": {"soon"}}, "reply_by"},
		"impossible address":     {desk.PressCorrect, triage, request(42), desk.Values{"requester.email": {"nowhere"}}, "requester.email"},
		"away the wrong way":     {desk.PressAway, holder, request(42), desk.Values{"from": {"2026-12-10"}, "until": {"2026-12-01"}}, "until"},
		"away until whenever":    {desk.PressAway, holder, request(42), desk.Values{"until": {"later"}}, "until"},
		"nothing to record":      {desk.PressNew, holder, request(42), desk.Values{}, "text"},
		"no address":             {desk.PressNew, holder, request(42), desk.Values{"text": {"x"}, "requester.email": {"a b"}}, "requester.email"},
		"reply to nobody":        {desk.PressReply, triage, request(42), desk.Values{"to": {" "}, "text": {"x"}}, "to"},
		"reply to no address":    {desk.PressReply, triage, request(42), desk.Values{"cc": {"the ministry"}, "text": {"x"}}, "cc"},
		"reply as drafted":       {desk.PressReply, triage, request(42), desk.Values{}, "text"},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			ref := h.keep(test.rec)
			before := h.record(ref).Revision
			answer := h.send(test.by, h.mustPress(test.by, about(test.press, ref)), test.values)
			if answer.Errors[test.wrong] == "" || answer.Errors[test.wrong] == test.wrong {
				t.Errorf("answer is %s", answerPicture(answer))
			}
			if h.record(ref).Revision != before {
				t.Error("the record changed all the same")
			}
		})
	}
}

// TestCorrectSetsWhatWasChangedAlone: only fields changed in the form are set. A correction made
// by another colleague while the form was open must not be reverted.
func TestCorrectSetsWhatWasChangedAlone(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42))
	form := h.mustPress(triage, about(desk.PressCorrect, ref))
	h.mustPress(admin, about(desk.PressSettle, ref, "countries=UZ"))
	h.send(triage, form, desk.Values{"themes": {"water", "industrial-accidents"}, "reply_by": {}})
	rec := h.record(ref)
	if got := rec.Request; got.Countries[0] != "UZ" || !got.ReplyBy.IsZero() || got.Institution == "" {
		t.Errorf("request is %+v", got)
	}
}

func TestCorrectingADoubtfulAddressConfirmsIt(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, asked(intake.FieldRequesterMail, "passed on", "old@mail.example"), func(r *intake.Record) { r.Origin.AnswerTo = intake.Address{} }))
	h.send(triage, h.mustPress(triage, about(desk.PressCorrect, ref)), desk.Values{"requester.email": {"new@water.gov.kg"}})
	if rec := h.record(ref); rec.Origin.AnswerTo.Address != "new@water.gov.kg" || len(rec.Doubts) != 0 {
		t.Errorf("answers go to %q, doubts %v", rec.Origin.AnswerTo.Address, rec.Doubts)
	}
}

func TestSplitIsRedrawn(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42))
	form := h.mustPress(triage, about(desk.PressSplit, ref)).Form
	answer, err := h.Change(ctx, triage, desk.Form{Name: form.Name, Press: form.Press}, desk.Values{"count": {"3"}, "summary_1": {"Typed before"}})
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/form-split-3.txt", answerPicture(answer))
}

func TestNewRequestIsRecordedAsUnofficial(t *testing.T) {
	h := open(t)
	answer, err := h.Shortcut(ctx, holder, "shortcut", desk.ShortcutLog, &desk.Quoted{Text: "Minister X asks for help with water", Author: "Vera", Link: "https://slack.example/p1"})
	if err != nil {
		t.Fatal(err)
	}
	done := h.send(holder, answer, desk.Values{"countries": {"UZ"}})
	if done.Form == nil || done.Form.Name != desk.FormDone {
		t.Fatalf("answer is %s", answerPicture(done))
	}
	rec := h.record("TC-2026-00100")
	if !rec.Entered || rec.Request.Official || rec.Request.Countries[0] != "UZ" || !strings.Contains(h.store.history[rec.Reference][0].Detail, "https://slack.example/p1") {
		t.Errorf("record is %+v", rec)
	}
}

func TestMessagesSetAside(t *testing.T) {
	aside := intake.SetAside{
		Identity: "b@mail.example", Kind: intake.KindFollowUp, Reference: "TC-2026-00042", ReceivedAt: noon,
		Origin: intake.Origin{MessageID: "b@mail.example", Subject: "Any news?", From: intake.Address{Address: "new@mail.example"}},
	}
	for name, test := range map[string]struct {
		press desk.Press
		check func(h *fixture) bool
	}{
		"join": {about(desk.PressJoin, "TC-2026-00042", aside.Identity), func(h *fixture) bool {
			return len(h.store.aside) == 0 && slices.Contains(h.record("TC-2026-00042").Correspondents, "new@mail.example")
		}},
		"promote": {about(desk.PressPromote, "", aside.Identity), func(h *fixture) bool {
			return len(h.store.aside) == 0 && len(h.store.records) == 2
		}},
		"dismiss": {about(desk.PressDismiss, "TC-2026-00042", aside.Identity), func(h *fixture) bool {
			return len(h.store.aside) == 1 && len(h.store.history["TC-2026-00042"]) == 2
		}},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.keep(request(42, held(intake.StatusAccepted)))
			h.store.aside = []intake.SetAside{aside}
			if answer := h.mustPress(triage, test.press); !answer.Home || !test.check(h) {
				t.Errorf("answer is %s, aside %v, record %+v", answerPicture(answer), h.store.aside, h.record("TC-2026-00042"))
			}
		})
	}
	h := open(t)
	if _, err := h.press(triage, about(desk.PressPromote, "", "gone@mail.example")); refusedAs(err) != "refused.gone" {
		t.Errorf("a message that is gone: %v", err)
	}
}

// The desk sees the whole text of a message set aside when it decides about it. Others are
// refused.
func TestTextOfAMessageSetAside(t *testing.T) {
	h := open(t)
	h.store.aside = []intake.SetAside{{
		Identity: "b@mail.example", Kind: intake.KindOther, ReceivedAt: noon,
		Origin: intake.Origin{MessageID: "b@mail.example", Subject: "Letter No. 7", From: intake.Address{Address: "new@mail.example"}},
	}}
	h.store.asideText = "We should like to ask for your advice."
	answer := h.mustPress(triage, about(desk.PressAside, "", "b@mail.example"))
	if answer.Form == nil || !strings.Contains(answerPicture(answer), h.store.asideText) || !strings.Contains(answerPicture(answer), "Letter No. 7") {
		t.Errorf("the text is not shown:\n%s", answerPicture(answer))
	}
	if _, err := h.press(holder, about(desk.PressAside, "", "b@mail.example")); refusedAs(err) == "" {
		t.Error("it is shown to somebody who may not decide about it")
	}
	if _, err := h.press(triage, about(desk.PressAside, "", "gone@mail.example")); refusedAs(err) != "refused.gone" {
		t.Errorf("a message that is gone: %v", err)
	}
}

func TestWhoIsBackIsAwayNoMore(t *testing.T) {
	h := open(t)
	h.send(holder, h.mustPress(holder, about(desk.PressAway, "")), desk.Values{"until": {"2026-12-10"}, "stand_in": {"ra-energy"}})
	if l := h.store.leaves["ra-environment"]; l.StandIn != "ra-energy" || l.Absence != away("2026-11-25", "2026-12-10") {
		t.Fatalf("leave is %+v", l)
	}
	h.mustPress(holder, about(desk.PressBack, "", "ra-environment"))
	if len(h.store.leaves) != 0 {
		t.Errorf("leaves are %v", h.store.leaves)
	}
}
