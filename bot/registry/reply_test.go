package registry_test

import (
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/internal/phrases"
)

// assignment returns an office in which an assignment was just sent to the adviser.
func assignment(t *testing.T, change ...func(*registry.Options)) *office {
	o := open(t, change...)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	return o
}

// replies handles the adviser's answer to the assignment mail.
func (o *office) replies(text string, change ...func(*intake.Message)) bot.Committed {
	o.t.Helper()
	m := letter("b@unece.example", append([]func(*intake.Message){
		from(adviser), inReplyTo(o.action(assigned).Mail.MessageID),
		func(m *intake.Message) { m.Text = intake.Text{Content: text} },
	}, change...)...)
	return o.arrives(m, quoting(first))
}

func TestOwnerMovesARequestOnByMail(t *testing.T) {
	tests := []struct {
		name, text string
		status     intake.Status
		owner      string
		reason     string
	}{
		{"accept", "Accept", intake.StatusAccepted, "ra-environment", ""},
		{"accept in a sentence", "Dear all,\n\nI accept. The mission can be in March.", intake.StatusAccepted, "ra-environment", "The mission can be in March."},
		{"accept as the mail writes it", "“Accept”", intake.StatusAccepted, "ra-environment", ""},
		{"accept in French", "Bonjour,\nJ’accepte la demande.", intake.StatusAccepted, "ra-environment", ""},
		{"accept in Russian", "ПРИНИМАЮ В РАБОТУ", intake.StatusAccepted, "ra-environment", ""},
		{"decline", "Decline: on mission until May", intake.StatusNeedsTriage, intake.ToDesk, "on mission until May"},
		{"decline, reason below", "Je décline :\nje suis en mission.", intake.StatusNeedsTriage, intake.ToDesk, "je suis en mission."},
		{"decline in Russian", "Не могу принять, нахожусь в отпуске", intake.StatusNeedsTriage, intake.ToDesk, "нахожусь в отпуске"},
		{"decline of an object", "Sorry, we have to decline this one: PPP missions are not in our work plan.", intake.StatusNeedsTriage, intake.ToDesk, "PPP missions are not in our work plan."},
		{"hand over to the own division", "Please pass this on to the division, I am on mission.", intake.StatusAssigned, "environment", "the division, I am on mission."},
		{"hand over to the own division in French", "À transmettre à la division, je suis en mission.", intake.StatusAssigned, "environment", "la division, je suis en mission."},
		{"hand over to the own division in Russian", "Прошу передать в отдел.", intake.StatusAssigned, "environment", "в отдел."},
		{"hand over, and to whom not", "Hand over: not to Trade Division but to Sustainable Energy Division.", intake.StatusAssigned, "energy", "not to Trade Division but to Sustainable Energy Division."},
		{"hand over, and to whom not, in Russian", "Прошу передать: не в Отдел окружающей среды, а в Отдел устойчивой энергетики.", intake.StatusAssigned, "energy",
			"не в Отдел окружающей среды, а в Отдел устойчивой энергетики."},
		{"hand over by id", "Hand over to ra-energy", intake.StatusAssigned, "ra-energy", "ra-energy"},
		{"hand over by name", "À transmettre à : Division de l’énergie durable (question d’environnement mineure)", intake.StatusAssigned, "energy",
			"Division de l’énergie durable (question d’environnement mineure)"},
		{"hand over in Russian", "Прошу передать: Отдел устойчивой энергетики", intake.StatusAssigned, "energy", "Отдел устойчивой энергетики"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := assignment(t)
			o.replies(tt.text)
			rec := o.record(first)
			if rec.Status != tt.status || rec.Owner != tt.owner {
				t.Errorf("%s held by %s, want %s held by %s", rec.Status, rec.Owner, tt.status, tt.owner)
			}
			history := o.store.Histories[first]
			if last := history[len(history)-1]; last.Reason != tt.reason || last.Actor != "ra-environment" {
				t.Errorf("history ends with %+v, want reason %q", last, tt.reason)
			}
		})
	}
}

