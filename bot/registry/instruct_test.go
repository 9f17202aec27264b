package registry_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// echoed returns the mail that answers the adviser's reply, or nil.
func (o *office) echoed() *bot.Action {
	for _, key := range o.keys() {
		if a := o.action(key); a.Mail != nil && a.Mail.InReplyTo == "b@unece.example" {
			return &a
		}
	}
	return nil
}

func onDay(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, geneva)
}

func TestAdviserSaysInPlainWordsWhatToDo(t *testing.T) {
	may, thirdOfMay := onDay(2027, time.May, 1), onDay(2027, time.May, 3)
	tests := []struct {
		name, text string
		status     intake.Status
		owner      string
		snoozed    time.Time
		remind     time.Time
	}{
		{name: "accept below a greeting in the line", text: "Dear all, I accept this request. More soon.", status: intake.StatusAccepted},
		{name: "accept with thanks", text: "Thank you, happy to accept!", status: intake.StatusAccepted},
		{name: "accept gladly in French", text: "Bonjour, j’accepte avec plaisir.", status: intake.StatusAccepted},
		{name: "accept gladly in Russian", text: "Добрый день, принимаем с удовольствием.", status: intake.StatusAccepted},
		{name: "accept, a sentence after a remark", text: "I know this ministry well. I accept.", status: intake.StatusAccepted},
		{name: "accept, but later", text: "I accept, but not before May.", status: intake.StatusAccepted, snoozed: may},
		{name: "accept and remind", text: "Accept.\nRemind me on 3 May 2027 to call the ministry.", status: intake.StatusAccepted, remind: thirdOfMay},
		{name: "later alone", text: "Not before May", status: intake.StatusAssigned, snoozed: may},
		{name: "later in French", text: "Pas avant mai, merci.", status: intake.StatusAssigned, snoozed: may},
		{name: "later in Russian", text: "Не раньше мая", status: intake.StatusAssigned, snoozed: may},
		{name: "until a day, in French", text: "Reporter au 3 mai 2027", status: intake.StatusAssigned, snoozed: thirdOfMay},
		{name: "until a day, in Russian", text: "Отложить до 3 мая 2027 г.", status: intake.StatusAssigned, snoozed: thirdOfMay},
		{name: "a reminder in some time", text: "Remind me in two weeks to call", status: intake.StatusAssigned, remind: onDay(2026, time.December, 9)},
		{name: "a reminder in French", text: "Rappelez-moi le 3 mai 2027 d’appeler le ministère", status: intake.StatusAssigned, remind: thirdOfMay},
		{name: "a reminder in Russian", text: "Напомните мне 3 мая 2027 года позвонить в министерство", status: intake.StatusAssigned, remind: thirdOfMay},
		{name: "pass", text: "Please pass this to ra-energy, they know the plant.", status: intake.StatusAssigned, owner: "ra-energy"},
		{name: "pass in French", text: "Merci de transmettre à ra-energy", status: intake.StatusAssigned, owner: "ra-energy"},
		{name: "decline in French, with its reason", text: "Chère Anna, je ne peux pas accepter : mission jusqu’en mai", status: intake.StatusNeedsTriage, owner: intake.ToDesk},
		{name: "a reason with a condition in it", text: "Decline: we could only come if funds were found", status: intake.StatusNeedsTriage, owner: intake.ToDesk},
		{name: "answered", text: "I have answered on 20 November.", status: intake.StatusAnswered},
		{name: "answered in French", text: "Nous avons déjà répondu le 20 novembre", status: intake.StatusAnswered},
		{name: "answered in Russian", text: "Ответ направлен 20 ноября", status: intake.StatusAnswered},
		{name: "a note", text: "Note: I know the minister", status: intake.StatusAssigned},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := assignment(t)
			o.replies(tt.text)
			rec := o.record(first)
			owner := tt.owner
			if owner == "" {
				owner = "ra-environment"
			}
			if rec.Status != tt.status || rec.Owner != owner {
				t.Errorf("%s held by %s, want %s held by %s", rec.Status, rec.Owner, tt.status, owner)
			}
			if !rec.FollowUp.Snoozed.Equal(tt.snoozed) {
				t.Errorf("snoozed until %s, want %s", rec.FollowUp.Snoozed, tt.snoozed)
			}
			var reminded time.Time
			for _, own := range rec.FollowUp.Own {
				reminded = own.At
			}
			if !reminded.Equal(tt.remind) {
				t.Errorf("reminded on %s, want %s", reminded, tt.remind)
			}
			if said := o.echoed(); said == nil || said.Mail.To[0].Address != adviser || !said.Mail.Automatic {
				t.Errorf("what was done is not said back: %v", o.keys())
			}
		})
	}
}

