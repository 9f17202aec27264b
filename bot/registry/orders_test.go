package registry_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/routing"
)

var (
	triage = bot.Colleague{ID: "triage@staff.example", Roles: []routing.Role{routing.RoleTriage}}
	holder = bot.Colleague{ID: "adviser@staff.example", Roles: []routing.Role{routing.RoleAdviser}, Posts: []string{"ra-environment"}}
	other  = bot.Colleague{ID: "other@staff.example", Roles: []routing.Role{routing.RoleAdviser}, Posts: []string{"ra-transport"}}
	viewer = bot.Colleague{ID: "viewer@staff.example", Roles: []routing.Role{routing.RoleViewer}}
	nobody = bot.Colleague{ID: "nobody@staff.example"}
)

// slackOffice returns an office with Slack. The environment adviser has a Slack ID.
func slackOffice(t *testing.T, change ...func(*registry.Options)) *office {
	return open(t, append([]func(*registry.Options){func(o *registry.Options) {
		o.Office.Slack = true
		for i := range o.Directory.Posts {
			if o.Directory.Posts[i].ID == "ra-environment" {
				o.Directory.Posts[i].Slack = "U0ENV"
			}
		}
	}}, change...)...)
}

var orders int

// order handles an order and returns its result.
func (o *office) order(by bot.Colleague, reference string, do bot.Operation) (bot.Committed, error) {
	orders++
	return o.Handle(context.Background(), bot.Order{ID: fmt.Sprint("order", orders), By: by, Reference: reference, Do: do})
}

func (o *office) must(by bot.Colleague, reference string, do bot.Operation) bot.Committed {
	o.t.Helper()
	done, err := o.order(by, reference, do)
	if err != nil {
		o.t.Fatalf("%T: %v", do, err)
	}
	return done
}

func (o *office) wantRefused(err error, phrase string) *bot.Refusal {
	o.t.Helper()
	refused, ok := errors.AsType[*bot.Refusal](err)
	if !ok || refused.Phrase != phrase {
		o.t.Fatalf("got %v, want refusal %s", err, phrase)
	}
	return refused
}

func TestTheDeskAssignsWhatWaitedForIt(t *testing.T) {
	o := slackOffice(t)
	o.route = unsure()
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Advance{Verb: intake.VerbAssign})
	rec := o.record(ref)
	if rec.Status != intake.StatusAssigned || rec.Owner != "ra-environment" || rec.Routing.Triage {
		t.Errorf("record is %s, owner %s, triage %t", rec.Status, rec.Owner, rec.Routing.Triage)
	}
	o.action("card:" + ref + ":desk:1")
	card := o.action("card:" + ref + ":ra-environment:2")
	if card.RateGroup == "" || card.Lane == "" || card.State != bot.ActionPending {
		t.Errorf("the adviser's first card is %+v", card)
	}
	if slices.ContainsFunc(o.keys(), func(key string) bool { return strings.HasPrefix(key, "assign:") }) {
		t.Error("who is on Slack got an assignment mail as well")
	}
}

func TestAssigningElsewhereChangesTheRoute(t *testing.T) {
	o := slackOffice(t)
	o.route = unsure()
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Advance{Verb: intake.VerbAssign, Owner: "ra-transport"})
	r := o.record(ref).Routing
	if r.Assignee != "ra-transport" || r.Division != "transport" || r.Rule != "desk" || r.RunnerUp.Division != "environment" {
		t.Errorf("routing is %+v", r)
	}
	if !slices.ContainsFunc(o.keys(), func(key string) bool { return strings.HasPrefix(key, "assign:"+ref) }) {
		t.Error("who is not on Slack got no assignment mail")
	}
}