// Colleagues are asked to leave the token in their reply. A token among their own words must not
// count as the reason for a step, and must not appear in the history.
func TestTokenLeftInAReplyIsNoneOfItsWords(t *testing.T) {
	for text, want := range map[string]struct {
		status intake.Status
		reason string
	}{
		"Decline":                          {intake.StatusAssigned, "Decline"},
		"Decline: on mission until May":    {intake.StatusNeedsTriage, "on mission until May"},
		"Accept\nThe mission can be soon.": {intake.StatusAccepted, "The mission can be soon."},
	} {
		o := assignment(t)
		token := o.record(first).Tokens["ra-environment"]
		o.replies(text + "\n\n" + o.Phrases.Text("en", "assign.token", phrases.Values{"token": token}))
		if status := o.record(first).Status; status != want.status {
			t.Errorf("%q: the record is %s, want %s", text, status, want.status)
		}
		history := o.store.Histories[first]
		if last := history[len(history)-1]; last.Reason != want.reason {
			t.Errorf("%q: the history ends with %q, want %q", text, last.Reason, want.reason)
		}
		for _, entry := range history {
			if strings.Contains(entry.Reason, token) {
				t.Errorf("%q: the history shows the token: %q", text, entry.Reason)
			}
		}
	}
}

// A division that passes a request on to "the division" means the only other division that
// supports it.
func TestADivisionPassesARequestOnToTheOnlyOneThatSupportsIt(t *testing.T) {
	for name, tt := range map[string]struct {
		support []string
		owner   string
	}{
		"one besides itself": {[]string{"environment", "energy"}, "energy"},
		"several":            {[]string{"energy", "transport"}, "environment"},
		"none":               {[]string{}, "environment"},
	} {
		t.Run(name, func(t *testing.T) {
			o := assignment(t)
			o.replies("Please pass this on to the division.")
			o.change(first, func(r *intake.Record) { r.Routing.DivisionsSupport = tt.support })
			told := o.action("assign:TC-2026-00042:2:environment").Mail.MessageID
			o.arrives(letter("c@unece.example", from("environment@unece.example"), inReplyTo(told), saying("Please pass this on to the division.")), quoting(first))
			if rec := o.record(first); rec.Owner != tt.owner {
				t.Errorf("it is with %s, want %s", rec.Owner, tt.owner)
			}
		})
	}
}

func TestWhoeverARequestIsHandedToIsWrittenTo(t *testing.T) {
	o := assignment(t)
	o.replies("Hand over to ra-energy")
	mail := o.action("assign:TC-2026-00042:2:ra-energy").Mail
	token := o.record(first).Tokens["ra-energy"]
	if mail.To[0].Address != "ra-energy@unece.example" || token == "" || !strings.Contains(mail.Text, token) {
		t.Errorf("written to %v with token %q", mail.To, token)
	}
}

func TestWordsThatMoveNothing(t *testing.T) {
	tests := []struct {
		name, text string
		change     func(*intake.Message)
	}{
		{"without the token", "Accept", func(m *intake.Message) { m.InReplyTo = nil }},
		{"with the token of another mail", "Accept", inReplyTo("assign.tc-2026-00042.token2@desk.unece.example")},
		{"from a colleague of the owner", "Accept", from("energy@unece.example")},
		{"from who is informed", "Accept", from("environment@unece.example")},
		{"from outside the directory", "Accept", from("j.colleague@staff.example")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := assignment(t)
			if tt.change == nil {
				tt.change = func(*intake.Message) {}
			}
			o.replies(tt.text, tt.change)
			if status := o.record(first).Status; status != intake.StatusAssigned {
				t.Errorf("record is %s", status)
			}
			o.wantHistory(first, "recorded", "note")
			if note := o.store.Histories[first][1]; note.Reason != tt.text {
				t.Errorf("noted %q", note.Reason)
			}
			o.wantActions(ackFirst, assigned, informed)
		})
	}
}