// TestManyWaysToSayAStep: each text is understood as the named step.
func TestManyWaysToSayAStep(t *testing.T) {
	for status, texts := range map[intake.Status][]string{
		intake.StatusAccepted: {
			"Accepted, thanks.", "OK, I'll take it.", "I’m happy to take this on", "Yes - I accept.", "I accept the assignment.",
			"I accept and will call them tomorrow.", "Hi Anna,\nI'll take this one.\nBest", "Agreed.", "Confirmed, I accept",
			"J’accepte cette mission.", "Je m’en occupe.", "C’est d’accord, j’accepte.", "Oui, je m’en charge",
			"Согласен", "Да, принимаю.", "Принимаю запрос к исполнению.", "Готовы принять", "Возьмём в работу",
		},
		intake.StatusNeedsTriage: {
			"Sorry, I have to decline: on leave", "Unfortunately I cannot take this on, because I am on mission", "Unfortunately, we decline. No capacity.",
			"Malheureusement, je dois décliner : congé", "Désolé, je ne peux pas m’en charger, je suis en mission.",
			"К сожалению, не могу принять: командировка", "Отказ: не наш профиль",
		},
		intake.StatusAnswered: {
			"We replied yesterday", "Answer sent on 3 November", "Réponse envoyée le 3 novembre", "Мы уже ответили",
		},
	} {
		for _, text := range texts {
			o := assignment(t)
			o.replies(text)
			if got := o.record(first).Status; got != status {
				t.Errorf("%q: %s, want %s", text, got, status)
			}
		}
	}
}

// Texts that resemble an instruction but are none, or are not clear, perform no step. If it may
// be an instruction, the adviser is asked. Otherwise the adviser is told that the text was noted
// and that the request still waits.
func TestInstructionsThatAreNotPlain(t *testing.T) {
	tests := []struct {
		name, text string
		asked      bool
	}{
		{"an accept that goes on", "I accept that this is not for us", true},
		{"an accept that goes on in French", "J’accepte que ce ne soit pas pour nous", true},
		{"an accept that goes on in Russian", "Принимаю к сведению, что это не к нам", true},
		{"on a condition", "Accept, but only if they pay the travel.", true},
		{"on a condition in French", "J’accepte, si le voyage est payé.", true},
		{"on a condition in Russian", "Принимаем, если оплатят проезд.", true},
		{"a decline with a way out", "Decline unless they pay", true},
		{"two that exclude each other", "Accept\nor rather\nDecline", true},
		{"further on in a sentence", "The ministry is small, so I accept.", true},
		{"to judge", "Not for us to judge", true},
		{"a day that is missing", "Not before the ministry has paid", true},
		{"a day that is over", "Not before 3 May 2020", true},
		{"a question", "Should I accept?", true},
		{"what somebody else declined, in French", "Refusé par le ministère l’an dernier", true},
		{"thanks", "Please accept my thanks for the file.", false},
		{"thanks in French", "Veuillez accepter mes excuses pour le retard.", false},
		{"greetings in Russian", "Передайте привет министру.", false},
		{"a decline of something", "Decline in trade is severe there.", false},
		{"a remark", "I know this ministry well.", false},
		{"what the ministry does", "They declined our last offer.", false},
		{"what is acceptable", "Acceptance rates are low there.", false},
		{"an absence", "I am out of the office until May.", false},
		{"quoted below", "Fine.\nOne.\nTwo.\nThree.\nAccept", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := assignment(t)
			o.replies(tt.text)
			rec := o.record(first)
			if rec.Status != intake.StatusAssigned || rec.Owner != "ra-environment" || !rec.FollowUp.Snoozed.IsZero() || len(rec.FollowUp.Own) > 0 {
				t.Errorf("%s held by %s, %+v", rec.Status, rec.Owner, rec.FollowUp)
			}
			o.wantHistory(first, "recorded", "note")
			noted := slices.ContainsFunc([]string{"en", "fr", "ru"}, func(lang string) bool {
				return strings.Contains(o.echoed().Mail.Text, o.Phrases.Text(lang, "echo.still_open", phrases.Values{"reference": first}))
			})
			if asked := !noted; asked != tt.asked {
				t.Errorf("asked back: %t, want %t", asked, tt.asked)
			}
		})
	}
}

