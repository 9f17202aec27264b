package registry_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// posted marks all posts of a record as done, as if they had been posted to Slack.
func (o *office) posted(reference string) {
	for key, a := range o.store.Written {
		if a.Reference == reference && a.Kind == bot.ActionPost {
			a.State, a.Result = bot.ActionDone, "D1/"+key
			o.store.Written[key] = a
		}
	}
}

// retells performs the latest ActionUpdatePosts of a record, and returns the actions that redraw
// posts, by the key of the original post.
func (o *office) retells(reference string) map[string]bot.Action {
	o.t.Helper()
	for key, a := range o.store.Written {
		if a.Kind != bot.ActionUpdatePosts || a.Reference != reference {
			continue
		}
		if _, err := o.Perform(context.Background(), a); err != nil {
			if _, nothing := errors.AsType[bot.NothingToDo](err); !nothing {
				o.t.Fatal(err)
			}
		}
		delete(o.store.Written, key)
	}
	anew := map[string]bot.Action{}
	for _, a := range o.store.Written {
		if a.Kind == bot.ActionRedraw && a.Reference == reference {
			anew[a.Source] = a
		}
	}
	return anew
}

// Once a step is done, its reminder is redrawn without buttons, and only once.
func TestAReminderOfADoneStepIsRedrawn(t *testing.T) {
	c := clockedOffice(t)
	ref := c.arrived("a@water.gov.kg")
	c.until(ref, tuesday.AddDate(0, 0, 3))
	c.posted(ref)
	if anew := c.retells(ref); len(anew) > 0 {
		t.Errorf("drawn anew while it is due: %v", anew)
	}
	c.must(holder, ref, bot.Advance{Verb: intake.VerbAccept})
	anew := c.retells(ref)
	if len(anew) == 0 {
		t.Fatal("nothing is drawn anew")
	}
	for source, a := range anew {
		if !strings.HasPrefix(source, "remind:"+ref+":accept") || a.Post.Reminder == "" || a.Places[0] != "D1/"+source {
			t.Errorf("%s is drawn anew at %v", source, a.Places)
		}
	}
	c.must(holder, ref, bot.Reply{To: []intake.Address{{Address: "office@water.gov.kg"}}, Subject: "Re", Text: "Yes.", Language: "en", Purpose: bot.PurposeAnswer})
	if again := c.retells(ref); len(again) != len(anew) {
		t.Errorf("%d are drawn anew, %d before", len(again), len(anew))
	}
}

// The question about a stranger's mail shows its answer, whichever it is.
func TestTheQuestionAboutAStrangersMailShowsItsAnswer(t *testing.T) {
	for what, operation := range map[string]func(identity string) bot.Operation{
		bot.WhatJoined:     func(id string) bot.Operation { return bot.Join{Identity: id} },
		bot.WhatPromoted:   func(id string) bot.Operation { return bot.Promote{Identity: id} },
		bot.AsideDismissed: func(id string) bot.Operation { return bot.Dismiss{Identity: id} },
	} {
		o := slackOffice(t)
		ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
		m := letter("b@elsewhere.example", from("stranger@elsewhere.example"))
		o.arrives(m, quoting(ref))
		o.posted(ref)
		o.must(triage, "", operation(m.Identity()))
		for source, a := range o.retells(ref) {
			if p := a.Post; p.What != what || p.Actor != triage.ID || p.Identity != "" || p.Title == "" {
				t.Errorf("%s: %s shows %+v", what, source, p)
			}
		}
		if n := len(o.retells(ref)); n != 1 {
			t.Errorf("%s: %d posts are drawn anew", what, n)
		}
	}
}

func TestLettersThatSaySoAreConfidential(t *testing.T) {
	for _, c := range []struct {
		subject, text string
		want          bool
	}{
		{"Request for assistance", "CONFIDENTIAL\n\nDear colleagues,\nwe ask for help.", true},
		{"Request for assistance", "Our ref. 12\n\n*** Для служебного пользования ***\n\nУважаемые коллеги!", true},
		{"Request for assistance", "Diffusion restreinte\n\nMadame, Monsieur,", true},
		{"[CONFIDENTIAL] Request for assistance", "Dear colleagues,", true},
		{"Re: Конфиденциально: запрос о содействии", "Уважаемые коллеги!", true},
		{"Strictly confidential – request", "Dear colleagues,", true},
		{"Request for assistance", "Dear colleagues,\nwe ask for help with confidential data in statistics.", false},
		{"Confidential data in official statistics: request", "Dear colleagues,", false},
		{"Request", "Dear colleagues,\n" + strings.Repeat("One more line.\n", 20) + "CONFIDENTIAL\n", false},
		{"Request", "This e-mail is confidential. If you are not the intended recipient, delete it.\n", false},
	} {
		o := slackOffice(t)
		ref := o.arrives(letter("a@water.gov.kg", saying(c.text), func(m *intake.Message) { m.Subject = c.subject }), request("en")).Reference
		if rec := o.record(ref); rec.Confidential != c.want {
			t.Errorf("%q, %.40q: confidential %t", c.subject, c.text, rec.Confidential)
		}
	}
}

// A further letter marked confidential makes its record confidential, and its posts are redrawn.
// A record confidential from the start has no such posts.
func TestAFurtherLetterMakesARecordConfidential(t *testing.T) {
	o := slackOffice(t, func(o *registry.Options) { o.Now = func() time.Time { return noon } })
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Note{Text: "the wells are meant"})
	o.posted(ref)
	o.arrives(letter("b@water.gov.kg", saying("Confidential\n\nOur figures.")), quoting(ref))
	if rec := o.record(ref); !rec.Confidential {
		t.Error("it is not")
	}
	if anew := o.retells(ref); len(anew) == 0 {
		t.Error("what was said stands")
	}
}