func TestOneClickOneEffect(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	click := bot.Order{ID: "click", By: holder, Reference: ref, Do: bot.Advance{Verb: intake.VerbAccept}}
	first, err := o.Handle(context.Background(), click)
	if err != nil || first.Seen {
		t.Fatal(first, err)
	}
	_, err = o.Handle(context.Background(), click)
	refused := o.wantRefused(err, "refused.already")
	if refused.Values["actor"] != holder.ID {
		t.Errorf("who came too late is told of %v", refused.Values)
	}
	if n := len(slices.DeleteFunc(o.happened(ref), func(what string) bool { return what != "accept" })); n != 1 {
		t.Errorf("accepted %d times", n)
	}
}

func TestWhoMayWhat(t *testing.T) {
	deeds := map[string]bot.Operation{
		"assign":   bot.Advance{Verb: intake.VerbAssign, Owner: "ra-transport"},
		"accept":   bot.Advance{Verb: intake.VerbAccept},
		"decline":  bot.Advance{Verb: intake.VerbDecline, Reason: "not ours"},
		"merge":    bot.Advance{Verb: intake.VerbMerge, Into: "TC-2026-00001"},
		"correct":  bot.Correct{Set: map[intake.Field][]string{intake.FieldCountries: {"UZ"}}},
		"reply":    bot.Reply{},
		"note":     bot.Note{Text: "a word"},
		"view":     bot.View{},
		"mark":     bot.SetConfidential{Confidential: true},
		"promote":  bot.Promote{},
		"enter":    bot.EnterRequest{},
		"split":    bot.Split{},
		"kind":     bot.Settle{Field: intake.FieldKind},
		"themes":   bot.Settle{Field: intake.FieldThemes},
		"own away": bot.Leave{Post: "ra-environment"},
	}
	all := []string{"accept", "assign", "correct", "decline", "enter", "kind", "mark", "merge", "note", "own away", "promote", "reply", "split", "themes", "view"}
	for _, test := range []struct {
		name         string
		who          bot.Colleague
		open, closed []string // orders allowed on an open and on a confidential record of ra-environment
	}{
		{"triage", triage, all, all},
		{"who holds it", holder, []string{"accept", "correct", "decline", "enter", "note", "own away", "reply", "themes", "view"}, []string{"accept", "correct", "decline", "enter", "note", "own away", "reply", "themes", "view"}},
		{"another adviser", other, []string{"enter", "note", "view"}, []string{"enter"}},
		{"viewer", viewer, []string{"view"}, nil},
		{"nobody", nobody, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, confidential := range []bool{false, true} {
				rec := &intake.Record{Owner: "ra-environment", Confidential: confidential}
				var may []string
				for name, operation := range deeds {
					if bot.May(test.who, rec, operation) {
						may = append(may, name)
					}
				}
				slices.Sort(may)
				want := test.open
				if confidential {
					want = test.closed
				}
				if !slices.Equal(may, want) {
					t.Errorf("confidential %t: may %v, want %v", confidential, may, want)
				}
			}
		})
	}
}

func TestNobodyWithoutRoleIsTold(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	before := o.record(ref).Revision
	_, err := o.order(nobody, ref, bot.Note{Text: "let me in"})
	o.wantRefused(err, "refused.stranger")
	_, err = o.order(other, ref, bot.Advance{Verb: intake.VerbAccept})
	o.wantRefused(err, "refused.not_yours")
	if o.record(ref).Revision != before {
		t.Error("a refused order changed the record")
	}
}

func answerTo(address, text string) bot.Reply {
	return bot.Reply{To: []intake.Address{{Address: address}}, Subject: "Re: your request", Text: text, Language: "en", Purpose: bot.PurposeAnswer}
}

func TestAnAnswerGoesOutAsWritten(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(holder, ref, bot.Advance{Verb: intake.VerbAccept})
	o.must(holder, ref, answerTo("office@water.gov.kg", "Dear Sir,\n\nWe shall come.\n"))
	var mail *bot.Mail
	for _, key := range o.keys() {
		if strings.HasPrefix(key, "answer:") {
			mail = o.action(key).Mail
		}
	}
	switch {
	case mail == nil:
		t.Fatal("no answer goes out")
	case mail.Text != "Dear Sir,\n\nWe shall come.\n", mail.Automatic, mail.InReplyTo != "a@water.gov.kg", !strings.Contains(mail.Subject, ref):
		t.Errorf("the answer is %+v", mail)
	}
	if rec := o.record(ref); rec.Status != intake.StatusAnswered {
		t.Errorf("record is %s", rec.Status)
	}
}