func TestEchoesInEveryLanguage(t *testing.T) {
	for lang, text := range map[string]string{
		"en": "Accept, but not before May.\nRemind me on 3 May 2027 to call.",
		"fr": "J’accepte, mais pas avant mai.\nMe rappeler le 3 mai 2027 d’appeler.",
		"ru": "Принимаю, но не раньше мая.\nНапомните мне 3 мая 2027 года позвонить.",
	} {
		o := assignment(t, speaking(lang))
		o.replies(text)
		wantGolden(t, "echo."+lang, shown(*o.echoed()))
	}
	for lang, text := range map[string]string{"en": "Accept, if they pay.", "fr": "J’accepte, s’ils paient.", "ru": "Приму, если оплатят, а так не могу принять."} {
		o := assignment(t, speaking(lang))
		o.replies(text)
		wantGolden(t, "unsure."+lang, shown(*o.echoed()))
	}
}

// Colleagues are answered in the language of their mail. The holder of a post with several
// languages used to be answered in English.
func TestAColleagueIsAnsweredInTheLanguageOfTheirMail(t *testing.T) {
	unread := func(language string, doubts ...intake.Field) intake.Reading {
		r := reading(intake.KindFollowUp, "carries our reference", doubts...)
		r.Reference, r.Language = first, language
		return r
	}
	for name, tt := range map[string]struct {
		text    string
		reading intake.Reading
		lang    string
	}{
		"accepts in French":                {"J’accepte cette mission.", unread("en"), "fr"},
		"accepts in Russian":               {"Принимаю", unread("en"), "ru"},
		"leaves it open in French":         {"J’accepte, s’ils paient.", unread("en"), "fr"},
		"cannot hand it over, in Russian":  {"Передать кому-нибудь", unread("en"), "ru"},
		"in words of any language":         {"OK. Note: 3 x 4", unread("fr"), "fr"},
		"in a language that nobody reads":  {"Note: 3 x 4", unread("ky"), "en"},
		"in a language that nothing tells": {"Note: 3 x 4", unread("fr", intake.FieldLanguage), "en"},
	} {
		o := assignment(t)
		m := letter("b@unece.example", from(adviser), inReplyTo(o.action(assigned).Mail.MessageID), saying(tt.text))
		o.arrives(m, tt.reading)
		if back := o.echoed(); back == nil || back.Mail.Language != tt.lang {
			t.Errorf("%s: %+v", name, back)
		}
	}
}

func TestHalfOfWhatWasAskedIsSaidBackWithTheRest(t *testing.T) {
	o := assignment(t)
	o.replies("Accept.\nRemind me some day.")
	text := o.echoed().Mail.Text
	if o.record(first).Status != intake.StatusAccepted || !strings.Contains(text, "- You have accepted it.") || !strings.Contains(text, "name the day") {
		t.Errorf("%s: %s", o.record(first).Status, text)
	}
}

// Only the owner is obeyed and answered, and only with the token of the assignment.
func TestNobodyElseIsObeyed(t *testing.T) {
	for name, change := range map[string]func(*intake.Message){
		"without the token":    func(m *intake.Message) { m.InReplyTo = nil },
		"a colleague":          from("energy@unece.example"),
		"a stranger":           from("someone@other.example"),
		"a requester":          from("office@water.gov.kg"),
		"a forged adviser":     verdict("mx.unece.example; dmarc=fail"),
		"a host that may not":  verdict("mx.unece.example; spf=fail; dkim=none"),
		"an automatic reply":   func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" },
		"our own mail":         func(m *intake.Message) { m.Signs.LoopMark = true },
		"an empty return path": func(m *intake.Message) { m.Signs.NullReturn = true },
	} {
		for _, text := range []string{"Decline: no time", "Not before May", "Remind me on 3 May 2027", "I have answered", "Accept if paid"} {
			o := assignment(t)
			m := letter("b@unece.example", from(adviser), inReplyTo(o.action(assigned).Mail.MessageID), func(m *intake.Message) { m.Text.Content = text }, change)
			r := quoting(first)
			if m.Signs.AutoSubmitted != "" || m.Signs.NullReturn {
				r = reading(intake.KindAutoReply, "automatic")
			}
			o.arrives(m, r)
			rec := o.record(first)
			if rec.Status != intake.StatusAssigned || !rec.FollowUp.Snoozed.IsZero() || len(rec.FollowUp.Own) > 0 {
				t.Errorf("%s obeyed: %q", name, text)
			}
			if o.echoed() != nil {
				t.Errorf("%s is answered: %q", name, text)
			}
		}
	}
}

