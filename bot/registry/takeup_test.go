package registry_test

import (
	"slices"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// answeredOffice returns an office with one request that was answered by mail. It uses the
// embedded policy.
func answeredOffice(t *testing.T) *office {
	o := open(t, func(o *registry.Options) { o.Policy = policy() })
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.arrives(letter("answer@unece.example", from(adviser), to("office@water.gov.kg", "tc@desk.unece.example"), saying("Please find our answer.")), quoting(first))
	if status := o.record(first).Status; status != intake.StatusAnswered {
		t.Fatalf("the request is %s", status)
	}
	return o
}

// takeUpDue returns when the decision to take a record up again is due, or zero.
func takeUpDue(rec intake.Record) time.Time {
	at, _ := bot.DueAt(rec.Plan, intake.StepTakeUp)
	return at
}

// When the requester writes after our answer, the owner has to decide by a date whether to take
// the request up again. Mere thanks do not count.
func TestRequesterWritesAfterTheAnswer(t *testing.T) {
	tests := []struct {
		name, text, words string // words is the quote in the question, or "" if there is no question
	}{
		{"a question", "Thank you for your answer. The date suits us. Could you still tell us who bears the costs? Regards", "Could you still tell us who bears the costs?"},
		{"a question in French", "Merci pour votre réponse. L’entretien nous convient. Qui prendra en charge les frais ?", "Qui prendra en charge les frais ?"},
		{"a question in Russian", "Благодарим за ответ. Просим уточнить, кто оплатит проезд.", "Просим уточнить, кто оплатит проезд."},
		{"a plea without thanks", "We still need the terms of reference.", "We still need the terms of reference."},
		{"news", "The minister has signed the decree.", "The minister has signed the decree."},
		{"other days", "Thank you. We must postpone the mission to 10-14 May 2027.", "Thank you. We must postpone the mission to 10-14 May 2027."},
		{"a chaser", "Thank you for your first reply. Is there any news?", "Is there any news?"},
		{"thanks", "Dear Maria,\n\nThank you very much for your answer.\n\nAmira", ""},
		{"thanks in French", "Chère Maria,\n\nNous avons bien reçu votre réponse et vous en remercions.", ""},
		{"thanks in Russian", "Благодарим за подробный ответ.", ""},
		{"formal thanks", "The Ministry thanks you for the answer, which was well received. Please accept the assurances of our highest consideration.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := answeredOffice(t)
			o.arrives(letter("c@water.gov.kg", saying(tt.text)), quoting(first))
			rec := o.record(first)
			asked := slices.IndexFunc(rec.Doubts, func(d intake.Doubt) bool { return d.Field == intake.FieldTakeUp })
			switch {
			case tt.words == "" && (asked >= 0 || !takeUpDue(rec).IsZero()):
				t.Errorf("asked %+v, due %s", rec.Doubts, takeUpDue(rec))
			case tt.words != "" && (asked < 0 || rec.Doubts[asked].Reason.Args["words"] != tt.words):
				t.Errorf("asked %+v", rec.Doubts)
			case tt.words != "" && !takeUpDue(rec).Equal(noon.AddDate(0, 0, 1)):
				t.Errorf("due %s", takeUpDue(rec))
			case tt.words != "" && rec.FollowUp.Next.Step != intake.StepTakeUp:
				t.Errorf("the next reminder is %+v", rec.FollowUp.Next)
			case rec.Status != intake.StatusAnswered:
				t.Errorf("the request is %s", rec.Status)
			}
		})
	}
}

// The question is settled by its buttons, by any step and by a further answer. Afterwards no
// step is due for it.
func TestWhetherARequestIsTakenUpAgainIsSettled(t *testing.T) {
	tests := []struct {
		name   string
		settle func(o *office)
		status intake.Status
	}{
		{"taken up", func(o *office) {
			o.must(holder, first, bot.Settle{Field: intake.FieldTakeUp, Value: "ask_again"})
		}, intake.StatusAccepted},
		{"taken up by the step", func(o *office) { o.must(holder, first, bot.Advance{Verb: intake.VerbAskAgain}) }, intake.StatusAccepted},
		{"taken up by mail", func(o *office) { o.replies("Accept") }, intake.StatusAccepted},
		{"nothing more to do", func(o *office) {
			o.must(holder, first, bot.Settle{Field: intake.FieldTakeUp, Value: "nothing_more"})
		}, intake.StatusAnswered},
		{"closed", func(o *office) {
			o.must(holder, first, bot.Advance{Verb: intake.VerbClose, Outcome: intake.OutcomeAgreed, Reason: "agreed"})
		}, intake.StatusClosed},
		{"answered by mail", func(o *office) {
			o.arrives(letter("d@unece.example", from(adviser), to("office@water.gov.kg", "tc@desk.unece.example"), saying("The project bears the costs.")), quoting(first))
		}, intake.StatusAnswered},
		{"answered in Slack", func(o *office) {
			o.must(holder, first, bot.Reply{
				Purpose: bot.PurposeAnswer, Subject: "Costs", Text: "The project bears the costs.", Language: "en",
				To: []intake.Address{{Address: "office@water.gov.kg"}},
			})
		}, intake.StatusAnswered},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := answeredOffice(t)
			o.arrives(letter("c@water.gov.kg", saying("Who bears the costs?")), quoting(first))
			tt.settle(o)
			rec := o.record(first)
			if rec.Status != tt.status || doubtOn(rec, intake.FieldTakeUp) != nil || !takeUpDue(rec).IsZero() || rec.FollowUp.Next.Step == intake.StepTakeUp {
				t.Errorf("%s, doubts %+v, due %s, next %+v", rec.Status, rec.Doubts, takeUpDue(rec), rec.FollowUp.Next)
			}
		})
	}
}
