package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
)

// cardsAtOnce is the number of cards posted to a room before further ones become a summary.
const cardsAtOnce = 20

// flooder is a sender from the first of the countries.
const flooder = "flood@ministry.example"

// flood delivers the given number of letters of one sender, with one letter of each other country
// spread among them.
func (k *desk) flood(letters int) {
	k.t.Helper()
	every := letters / len(countries)
	for n := range letters {
		k.drop(requestFrom(flooder, fmt.Sprintf("flood-%d", n)))
		if other := n / every; n%every == every-1 && 0 < other && other < len(countries) {
			k.drop(requestOf(other))
		}
	}
}

// drop puts a mail into the INBOX without using IMAP, which would be slow.
func (k *desk) drop(raw []byte) {
	k.t.Helper()
	if err := k.imap.Deliver(k.user, raw); err != nil {
		k.t.Fatal(err)
	}
}

// One sender sends hundreds of letters. All are recorded. Other senders wait no longer than it
// takes to record them. The sender gets acknowledgements up to the rate limit, and the desk gets
// a few cards and a summary.
func TestAFloodOfOneSender(t *testing.T) {
	t.Parallel()
	letters := 500
	if underRace {
		letters = 100
	}
	o := newSlackOffice(t)
	o.standStill(time.Now()) // all mails arrive at the same time, even on a slow machine
	s := o.serve()
	peak := watchMemory(t)
	o.flood(letters)
	others := len(countries) - 1
	all := letters + others
	o.await("outcomes", func() bool { return len(outcomes(t, s)) == all })
	o.await("an acknowledgement to each of the others", func() bool { return o.acknowledged("")-o.acknowledged(flooder) == others })
	if used := peak(); used > memoryCeiling {
		t.Errorf("%d MB of memory were in use", used>>20)
	}
	o.await("each card to be drawn, or to wait for its room's share", func() bool { return o.cardsAre(s, all, drawnOrDeferred) })
	s.forward(11 * time.Minute) // similar letters are held for some time so that the desk can merge them
	o.await("the share of the sender", func() bool {
		return o.acknowledged(flooder) == shareOfASender && deferredOf(t, s, bot.ActionAcknowledge, all) == letters-shareOfASender
	})
	o.await("cards and a summary", func() bool { return o.drawn(s, all) })
	if n := len(o.peer.Messages(deskRoom)); n > 3*cardsAtOnce {
		t.Errorf("%d messages tell the desk of %d letters", n, letters)
	}
	o.nothingRefused()
	o.audit()
}

// drawnOrDeferred reports whether a card is drawn or waits only for the rate limit of its room.
// After the clock was advanced, the limit may allow further cards.
func drawnOrDeferred(a bot.Action) bool { return settled(a) || a.Deferred }

// acknowledged counts the acknowledgements sent to an address, or to any if it is "".
func (k *desk) acknowledged(address string) (n int) {
	for _, m := range k.smtp.Received() {
		if (sent{envelope: m}).acknowledges() && (address == "" || slices.Contains(m.To, address)) {
			n++
		}
	}
	return n
}

// deferredOf counts those of the first records that have an action of the kind deferred by a rate
// limit.
func deferredOf(t *testing.T, s *service, kind bot.ActionKind, records int) (n int) {
	for i := range records {
		actions, err := s.server.Store().Actions(t.Context(), reference(i+1))
		if err != nil {
			return -1
		}
		if slices.ContainsFunc(actions, func(a bot.Action) bool { return a.Kind == kind && a.Deferred }) {
			n++
		}
	}
	return n
}

// A division that is only informed of many requests gets a few mails, which together name every
// request.
func TestAFloodForOneDivision(t *testing.T) {
	t.Parallel()
	letters := 150
	if underRace {
		letters = 30
	}
	k := newDesk(t)
	k.standStill(time.Now())
	s := k.serve()
	for n := range letters {
		k.drop(request(n))
	}
	k.await("outcomes", func() bool { return len(outcomes(t, s)) == letters })
	k.await("the division's share", func() bool { return len(k.informing()) == shareOfASender })
	k.await("the others to wait for the next", func() bool { return deferredOf(t, s, bot.ActionInform, letters) == letters-shareOfASender })
	s.forward(4 * time.Hour)
	told := func() (references int) {
		var said strings.Builder
		for _, m := range k.informing() {
			said.WriteString(m.Subject + m.Text.Content)
		}
		for n := range letters {
			if strings.Contains(said.String(), reference(n+1)) {
				references++
			}
		}
		return references
	}
	k.await("all else", func() bool { return told() == letters })
	const combined = 3 // mails that combine the deferred ones; not all are claimed at once
	if mails := len(k.informing()); mails > shareOfASender+combined {
		t.Errorf("%d mails tell of %d requests", mails, letters)
	}
	k.audit()
}

// informing returns the mails that inform somebody of a request and ask for nothing.
func (k *desk) informing() (all []sent) {
	for _, m := range k.sent() {
		if strings.HasPrefix(m.MessageID, string(bot.ActionInform)) {
			all = append(all, m)
		}
	}
	return all
}

// BenchmarkFlood starts the service with 50,000 letters of one sender in the INBOX. It reports
// the number recorded per second, which determines how long a later letter waits, and the peak
// memory use. Most of the memory is used by the SMTP server of the test, which keeps about 6 kB
// per letter.
func BenchmarkFlood(b *testing.B) {
	const letters = 50_000
	for b.Loop() {
		k := newDesk(b)
		k.serve().stop() // later mail counts as new
		k.flood(letters)
		peak := watchMemory(b)
		begun := time.Now()
		s := k.start()
		for reached := uint32(0); reached < letters+uint32(len(countries)-1); time.Sleep(100 * time.Millisecond) {
			cursor, err := s.server.Store().Cursor(b.Context(), s.server.Folder(0, "INBOX"))
			if err != nil {
				b.Fatal(err)
			}
			reached = cursor.UID
		}
		b.ReportMetric(letters/time.Since(begun).Seconds(), "mails/s")
		b.ReportMetric(float64(peak()>>20), "MB-peak")
		s.stop()
	}
}