func TestNobodyAnswersTwiceUnawares(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(holder, ref, bot.Advance{Verb: intake.VerbAccept})
	o.must(holder, ref, answerTo("office@water.gov.kg", "We shall come."))
	late := answerTo("office@water.gov.kg", "We cannot come.")
	late.Since = noon.Add(-time.Minute)
	_, err := o.order(triage, ref, late)
	o.wantRefused(err, "refused.answered_meanwhile")
}

func TestInThePilotNothingLeavesAndNothingIsClaimed(t *testing.T) {
	o := slackOffice(t, func(options *registry.Options) { options.Office.Send = false })
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(holder, ref, bot.Advance{Verb: intake.VerbAccept})
	o.must(holder, ref, answerTo("office@water.gov.kg", "We shall come."))
	if rec := o.record(ref); rec.Status != intake.StatusAccepted {
		t.Errorf("record is %s, though nothing was sent", rec.Status)
	}
	for _, key := range o.keys() {
		a := o.action(key)
		if want := a.Room != bot.RoomDesk; want != (a.State == bot.ActionWithheld) {
			t.Errorf("%s is %s", key, a.State)
		}
	}
}

func TestWhatIsWrongInAReplyStaysInside(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	for _, test := range []struct {
		name   string
		reply  bot.Reply
		phrase string
	}{
		{"nobody to write to", bot.Reply{Subject: "x", Text: "y", Purpose: bot.PurposeAnswer}, "refused.empty"},
		{"nothing to say", answerTo("office@water.gov.kg", " \n"), "refused.empty"},
		{"two addresses in one", answerTo("a@x.example, b@y.example", "text"), "refused.recipient"},
		{"a header in the address", answerTo("a@x.example\r\nBcc: b@y.example", "text"), "refused.recipient"},
		{"our own desk", answerTo("tc@desk.unece.example", "text"), "refused.recipient"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := o.order(triage, ref, test.reply)
			o.wantRefused(err, test.phrase)
		})
	}
}

func TestACorrectionIsRoutedAnewAndRemembered(t *testing.T) {
	o := slackOffice(t)
	o.route = unsure()
	r := request("en")
	r.Doubts = []intake.Doubt{{Field: intake.FieldThemes, Reason: intake.Remark{ID: "doubt.other_theme"}, Candidates: []string{"water", "energy-efficiency"}}}
	ref := o.arrives(letter("a@water.gov.kg"), r).Reference
	asked := len(o.asked)
	o.must(triage, ref, bot.Settle{Field: intake.FieldThemes, Value: "energy-efficiency"})
	rec := o.record(ref)
	if len(o.asked) != asked+1 || o.asked[asked].Reading.Request.Subjects[0].Division != "energy" {
		t.Error("the router was not asked with the new theme")
	}
	if len(rec.Doubts) > 0 || !slices.Equal(rec.Request.Themes, []string{"energy-efficiency"}) || !slices.Contains(rec.Corrected, intake.FieldThemes) {
		t.Errorf("record has themes %v, doubts %v", rec.Request.Themes, rec.Doubts)
	}
	_, err := o.order(triage, ref, bot.Correct{Set: map[intake.Field][]string{intake.FieldReplyBy: {"tomorrow"}}})
	if refused := o.wantRefused(err, "refused.value"); refused.Field != intake.FieldReplyBy {
		t.Errorf("the refusal is about %q", refused.Field)
	}
}