// If the owner's mail contains no instruction, it is noted, and the owner is told that the
// request still waits for acceptance. They might believe that they have accepted it.
func TestOwnerIsToldThatTheRequestStillWaits(t *testing.T) {
	for lang, texts := range map[string][]string{
		"en": {"I know this ministry well.", "Acceptance rates are low there.", "One.\nTwo.\nThree.\nFour.\nAccept", "Noted with thanks."},
		"fr": {"Je connais bien ce ministère."},
		"ru": {"Я хорошо знаю это министерство."},
	} {
		for _, text := range texts {
			o := assignment(t, speaking(lang))
			in := quoting(first)
			in.Language = lang
			o.arrives(letter("b@unece.example", from(adviser), inReplyTo(o.action(assigned).Mail.MessageID), saying(text)), in)
			o.wantHistory(first, "recorded", "note")
			told := o.action(lastOf(o.keys(), "inform:TC-2026-00042:")).Mail
			if want := o.Phrases.Text(lang, "echo.still_open", phrases.Values{"reference": first}); !strings.Contains(told.Text, want) {
				t.Errorf("%q is answered\n%s\nwant\n%s", text, told.Text, want)
			}
			if status := o.record(first).Status; status != intake.StatusAssigned {
				t.Errorf("%q: the record is %s", text, status)
			}
		}
	}
	o := opened(t) // already accepted
	o.replies("I know this ministry well.")
	o.wantActions(ackFirst, assigned, informed)
}

func TestPlainConsentAccepts(t *testing.T) {
	for _, text := range []string{
		"Will do.\n\nAnna", "OK, will do", "On it!", "I'll handle it.", "Leave it with me, thanks.",
		"Je m’en occuperai.", "D’accord, ce sera fait.", "Беру на себя.", "Хорошо, сделаю.",
	} {
		o := assignment(t)
		o.replies(text)
		if status := o.record(first).Status; status != intake.StatusAccepted {
			t.Errorf("%q: the record is %s", text, status)
		}
	}
	for _, text := range []string{"Will do my best to find somebody.", "Will do if the budget allows."} {
		o := assignment(t)
		o.replies(text)
		if status := o.record(first).Status; status != intake.StatusAssigned {
			t.Errorf("%q: the record is %s", text, status)
		}
	}
}

func TestTokenInTheTextIsEnough(t *testing.T) {
	o := assignment(t)
	o.replies("Accept\n\n> "+o.record(first).Tokens["ra-environment"], inReplyTo())
	if status := o.record(first).Status; status != intake.StatusAccepted {
		t.Errorf("record is %s", status)
	}
}

func TestReplyThatCannotBeCarriedOutIsAnswered(t *testing.T) {
	tests := []struct {
		name   string
		text   map[string]string
		before func(*intake.Record)
	}{
		{"reason missing", map[string]string{"en": "Decline", "fr": "Je décline", "ru": "Отклоняю"}, nil},
		{"nobody named", map[string]string{"en": "Hand over to somebody", "fr": "À transmettre à quelqu’un", "ru": "Передать кому-либо"}, nil},
		{"closed", map[string]string{"en": "Accept", "fr": "J’accepte", "ru": "Принимаю"},
			func(r *intake.Record) { r.Status = intake.StatusClosed }},
	}
	for _, tt := range tests {
		for lang, text := range tt.text {
			o := assignment(t, speaking(lang))
			if tt.before != nil {
				o.change(first, tt.before)
			}
			o.replies(text)
			o.wantHistory(first, "recorded", "note")
			told := o.action(lastOf(o.keys(), "inform:TC-2026-00042:"))
			wantGolden(t, "refused-"+strings.ReplaceAll(tt.name, " ", "-")+"."+lang, shown(told))
		}
	}
}

// lastOf returns the last key with the prefix group, other than informed.
func lastOf(keys []string, group string) string {
	keys = slices.DeleteFunc(keys, func(k string) bool { return !strings.HasPrefix(k, group) || k == informed })
	return keys[len(keys)-1]
}

// A closing and a name are no reason. The adviser is asked for one, and the record does not
// change.
func TestADeclineWithAClosingAloneIsAskedForItsReason(t *testing.T) {
	o := assignment(t)
	o.replies("Decline\n\nBest, Emil")
	o.wantHistory(first, "recorded", "note")
	asked := slices.ContainsFunc(o.keys(), func(key string) bool {
		a := o.action(key)
		return a.Kind == bot.ActionInform && strings.Contains(a.Mail.Text, o.Phrases.Text("en", "step.needs_reason", nil))
	})
	if !asked {
		t.Errorf("nobody is asked: %v", o.keys())
	}
}
