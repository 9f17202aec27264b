package registry_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/routing"
)

// fewest is a router that goes by nothing but who has least in hand.
type fewest struct{}

func (fewest) Route(q routing.Question) intake.Routing {
	r := confident()
	r.Assignee = slices.MinFunc([]string{"ra-environment", "ra-trade", "ra-transport"}, func(a, b string) int {
		return q.Open[a] - q.Open[b]
	})
	return r
}

// twins are two offices to which the same happens: mail reaches the one by one and the
// other together.
type twins struct{ one, together *office }

func drawTwins(t *testing.T, rt *rapid.T) twins {
	slack := rapid.Bool().Draw(rt, "has Slack")
	same := func(o *registry.Options) {
		o.Token, o.Router, o.Office.Slack = func() string { return "token" }, fewest{}, slack
	}
	pair := twins{open(t, same), open(t, same)}
	pair.together.readings = pair.one.readings
	return pair
}

// drawEarlier lets mail arrive and be dealt with before the mail that is compared.
func (p twins) drawEarlier(rt *rapid.T) (messages []*intake.Message) {
	for n := range rapid.IntRange(0, 5).Draw(rt, "earlier mails") {
		m, r := drawMessage(rt, p.one, 100+n), drawReading(rt)
		switch n {
		case 0, 1:
			m, r = letter(fmt.Sprintf("%d@mail.example", 100+n)), request("en")
		case 2:
			m, r = letter(fmt.Sprintf("%d@mail.example", 100+n)), reading(intake.KindOther, intake.ReasonUnreadable)
		}
		drawRequest(rt, &r)
		p.one.arrives(m, r)
		p.together.arrives(m, r)
		messages = append(messages, m)
	}
	for _, reference := range slices.Sorted(maps.Keys(p.one.store.Records)) {
		if rapid.Bool().Draw(rt, "is dealt with") {
			status := rapid.SampledFrom([]intake.Status{
				intake.StatusAssigned, intake.StatusAccepted, intake.StatusWaiting, intake.StatusAnswered, intake.StatusClosed,
			}).Draw(rt, "status")
			dealt := func(r *intake.Record) { r.Status, r.Before = status, intake.StatusAccepted }
			p.one.change(reference, dealt)
			p.together.change(reference, dealt)
		}
	}
	return messages
}

// drawMails draws mail of which some answers or repeats what is among it or came before.
func (p twins) drawMails(rt *rapid.T, earlier []*intake.Message) (messages []*intake.Message) {
	for n := range rapid.IntRange(2, 9).Draw(rt, "mails") {
		m, r := drawMessage(rt, p.one, n), drawReading(rt)
		drawRequest(rt, &r)
		if known := slices.Concat(earlier, messages); len(known) > 0 {
			other := rapid.SampledFrom(known).Draw(rt, "another mail")
			switch rapid.SampledFrom([]string{"new", "new", "answer", "own answer", "copy", "copy"}).Draw(rt, "is") {
			case "answer":
				m.InReplyTo = []string{other.MessageID}
			case "own answer":
				m.InReplyTo, m.From = []string{other.MessageID}, other.From
			case "copy":
				m, r = other, p.one.readings[other.Fingerprint]
			}
		}
		p.one.readings[m.Fingerprint] = r
		messages = append(messages, m)
	}
	return messages
}

// drawRequest draws of a request what others are compared with.
func drawRequest(rt *rapid.T, r *intake.Reading) {
	if r.Request != nil {
		r.Request.Countries = []string{rapid.SampledFrom([]string{"KG", "UZ"}).Draw(rt, "country")}
		r.Request.OfficialRef = rapid.SampledFrom([]string{"", "", "01-12/345", "02-10/7"}).Draw(rt, "number")
	}
}

// Whatever comes together is what it would be one by one, whatever came before: outcomes,
// numbers, likenesses, what is said of a country, who gets it, who is told, and what
// joins what.
func TestMailsHandledTogetherAreAsOneByOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pair := drawTwins(t, rt)
		messages := pair.drawMails(rt, pair.drawEarlier(rt))
		old := rapid.IntRange(0, len(messages)).Draw(rt, "which is backfilled") // may be none
		mails := func(o *office) []bot.MailArrived {
			mails := o.mails(messages...)
			for n := range mails {
				mails[n].Backfilled = n == old
			}
			return mails
		}
		want, got := pair.one.handleEach(rt, mails(pair.one)), pair.together.handleAll(rt, mails(pair.together))
		one, together := pair.one.store, pair.together.store
		for what, pair := range map[string][2]any{
			"outcomes": {want, got}, "records": {one.Records, together.Records}, "histories": {one.Histories, together.Histories},
			"actions": {one.Written, together.Written}, "set aside": {one.Aside, together.Aside},
			"threads": {one.Threads, together.Threads}, "next number": {one.Next, together.Next},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				rt.Fatalf("%s\none by one %+v\n  together %+v", what, pair[0], pair[1])
			}
		}
	})
}