func TestWhatMayBeNoRequestIsAcknowledgedOnceTheDeskSaysSo(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), reading(intake.KindOther, "an invitation?", intake.FieldKind)).Reference
	if _, early := o.store.Written["acknowledge:"+ref]; early {
		t.Fatal("acknowledged before the desk decided")
	}
	o.must(triage, ref, bot.Settle{Field: intake.FieldKind, Value: "request"})
	o.action("acknowledge:" + ref)
	if rec := o.record(ref); rec.Kind != intake.KindRequest || rec.Request == nil {
		t.Errorf("kind is %s", rec.Kind)
	}
}

func TestMissionAndMinistryWriteTheSame(t *testing.T) {
	o := slackOffice(t)
	first := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	second := o.arrives(letter("b@mission.example", from("mission@mission.example")), request("fr")).Reference
	rec := o.record(second)
	if len(rec.Similar) != 1 || rec.Similar[0].Reference != first {
		t.Fatalf("similar: %v", rec.Similar)
	}
	if due := o.action("acknowledge:" + second).Due; !due.Equal(noon.Add(10 * time.Minute)) {
		t.Errorf("the second acknowledgement is due at %s", due)
	}
	o.must(triage, second, bot.Advance{Verb: intake.VerbMerge, Into: first})
	why, err := o.Obsolete(context.Background(), o.action("acknowledge:"+second))
	if err != nil || !strings.Contains(why, first) {
		t.Errorf("the second acknowledgement still goes out: %q, %v", why, err)
	}
	for range 2 { // as after a crash before the action was marked as done
		if _, err := o.Perform(context.Background(), o.action("absorb:"+first+":"+second)); err != nil {
			t.Fatal(err)
		}
	}
	if known := o.record(first).Correspondents; !slices.Contains(known, "mission@mission.example") {
		t.Errorf("the mission is not known to the record that stays: %v", known)
	}
	o.wantHistory(first, "recorded", "absorbed")
}

func TestOneLetterSeveralAsks(t *testing.T) {
	o := slackOffice(t)
	o.route = unsure()
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: []bot.Part{
		{Summary: "Water", Themes: []string{"water"}, Services: []intake.Service{intake.ServiceAdvisory}},
		{Summary: "Roads", Themes: []string{"road-safety"}, Services: []intake.Service{intake.ServiceProject}, Owner: "transport"},
	}})
	for n := 1; n <= 2; n++ {
		for range 2 {
			o.opensPart(ref, n)
		}
	}
	parent := o.record(ref)
	if len(parent.Children) != 2 || len(o.store.Records) != 3 {
		t.Fatalf("parts: %v of %d records", parent.Children, len(o.store.Records))
	}
	roads := o.record(parent.Children[1])
	if roads.Owner != "transport" || roads.Parent != ref || roads.Request.Themes[0] != "road-safety" {
		t.Errorf("the part is %+v", roads)
	}
	_, err := o.order(triage, roads.Reference, answerTo("office@water.gov.kg", "text"))
	o.wantRefused(err, "refused.part")
	if _, twice := o.store.Written["acknowledge:"+roads.Reference]; twice {
		t.Error("a part was acknowledged by itself")
	}
}

func TestWhatWasSetAsideIsNotLost(t *testing.T) {
	o := slackOffice(t)
	o.arrives(letter("n@news.example", from("editor@news.example")), reading(intake.KindOther, "a newsletter"))
	done := o.must(triage, "", bot.Promote{Identity: "n@news.example"})
	rec := o.record(done.Reference)
	if rec.Kind != intake.KindRequest || len(o.store.Aside) != 0 {
		t.Errorf("kind %s, %d still set aside", rec.Kind, len(o.store.Aside))
	}
	_, err := o.order(triage, "", bot.Promote{Identity: "n@news.example"})
	o.wantRefused(err, "refused.gone")
}

func TestAStrangerJoinsWhenTheDeskSaysSo(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.wantAside(o.arrives(letter("s@free.example", from("someone@free.example")), quoting(ref)))
	o.must(triage, "", bot.Join{Identity: "s@free.example"})
	if rec := o.record(ref); !slices.Contains(rec.Correspondents, "someone@free.example") {
		t.Errorf("correspondents are %v", rec.Correspondents)
	}
	if what := o.happened(ref); !slices.Contains(what, "mail_in") || !slices.Contains(what, "joined") {
		t.Errorf("history is %v", what)
	}
}