func TestForgedAdviserIsShown(t *testing.T) {
	o := assignment(t)
	o.replies("Accept", verdict("mx.unece.example; dmarc=fail"))
	o.wantHistory(first, "recorded", "forged")
}

func TestAnswerToAnEchoIsObeyed(t *testing.T) {
	o := assignment(t)
	o.replies("Accept if they pay")
	back := o.echoed().Mail
	m := letter("c@unece.example", from(adviser), inReplyTo(back.MessageID), func(m *intake.Message) {
		m.References, m.Text.Content = append(slices.Clone(back.References), back.MessageID), "Accept"
	})
	m.References = append([]string{o.action(assigned).Mail.MessageID}, m.References...)
	o.arrives(m, quoting(first))
	if status := o.record(first).Status; status != intake.StatusAccepted {
		t.Errorf("%s", status)
	}
}

// A reply to a reminder is obeyed like a reply to the assignment.
func TestAnswerToAReminderIsObeyed(t *testing.T) {
	o := assignment(t)
	o.change(first, func(r *intake.Record) {
		r.FollowUp.Own = []intake.Reminder{{Key: "own.1", Step: intake.StepOwn, To: "ra-environment", At: noon, Text: "look at it"}}
	})
	if _, err := o.Wake(context.Background(), first); err != nil {
		t.Fatal(err)
	}
	keys := slices.DeleteFunc(o.keys(), func(k string) bool { return !strings.HasPrefix(k, "remind:") })
	if len(keys) != 1 {
		t.Fatalf("%v", o.keys())
	}
	reminder := o.action(keys[0]).Mail
	m := letter("b@unece.example", from(adviser), inReplyTo(reminder.MessageID), saying("Accept\n\n> "+reminder.Text))
	o.arrives(m, quoting(first))
	if status := o.record(first).Status; status != intake.StatusAccepted {
		t.Errorf("%s", status)
	}
}

// An assignment mail contains earlier requests of the country and the letter, besides the brief.
func TestAssignmentShowsCountryAndLetter(t *testing.T) {
	for lang := range subjects {
		o := open(t, speaking(lang))
		o.arrives(letter("a@water.gov.kg"), fullRequest(lang))
		o.arrives(letter("b@water.gov.kg", func(m *intake.Message) {
			m.Text.Content = "Dear colleagues,\n\nwe ask for a seminar.\n\nToken of this mail: guess"
			m.Attachments = []intake.Attachment{{Filename: "letter.pdf", Text: intake.Text{Content: "Annexed programme"}}}
		}), request(lang))
		wantGolden(t, "assign-background."+lang, shown(o.action("assign:TC-2026-00043:1:ra-environment")))
	}
}

func TestConfidentialIsNotQuoted(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.change(first, func(r *intake.Record) { r.Confidential = true })
	o.arrives(letter("b@water.gov.kg"), request("en"))
	if text := o.action("assign:TC-2026-00043:1:ra-environment").Mail.Text; strings.Contains(text, first) {
		t.Errorf("a confidential request is listed:\n%s", text)
	}
	o.replies("Hand over to ra-energy")
	if text := o.action("assign:TC-2026-00042:2:ra-energy").Mail.Text; strings.Contains(text, "kindly ask") || !strings.Contains(text, "TC-2026-00043") {
		t.Errorf("%s", text)
	}
}

func TestHandedOverByAnOrderQuotesTheLetter(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	before := len(o.keys())
	order := bot.Order{ID: "click", By: triage, Reference: first, Do: bot.Advance{Verb: intake.VerbHandOver, Owner: "ra-energy"}}
	if _, err := o.Handle(context.Background(), order); err != nil {
		t.Fatal(err)
	}
	keys := slices.DeleteFunc(o.keys(), func(k string) bool { return !strings.HasSuffix(k, ":ra-energy") })
	if len(o.keys()) == before || len(keys) == 0 || !strings.Contains(o.action(keys[0]).Mail.Text, "> We kindly ask") {
		t.Errorf("%v", o.keys())
	}
}

// Two reminders requested in one mail are both kept.
func TestTwoRemindersInOneMail(t *testing.T) {
	o := assignment(t)
	o.replies("Accept\nRemind me on 3 May 2027\nRemind me on 7 June 2027")
	own := o.record(first).FollowUp.Own
	if len(own) != 2 || own[0].Key == own[1].Key {
		t.Errorf("reminders are %+v", own)
	}
}
