package registry_test

import (
	"slices"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

func absent() intake.Reading {
	r := reading(intake.KindAutoReply, "absence")
	r.Reference = first
	return r
}

// An automatic reply of the requester does not count as an answer. If it names a date, the
// requester is considered absent until the day after.
func TestAbsenceOfTheRequester(t *testing.T) {
	tests := []struct {
		name, text string
		back       time.Time // zero if no date is found
	}{
		{"until a day", "I am out of the office until 14 March 2027.", onDay(2027, time.March, 15)},
		{"until a day of this year", "I am on leave until 4 December.", onDay(2026, time.December, 5)},
		{"back on a day", "I will be back on 14 December 2026 and answer then.", onDay(2026, time.December, 15)},
		{"from and to", "I am away from 1 to 12 December 2026.", onDay(2026, time.December, 13)},
		{"in French", "Je suis absente jusqu’au 14 mars 2027 inclus.", onDay(2027, time.March, 15)},
		{"back, in French", "Je serai de retour le 14 décembre.", onDay(2026, time.December, 15)},
		{"from and to in French", "Je suis en congé du 1er au 12 décembre 2026.", onDay(2026, time.December, 13)},
		{"in Russian", "Нахожусь в отпуске до 14 декабря.", onDay(2026, time.December, 15)},
		{"from and to in Russian", "С 1 по 12 декабря 2026 г. нахожусь в командировке.", onDay(2026, time.December, 13)},
		{"no day", "I am out of the office with limited access to mail.", time.Time{}},
		{"no day, in answer to a programme of a year", "Automatic reply to: Technical assistance programme 2026. I am out of the office.", time.Time{}},
		{"no day, and our reference", "Your mail [TC-2026-00001] has arrived while I am out of the office.", time.Time{}},
		{"a day that is over", "I was away until 14 March 2020.", time.Time{}},
		{"a day in another century of patience", "This mailbox is closed until 14 March 2031.", time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			o.change(first, func(r *intake.Record) { r.Status, r.Before = intake.StatusWaiting, intake.StatusAccepted })
			done := o.arrives(letter("b@water.gov.kg", saying(tt.text), func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" }), absent())
			rec := o.record(first)
			if !rec.FollowUp.RequesterBack.Equal(tt.back) {
				t.Errorf("back on %s, want %s", rec.FollowUp.RequesterBack, tt.back)
			}
			if rec.Status != intake.StatusWaiting {
				t.Errorf("it counts as an answer: %s", rec.Status)
			}
			o.wantActions(ackFirst, assigned, informed)
			if noted := done.Outcome == bot.ArrivalJoined; noted == tt.back.IsZero() {
				t.Errorf("%s", done.Outcome)
			}
		})
	}
}

func TestAbsencesThatChangeNothing(t *testing.T) {
	const text = "I am out of the office until 14 March 2027."
	automatic := func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" }
	for name, change := range map[string]func(*intake.Message){
		"of a stranger": from("someone@other.example"), "of a forger": verdict("mx.unece.example; dmarc=fail"),
	} {
		o := opened(t)
		o.wantAside(o.arrives(letter("b@water.gov.kg", saying(text), automatic, change), absent()))
		if back := o.record(first).FollowUp.RequesterBack; !back.IsZero() {
			t.Errorf("%s: back on %s", name, back)
		}
	}
	o := opened(t)
	o.change(first, func(r *intake.Record) { r.Status = intake.StatusClosed })
	o.wantAside(o.arrives(letter("b@water.gov.kg", saying(text), automatic), absent()))
}

// The requester answers a summary of acknowledgements with its subject unchanged. The subject
// resembles an automatic reply, and its number was once read as the year of an absence until New
// Year. The answer must be recorded as mail of the requester.
func TestAnswerUnderTheSubjectOfOurSummary(t *testing.T) {
	o := realOffice(t)
	o.arrivesFrom("1-request")
	done := o.hears(letter("b@water.gov.kg", func(m *intake.Message) {
		m.From = o.record(first).Origin.AnswerTo
		m.Subject, m.InReplyTo = "Re: Acknowledgement of receipt: 5 messages [TC-2026-00042]", []string{o.action(ackFirst).Mail.MessageID}
	}, saying("Thank you for your message. Is there any news on our request?")))
	if history := o.happened(first); done.Outcome != bot.ArrivalJoined || !slices.Contains(history, bot.WhatMailIn) || !slices.Contains(history, bot.WhatChaser) {
		t.Errorf("%s, history %v", done.Outcome, history)
	}
	if back := o.record(first).FollowUp.RequesterBack; !back.IsZero() {
		t.Errorf("back on %s", back)
	}
}

// A mail of a known correspondent that only reads like an automatic reply or spam is set aside
// with a question to the desk. One marked as automatic is set aside without.
func TestReplyThatReadsLikeAMachineIsConfirmed(t *testing.T) {
	for kind, by := range map[intake.Kind]string{intake.KindAutoReply: "office@water.gov.kg", intake.KindSpam: "minister@water.gov.kg"} {
		o := opened(t)
		r := reading(kind, "receipt")
		r.Reference = first
		wantConfirmation(t, o.wantAside(o.arrives(letter("b@water.gov.kg", from(by), saying("We have received your message. For 20 people.")), r)))
		marked := o.arrives(letter("c@water.gov.kg", from(by), func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" }), r)
		if aside := o.wantAside(marked); len(aside.Doubts) > 0 {
			t.Errorf("a marked %s asks: %+v", kind, aside.Doubts)
		}
	}
}

func TestRequesterIsRemindedAfterTheReturnOnly(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	question := answerTo("office@water.gov.kg", "For how many people?")
	question.Purpose = bot.PurposeAsk
	c.must(holder, ref, question)
	c.must(holder, ref, bot.AskRequester{})
	away := absent()
	away.Reference = ref
	done := c.arrives(letter("b@water.gov.kg", saying("I am on leave until 14 April 2026."), func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" }), away,
		func(e *bot.MailArrived) { e.ReceivedAt = c.Options.Now() })
	if done.Outcome != bot.ArrivalJoined {
		t.Fatalf("%s", done.Outcome)
	}
	reminders := func() (n int) {
		for _, key := range c.keys() {
			if a := c.action(key); a.Kind == bot.ActionRemind && a.Mail.To[0].Address == "office@water.gov.kg" {
				n++
			}
		}
		return n
	}
	c.until(ref, time.Date(2026, time.April, 14, 23, 0, 0, 0, geneva))
	if n := reminders(); n != 0 {
		t.Errorf("%d reminders during the absence", n)
	}
	c.until(ref, time.Date(2026, time.April, 16, 0, 0, 0, 0, geneva))
	if n := reminders(); n == 0 {
		t.Error("no reminder after the return")
	}
}
