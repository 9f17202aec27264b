package registry_test

import (
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// A colleague accepts a request and mentions their absence in the same mail, which is not marked
// as automatic. The mail must not be taken for an automatic reply.
func TestAColleaguesAnswerThatReadsLikeAnAbsenceIsNotLost(t *testing.T) {
	for name, tt := range map[string]struct {
		text   string
		mark   func(*intake.Message)
		status intake.Status
		kept   bool
	}{
		"the owner accepts":             {"Accept. I am out of the office until Monday and shall answer then.", nil, intake.StatusAccepted, true},
		"nothing is asked for":          {"I am out of the office until Monday.", nil, intake.StatusAssigned, true},
		"a program says that it is one": {"Accept. I am out of the office until Monday.", func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" }, intake.StatusAssigned, false},
	} {
		t.Run(name, func(t *testing.T) {
			o := assignment(t)
			m := letter("b@unece.example", from(adviser), inReplyTo(o.action(assigned).Mail.MessageID))
			m.Text.Content = tt.text
			if tt.mark != nil {
				tt.mark(m)
			}
			before := len(o.store.Written)
			done := o.arrives(m, reading(intake.KindAutoReply, "absence"))
			if kept := done.Outcome == bot.ArrivalJoined; kept != tt.kept || o.record(first).Status != tt.status {
				t.Errorf("%s, and the record is %s", done.Outcome, o.record(first).Status)
			}
			if tt.status == intake.StatusAssigned && len(o.store.Written) != before {
				t.Error("a program that hides what it is was written to")
			}
			if history := o.store.Histories[first]; tt.kept && !strings.Contains(history[1].Reason, "out of the office") {
				t.Errorf("the history does not have the words: %+v", history)
			}
		})
	}
}

// A mail is taken for a bounce by its text alone. It may be a letter that was sent again, so
// that the desk decides.
func TestALetterThatTellsOfABounceIsNotLost(t *testing.T) {
	o := open(t)
	done := o.arrives(letter("a@water.gov.kg"), reading(intake.KindBounce, "notice of a mail system", intake.FieldKind))
	if done.Outcome != bot.ArrivalRecorded || o.record(first).Status != intake.StatusNeedsTriage {
		t.Errorf("%+v", done)
	}
	o.wantActions()
}

func TestAnAnswerThatTellsOfABounceWaitsForTheDesk(t *testing.T) {
	for name, found := range map[string]func(o *office, m *intake.Message){
		"by its thread":    func(o *office, m *intake.Message) { m.InReplyTo = []string{o.action(ackFirst).Mail.MessageID} },
		"by our reference": func(_ *office, m *intake.Message) { m.Subject = "Re: Request [tc-2026-00042]" },
		"from a colleague's": func(_ *office, m *intake.Message) {
			m.Subject, m.From.Address = "Re: Request [TC-2026-00042]", "minister@water.gov.kg"
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := opened(t)
			m := letter("b@water.gov.kg")
			found(o, m)
			wantConfirmation(t, o.wantAside(o.arrives(m, reading(intake.KindBounce, "notice of a mail system"))))
		})
	}
}

func TestANoticeOfAStrangerWritesIntoNoRecord(t *testing.T) {
	o := opened(t)
	m := letter("b@other.example", from("someone@other.example"))
	m.Subject = "Undelivered: TC-2026-00042"
	o.wantAside(o.arrives(m, reading(intake.KindBounce, "notice of a mail system")))
	o.wantHistory(first, "recorded")
}
