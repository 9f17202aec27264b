package desk_test

import (
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/golden"
	"verbale/routing/followup"
)

// late moves the due times of a record into the past.
func late(days int) func(*intake.Record) {
	return func(rec *intake.Record) {
		plan := make([]intake.PlanStep, len(rec.Plan))
		for i, step := range rec.Plan {
			step.At = step.At.AddDate(0, 0, -days)
			plan[i] = step
		}
		rec.Plan = plan
	}
}

// byPolicy sets the plan of a record according to the policy.
func byPolicy(rec intake.Record) intake.Record {
	policy, err := followup.Embedded()
	if err != nil {
		panic(err)
	}
	rec.AssignedAt = after(-20)
	rec.Plan = policy.Plan(&rec)
	return rec
}

// ledger adds one past reminder of each kind to a record.
func ledger(rec *intake.Record) {
	line := func(n int, to string, state intake.ReminderState) intake.Reminder {
		return intake.Reminder{
			Key: "answer.x." + string(rune('0'+n)), Step: intake.StepAnswer, Number: n, To: to,
			At: after(-50 + n), State: state, DoneAt: after(-50 + n),
		}
	}
	skipped, stopped, moved := line(3, "ra-environment", intake.ReminderSkipped), line(4, intake.ToChief, intake.ReminderStopped), line(5, "ra-environment", intake.ReminderStopped)
	gone, older := line(8, "ra-environment", intake.ReminderSkipped), line(9, "ra-environment", intake.ReminderSkipped)
	skipped.Reason, stopped.Reason, moved.Reason = bot.ReasonSaidAgain, bot.ReasonStopped, bot.ReasonMoved
	gone.Reason, older.Reason = string(intake.StatusWaiting), "the request is accepted"
	stopped.By, moved.By = triage.ID, triage.ID
	rec.FollowUp.Ledger = []intake.Reminder{
		line(1, "ra-environment", intake.ReminderSent), line(2, intake.ToDesk, intake.ReminderSent), skipped, stopped, moved,
		line(6, intake.ToRequester, intake.ReminderSent), line(7, "ra-environment", intake.ReminderSent), gone, older,
	}
	rec.FollowUp.Own = []intake.Reminder{{Key: "own.omar.1", Step: intake.StepOwn, Number: 1, To: holder.ID, At: after(200), Text: "call the ministry", By: holder.ID}}
	rec.FollowUp.Stopped = []intake.StepName{intake.StepOutcome}
	rec.FollowUp.Snoozed = after(48)
}

func sentAbout(reference string) []bot.Action {
	key := func(n string) string { return bot.ReminderKey(reference, intake.Reminder{Key: "answer.x." + n}) }
	return []bot.Action{
		{Key: key("1"), Reference: reference, State: bot.ActionDone, DoneAt: after(-48)},
		{Key: key("2"), Reference: reference, State: bot.ActionParked, DoneAt: after(-40)},
		{Key: key("6"), Reference: reference, State: bot.ActionWithheld},
	}
}

// TestFollowUpPage draws the follow-up of a record in each language, for colleagues who may
// change it and for those who may only see it.
func TestFollowUpPage(t *testing.T) {
	waiting := func(rec *intake.Record) {
		rec.FollowUp = intake.FollowUp{Waiting: after(-30), AskRequester: true, RequesterBack: after(72)}
		rec.Plan = nil
	}
	for name, page := range map[string]struct {
		by  bot.Colleague
		rec intake.Record
	}{
		"holder-en":  {holder, request(42, held(intake.StatusAccepted), ledger)},
		"triage-fr":  {in("fr", triage), request(42, held(intake.StatusAccepted), ledger)},
		"other-ru":   {in("ru", other), request(42, held(intake.StatusAccepted), ledger)},
		"viewer-en":  {viewer, request(42, held(intake.StatusAssigned))},
		"waiting-en": {holder, request(42, held(intake.StatusWaiting), waiting)},
		"waiting-ru": {in("ru", holder), request(42, held(intake.StatusWaiting), waiting)},
		"nothing-en": {triage, request(42, held(intake.StatusClosed))},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			ref := h.keep(byPolicy(page.rec))
			h.store.actions = sentAbout(ref)
			answer := h.mustPress(page.by, about(desk.PressFollowUp, ref))
			golden.Compare(t, "testdata/followup-"+name+".txt", answerPicture(answer)+menus(answer))
		})
	}
}

