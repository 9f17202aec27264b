package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
)

// cardsAtOnce is the number of cards that a room gets before the others become one summary.
const cardsAtOnce = 20

// The flooder writes from the first of the countries.
const flooder = "flood@ministry.example"

// flood delivers that many letters of one sender, with the letters of the other countries spread
// among them.
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

// drop puts a mail into the INBOX without the IMAP server, which would take its time.
func (k *desk) drop(raw []byte) {
	k.t.Helper()
	if err := k.imap.Deliver(k.user, raw); err != nil {
		k.t.Fatal(err)
	}
}

// A flood of one sender's letters is recorded whole. It keeps nobody else waiting
// for longer than it takes to record it, gets its share of acknowledgements, and
// comes to the desk as a handful of cards and a summary.
func TestAFloodOfOneSender(t *testing.T) {
	t.Parallel()
	letters := 500
	if underRace {
		letters = 100
	}
	o := newSlackOffice(t)
	o.standStill(time.Now()) // the flood is one moment, however slow the machine
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
	s.forward(11 * time.Minute) // letters that are alike have waited for the desk to merge them
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

// drawnOrDeferred is a card that is drawn, or waits for nothing but its room's share: one
// that comes later, when the clock was moved, may have a share of its own.
func drawnOrDeferred(a bot.Action) bool { return settled(a) || a.Deferred }

// acknowledged counts the acknowledgements to an address; "" is any.
func (k *desk) acknowledged(address string) (n int) {
	for _, m := range k.smtp.Received() {
		if (sent{envelope: m}).acknowledges() && (address == "" || slices.Contains(m.To, address)) {
			n++
		}
	}
	return n
}

// deferredOf counts the records, among the first ones, that have a mail of the kind deferred by a
// rate limit.
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

// Whoever is told of many requests, and asked nothing, has a handful of mails, in which
// none of them is missing.
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
	const combined = 3 // mails that stand for all beyond the share, claimed in some turns
	if mails := len(k.informing()); mails > shareOfASender+combined {
		t.Errorf("%d mails tell of %d requests", mails, letters)
	}
	k.audit()
}

// informing are the mails that tell somebody of a request and ask nothing.
func (k *desk) informing() (all []sent) {
	for _, m := range k.sent() {
		if strings.HasPrefix(m.MessageID, string(bot.ActionInform)) {
			all = append(all, m)
		}
	}
	return all
}

// BenchmarkFlood has 50,000 letters of one sender wait when the service comes to
// them. It reports how many are recorded a second, which is what bounds how long a
// letter behind them waits, and the most memory in use: most of that is the SMTP
// server of the test, which keeps some 6 kB a letter.
func BenchmarkFlood(b *testing.B) {
	const letters = 50_000
	for b.Loop() {
		k := newDesk(b)
		k.serve().stop() // what comes from now on is new
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
