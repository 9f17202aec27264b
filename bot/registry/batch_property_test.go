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

// leastBusyRouter routes each request to the assignee with the fewest open ones.
type leastBusyRouter struct{}

func (leastBusyRouter) Route(q routing.Question) intake.Routing {
	r := confident()
	r.Assignee = slices.MinFunc([]string{"ra-environment", "ra-trade", "ra-transport"}, func(a, b string) int {
		return q.Open[a] - q.Open[b]
	})
	return r
}

// officePair is two offices that get the same mails: one handles them one by one, the other in
// batches.
type officePair struct{ single, batched *office }

func drawOfficePair(t *testing.T, rt *rapid.T) officePair {
	slack := rapid.Bool().Draw(rt, "has Slack")
	same := func(o *registry.Options) {
		o.Token, o.Router, o.Office.Slack = func() string { return "token" }, leastBusyRouter{}, slack
	}
	pair := officePair{open(t, same), open(t, same)}
	pair.batched.readings = pair.single.readings
	return pair
}

// drawEarlier delivers and processes mails before those that are compared.
func (p officePair) drawEarlier(rt *rapid.T) (messages []*intake.Message) {
	for n := range rapid.IntRange(0, 5).Draw(rt, "earlier mails") {
		m, r := drawMessage(rt, p.single, 100+n), drawReading(rt)
		switch n {
		case 0, 1:
			m, r = letter(fmt.Sprintf("%d@mail.example", 100+n)), request("en")
		case 2:
			m, r = letter(fmt.Sprintf("%d@mail.example", 100+n)), reading(intake.KindOther, intake.ReasonUnreadable)
		}
		drawRequest(rt, &r)
		p.single.arrives(m, r)
		p.batched.arrives(m, r)
		messages = append(messages, m)
	}
	for _, reference := range slices.Sorted(maps.Keys(p.single.store.Records)) {
		if rapid.Bool().Draw(rt, "is dealt with") {
			status := rapid.SampledFrom([]intake.Status{
				intake.StatusAssigned, intake.StatusAccepted, intake.StatusWaiting, intake.StatusAnswered, intake.StatusClosed,
			}).Draw(rt, "status")
			dealt := func(r *intake.Record) { r.Status, r.Before = status, intake.StatusAccepted }
			p.single.change(reference, dealt)
			p.batched.change(reference, dealt)
		}
	}
	return messages
}

// drawMails draws mails, some of which answer or repeat another of them or an earlier mail.
func (p officePair) drawMails(rt *rapid.T, earlier []*intake.Message) (messages []*intake.Message) {
	for n := range rapid.IntRange(2, 9).Draw(rt, "mails") {
		m, r := drawMessage(rt, p.single, n), drawReading(rt)
		drawRequest(rt, &r)
		if known := slices.Concat(earlier, messages); len(known) > 0 {
			other := rapid.SampledFrom(known).Draw(rt, "another mail")
			switch rapid.SampledFrom([]string{"new", "new", "answer", "own answer", "copy", "copy"}).Draw(rt, "is") {
			case "answer":
				m.InReplyTo = []string{other.MessageID}
			case "own answer":
				m.InReplyTo, m.From = []string{other.MessageID}, other.From
			case "copy":
				m, r = other, p.single.readings[other.Fingerprint]
			}
		}
		p.single.readings[m.Fingerprint] = r
		messages = append(messages, m)
	}
	return messages
}

// drawRequest draws the fields of a request that are compared with other requests.
func drawRequest(rt *rapid.T, r *intake.Reading) {
	if r.Request != nil {
		r.Request.Countries = []string{rapid.SampledFrom([]string{"KG", "UZ"}).Draw(rt, "country")}
		r.Request.OfficialRef = rapid.SampledFrom([]string{"", "", "01-12/345", "02-10/7"}).Draw(rt, "number")
	}
}

// Handling mails in a batch has the same result as handling them one by one, whatever was
// delivered before.
func TestMailsHandledTogetherAreAsOneByOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pair := drawOfficePair(t, rt)
		messages := pair.drawMails(rt, pair.drawEarlier(rt))
		old := rapid.IntRange(0, len(messages)).Draw(rt, "which is backfilled") // none, if equal to the number of mails
		mails := func(o *office) []bot.MailArrived {
			mails := o.mails(messages...)
			for n := range mails {
				mails[n].Backfilled = n == old
			}
			return mails
		}
		want, got := pair.single.handleEach(rt, mails(pair.single)), pair.batched.handleAll(rt, mails(pair.batched))
		one, together := pair.single.store, pair.batched.store
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