// menus lists the menus beside the rows of a form.
func menus(a desk.Answer) string {
	var out strings.Builder
	for _, b := range a.Form.Blocks {
		if row, ok := b.(desk.Row); ok && len(row.Menu) > 0 {
			out.WriteString(row.Title + "  " + buttonsPicture(row.Menu) + "\n")
		}
	}
	return out.String()
}

// planned returns a press on the first planned reminder of a record, as the follow-up page
// offers it.
func (h *fixture) planned(by bot.Colleague, reference, press string) desk.Press {
	h.t.Helper()
	for _, b := range h.mustPress(by, about(desk.PressFollowUp, reference)).Form.Blocks {
		if row, ok := b.(desk.Row); ok {
			for _, one := range row.Menu {
				if one.Press.Name == press {
					return one.Press
				}
			}
		}
	}
	h.t.Fatalf("nothing planned can be %s", press)
	return desk.Press{}
}

func TestAPlannedReminderIsMoved(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	form := h.mustPress(holder, h.planned(holder, ref, desk.PressMove))
	golden.Compare(t, "testdata/form-move_reminder-en.txt", answerPicture(form))
	for input, value := range map[string]string{"time": "25:00", "day": "soon"} {
		if wrong := h.send(holder, form, desk.Values{input: {value}}); wrong.Errors[input] == "" {
			t.Errorf("%s %q is taken: %s", input, value, answerPicture(wrong))
		}
	}
	done := h.send(holder, form, desk.Values{"day": {"2026-12-01"}, "time": {"10:30"}})
	f := h.record(ref).FollowUp
	want := time.Date(2026, time.December, 1, 10, 30, 0, 0, geneva)
	if len(f.Own) != 1 || !f.Own[0].At.Equal(want) || f.Ledger[0].Reason != bot.ReasonMoved || f.Ledger[0].By != holder.ID {
		t.Errorf("own %v, ledger %v", f.Own, f.Ledger)
	}
	golden.Compare(t, "testdata/done-moved.txt", answerPicture(done))
	if _, err := h.press(holder, form.Form.Press); refusedAs(err) != "refused.reminder_gone" {
		t.Errorf("what is not planned any more is moved: %v", err)
	}
}

func TestRemindersAreStoppedAndTakenUp(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	stop := h.planned(holder, ref, desk.PressStop)
	if answer := h.mustPress(holder, stop); answer.Say != nil || answer.Form != nil {
		t.Errorf("the page is not asked for again: %s", answerPicture(answer))
	}
	if f := h.record(ref).FollowUp; len(f.Ledger) != 1 || f.Ledger[0].State != intake.ReminderStopped || f.Ledger[0].Key != stop.Value {
		t.Errorf("ledger %v", f.Ledger)
	}
	h.mustPress(holder, h.planned(holder, ref, desk.PressMute))
	if stopped := h.record(ref).FollowUp.Stopped; len(stopped) != 1 || stopped[0] != intake.StepAnswer {
		t.Fatalf("stopped are %v", stopped)
	}
	h.mustPress(holder, about(desk.PressUnmute, ref, string(intake.StepAnswer)))
	if stopped := h.record(ref).FollowUp.Stopped; len(stopped) != 0 {
		t.Errorf("stopped are %v", stopped)
	}
}

