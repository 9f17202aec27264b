package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/slackpeer"
)

func TestWhatWasSetAsideIsTakenForARequest(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	o.deliver(written(t, samples(t)["10-invitation"]))
	s.settled(1)
	desk := o.as(ana)
	home := desk.home("International Forum on Smart Sustainable Cities", "Record as a request")
	desk.presses(home, "promote", valueOf(t, home, "promote"))
	card := o.card(deskRoom, reference(1), reference(1))
	if len(setAside(t, s)) != 0 {
		t.Error("it is still set aside")
	}
	o.await("the acknowledgement", func() bool { return len(o.acknowledgements()) == 1 })
	desk.home("For the desk to decide: 1")
	desk.picks(card, "letter")
	desk.window("We have the pleasure to invite a representative of UNECE")
	o.nothingRefused()
}

func setAside(t testing.TB, s *service) []intake.SetAside {
	t.Helper()
	aside, _, err := s.server.Store().SetAside(t.Context(), 100, "")
	if err != nil {
		t.Fatal(err)
	}
	return aside
}

// valueOf returns the value of the first button with an action.
func valueOf(t testing.TB, on slackpeer.Place, action string) string {
	t.Helper()
	for _, c := range slackpeer.Controls(on) {
		if c.Action == action {
			return c.Value
		}
	}
	t.Fatalf("no %s on\n%s", action, slackpeer.Picture(on))
	return ""
}

func TestAStrangersMailIsJoinedByTheDesk(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	o.deliver(request(1))
	s.settled(1)
	ref := reference(1)
	stranger := letter{from: "Ion Example <i.example@elsewhere.example>", subject: "Our request " + ref, id: "stranger@elsewhere.example",
		body: "Dear colleagues, I write on behalf of the Ministry about " + ref + ". The mission may begin in June."}
	o.deliver(stranger.raw())
	s.settled(2)
	card := o.card(deskRoom, ref)
	asked := o.thread(card, "The mission may begin in June.", "Add to "+ref)
	if history := historyOf(t, s, ref); strings.Contains(history, "mail_in") {
		t.Errorf("it was joined without asking: %s", history)
	}
	value := valueOf(t, asked, "join")
	o.as(ana).presses(asked, "join", value)
	o.await("the mail in the record", func() bool { return strings.Contains(historyOf(t, s, ref), bot.WhatJoined) })
	if len(setAside(t, s)) != 0 {
		t.Error("it is still set aside")
	}
	answered := o.thread(card, "The mission may begin in June.", "Added to "+ref+" by Ana Triage.")
	if left := slackpeer.Controls(answered); len(left) > 0 {
		t.Errorf("a question that was answered can still be: %v", left)
	}
	o.as(ana).presses(asked, "join", value) // the buttons of the earlier message
	o.as(adam).presses(asked, "join", value)
	o.as(adam).told("not there, or not any more")
	o.nothingRefused()
}