func TestAPersonIsAway(t *testing.T) {
	o := slackOffice(t)
	today := intake.DateOf(noon)
	leave := bot.Leave{Post: "ra-environment", Absence: routing.Absence{From: today, Until: today.AddDays(3)}, StandIn: "ra-transport"}
	_, err := o.order(other, "", leave)
	o.wantRefused(err, "refused.not_your_post")
	o.must(holder, "", leave)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	if leaves := o.asked[0].Leaves; leaves["ra-environment"].StandIn != "ra-transport" {
		t.Errorf("the router was asked with %v", leaves)
	}
}

func TestWhatAColleagueEntersIsUnofficial(t *testing.T) {
	o := slackOffice(t)
	text := "The Minister asked me in the corridor for help with the Water Convention."
	done := o.must(holder, "", bot.EnterRequest{Countries: []string{"KG"}, Text: text, Author: "A. Colleague", Link: "https://workspace.slack.example/archives/C1/p1"})
	rec := o.record(done.Reference)
	if rec.Request.Official || !rec.Entered || !slices.Equal(rec.Request.Countries, []string{"KG"}) {
		t.Errorf("record is %+v", rec.Request)
	}
	if _, sent := o.store.Written["acknowledge:"+done.Reference]; sent {
		t.Error("somebody who did not write was acknowledged")
	}
}

// If two colleagues answer the same question, the second is refused and told of the first.
func TestAQuestionIsAnsweredOnce(t *testing.T) {
	o := slackOffice(t)
	r := request("en")
	r.Doubts = []intake.Doubt{{Field: intake.FieldCountries, Reason: intake.Remark{ID: "doubt.several_states"}, Candidates: []string{"KG", "UZ"}}}
	ref := o.arrives(letter("a@water.gov.kg"), r).Reference
	seen := o.record(ref).Revision
	answer := func(by bot.Colleague, country string) error {
		orders++
		_, err := o.Handle(context.Background(), bot.Order{
			ID: fmt.Sprint("order", orders), By: by, Reference: ref, Seen: seen, Do: bot.Settle{Field: intake.FieldCountries, Value: country},
		})
		return err
	}
	if err := answer(triage, "UZ"); err != nil {
		t.Fatal(err)
	}
	refused := o.wantRefused(answer(holder, "KG"), "refused.settled")
	if countries := o.record(ref).Request.Countries; !slices.Equal(countries, []string{"UZ"}) || refused.Values["actor"] != triage.ID {
		t.Errorf("countries %v, told of %v", countries, refused.Values)
	}
	if err := answer(triage, "KG"); err != nil {
		t.Errorf("who answered cannot answer otherwise: %v", err)
	}
}

// Two mails of strangers may have the same Message-ID, for example from a gateway. The desk is
// asked about each, and an answer applies to the mail that its question shows.
func TestTwoMailsWithOneMessageIDAreTwoQuestions(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	for _, name := range []string{"one", "two"} {
		m := letter("fax@gateway.example", from(name+"@elsewhere.example"))
		m.Fingerprint, m.Text.Content = "print of "+name, "This is "+name
		o.arrives(m, quoting(ref))
	}
	asked := map[string]string{} // body of each question, to the identity of its mail
	for _, key := range o.keys() {
		if p := o.store.Written[key].Post; p != nil && p.Identity != "" {
			asked[p.Body] = p.Identity
		}
	}
	if len(asked) != 2 {
		t.Fatalf("asked about %v", asked)
	}
	o.must(triage, "", bot.Join{Identity: asked["This is two"]})
	if known := o.record(ref).Correspondents; slices.Contains(known, "one@elsewhere.example") || !slices.Contains(known, "two@elsewhere.example") {
		t.Errorf("joined was the mail of %v", known)
	}
	if n := len(o.retells(ref)); n != 1 {
		t.Errorf("%d questions show an answer", n)
	}
}