// TestFormsOfTheFollowUp draws the forms and submits them.
func TestFormsOfTheFollowUp(t *testing.T) {
	given := func(rec *intake.Record) {
		rec.Outcome = intake.OutcomeDelivered
		rec.Results = &intake.Results{Outputs: "Law drafted", PeopleTrained: 20, Women: 9, Instruments: []string{"water-convention"}, By: holder.ID, At: after(-3)}
	}
	for name, form := range map[string]struct {
		press string
		by    bot.Colleague
		rec   intake.Record
		in    desk.Values
		check func(intake.Record) bool
	}{
		"snooze-en": {desk.PressSnooze, holder, request(42, held(intake.StatusAccepted)), desk.Values{"day": {"2026-12-10"}}, func(r intake.Record) bool {
			return r.FollowUp.Snoozed.Equal(time.Date(2026, time.December, 10, 0, 0, 0, 0, geneva))
		}},
		"remind_me-fr": {desk.PressRemindMe, in("fr", other), request(42, held(intake.StatusAccepted)), desk.Values{"day": {"2027-05-03"}, "text": {"relire"}}, func(r intake.Record) bool {
			own := r.FollowUp.Own
			return len(own) == 1 && own[0].At.Equal(time.Date(2027, time.May, 3, 9, 0, 0, 0, geneva)) && own[0].Text == "relire" && own[0].By == other.ID
		}},
		"results-ru": {desk.PressResults, in("ru", holder), request(42, held(intake.StatusAnswered)), desk.Values{"people": {"40"}, "women": {"21"}, "instruments": {"water-convention"}, "next_step": {"mission"}}, func(r intake.Record) bool {
			return r.Results != nil && r.Results.PeopleTrained == 40 && r.Results.Women == 21 && r.Results.Instruments[0] == "water-convention" && r.Results.By == holder.ID
		}},
		"results-en": {desk.PressResults, triage, request(42, held(intake.StatusClosed), given), desk.Values{"people": {"21"}}, func(r intake.Record) bool {
			return r.Results.PeopleTrained == 21 && r.Results.Outputs == "Law drafted"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			ref := h.keep(form.rec)
			answer := h.mustPress(form.by, about(form.press, ref))
			golden.Compare(t, "testdata/form-"+name+".txt", answerPicture(answer))
			if done := h.send(form.by, answer, form.in); len(done.Errors) > 0 || !form.check(h.record(ref)) {
				t.Errorf("%s\n%+v", answerPicture(done), h.record(ref).FollowUp)
			}
		})
	}
}

func TestWhatIsWrongOnFollowUpFormsIsSaidBesideIt(t *testing.T) {
	for _, test := range []struct {
		press  string
		in     desk.Values
		beside string
	}{
		{desk.PressSnooze, desk.Values{}, "day"},
		{desk.PressSnooze, desk.Values{"day": {"2026-11-01"}}, "day"},
		{desk.PressRemindMe, desk.Values{"day": {"2126-11-01"}}, "day"},
		{desk.PressRemindMe, desk.Values{"day": {"2026-12-01"}, "time": {"noon"}}, "time"},
		{desk.PressResults, desk.Values{}, "outputs"},
		{desk.PressResults, desk.Values{"people": {"some"}}, "people"},
		{desk.PressResults, desk.Values{"people": {"-4"}}, "people"},
		{desk.PressResults, desk.Values{"people": {"4"}, "women": {"5"}}, "women"},
	} {
		h := open(t)
		ref := h.keep(request(42, held(intake.StatusAnswered)))
		before := h.record(ref).Revision
		answer := h.send(holder, h.mustPress(holder, about(test.press, ref)), test.in)
		if len(answer.Errors) != 1 || answer.Errors[test.beside] == "" || h.record(ref).Revision != before {
			t.Errorf("%s %v: %s", test.press, test.in, answerPicture(answer))
		}
	}
}

func TestTheRequesterMayBeReminded(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusWaiting)))
	h.mustPress(holder, about(desk.PressMayRemind, ref))
	if !h.record(ref).FollowUp.AskRequester {
		t.Error("nobody has agreed")
	}
}