// historyOf returns the history of a record as text.
func historyOf(t testing.TB, s *service, ref string) string {
	t.Helper()
	entries, err := s.server.Store().History(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, e := range entries {
		words = append(words, e.What+" by "+e.Actor)
	}
	return strings.Join(words, ", ")
}

// A ministry and its permanent mission in Geneva send the same request in two languages.
func TestMinistryAndMissionWriteTheSame(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	ministry := letter{from: "Айгуль Примерова <a.primerova@water.gov.kg>", subject: "О содействии", id: "m1@water.gov.kg", body: `Уважаемые коллеги!

Министерство водных ресурсов Кыргызской Республики просит ЕЭК ООН оказать консультационные услуги по присоединению к
Конвенции по трансграничным водам.

С уважением,
Айгуль Примерова, заместитель министра`}
	mission := letter{from: "Mission <office@kg-mission.example>", subject: "Request for advisory services", id: "m2@kg-mission.example", body: `Dear Sir or Madam,

The Permanent Mission of the Kyrgyz Republic has the honour to transmit the request of the Ministry of Water Resources
of the Kyrgyz Republic for advisory services of UNECE on accession to the Water Convention.

Yours faithfully,
Permanent Mission of the Kyrgyz Republic`}
	o.deliver(ministry.raw())
	s.settled(1)
	o.deliver(mission.raw())
	second := o.card(deskRoom, reference(2), "Is this the same matter as "+reference(1))
	o.as(ana).presses(second, "merge", valueOf(t, second, "merge"))
	o.card(deskRoom, reference(2), "closed: the same as another request", "Merged into "+reference(1))
	o.thread(o.card(deskRoom, reference(1)), reference(2))
	s.forward(11 * time.Minute)
	s.settled(2)
	heard := map[string]int{}
	for _, acknowledged := range o.acknowledgements() {
		for _, mail := range acknowledged {
			heard[mail.to()]++
			if !strings.Contains(mail.Subject, reference(1)) {
				t.Errorf("%s is told %q", mail.to(), mail.Subject)
			}
		}
	}
	if want := map[string]int{"a.primerova@water.gov.kg": 1, "office@kg-mission.example": 1}; !maps.Equal(heard, want) {
		t.Errorf("of one request hear %v, want %v", heard, want)
	}
	withheld := slices.ContainsFunc(actionsOf(t, s, reference(2)), func(a bot.Action) bool {
		return a.Kind == bot.ActionAcknowledge && a.State == bot.ActionSkipped && strings.Contains(a.Result, "merged into "+reference(1))
	})
	if !withheld {
		for _, a := range actionsOf(t, s, reference(2)) {
			t.Errorf("%s is %s: %s", a.Key, a.State, a.Result)
		}
	}
	o.nothingRefused()
}

func TestALetterWithTwoAsksIsSplit(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	o.deliver(letter{from: "Lali Example <l.example@ministry.gov.ge>", subject: "Two requests", id: "two@ministry.gov.ge", body: `Dear Sir or Madam,

The Government of Georgia requests advisory services of UNECE on the implementation of the Water Convention. We also
request a workshop on road safety for our police.

Yours faithfully,
Lali Example`}.raw())
	s.settled(1)
	desk, ref := o.as(ana), reference(1)
	desk.picks(o.card(deskRoom, ref), "split")
	form := desk.window("Split")
	desk.finds(form, "owner_1", "environment")
	desk.finds(form, "owner_2", "transport")
	if seen := desk.sends(map[string]any{
		"summary_1": "Advice on the Water Convention", "owner_1": "ra-environment",
		"summary_2": "Workshop on road safety", "owner_2": "ra-transport",
	}); len(seen.Errors) > 0 {
		t.Fatalf("%v", seen.Errors)
	}
	desk.closed()
	o.card(deskRoom, ref, "Advice on the Water Convention", "Workshop on road safety")
	o.card(deskRoom, reference(2), "Advice on the Water Convention", "This is part of "+ref)
	o.card(omar, reference(2), "Accept")
	o.card(vera, reference(3), "Workshop on road safety")
	s.settled(1)
	if acks := o.acknowledgements(); len(acks) != 1 {
		t.Errorf("%d acknowledgements of one letter", len(acks))
	}
	for _, c := range slackpeer.Controls(o.card(vera, reference(3))) {
		if c.Action == "reply" {
			t.Error("a part can be answered by itself")
		}
	}
	o.nothingRefused()
}

func TestAMessageIsLoggedAsARequest(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	posted, err := o.as(viktor).Post(deskRoom, "Uzbekistan called: they would like a seminar on road safety <!channel>")
	if err != nil {
		t.Fatal(err)
	}
	desk := o.as(ana)
	seen, err := desk.MessageShortcut("log", posted.Posted)
	desk.done("log a message", seen, err)
	form := desk.window("road safety")
	found := desk.finds(form, "countries", "uzb")
	if !offers(found, "UZ") {
		t.Fatalf("offered %v", found.Options)
	}
	desk.sends(map[string]any{"countries": []string{"UZ"}})
	o.card(deskRoom, reference(1), "unofficial", "Uzbekistan")
	s.settled(0)
	if mails := o.acknowledgements(); len(mails) != 0 {
		t.Errorf("%d acknowledgements of what nobody wrote", len(mails))
	}
	viewer := o.as(viktor)
	seen, err = viewer.Shortcut("new")
	viewer.done("new request", seen, err)
	viewer.window("Your role does not include this")
	o.nothingRefused()
}
