package app_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"verbale/bot"
)

// A colleague, or a script in their name, presses a button a thousand times. The action must be
// performed once, and other colleagues must be served meanwhile.
func TestAThousandPressesOfOneButton(t *testing.T) {
	t.Parallel()
	const hands = 20
	times := 50
	if underRace {
		times = 10
	}
	o := newSlackOffice(t)
	s := o.serve()
	o.deliver(request(1))
	ref := reference(1)
	card, desk := o.card(omar, ref, "Accept"), o.card(deskRoom, ref)
	peak := watchMemory(t)
	var storm sync.WaitGroup
	for range hands {
		storm.Go(func() {
			for range times {
				if _, err := o.as(omar).Press(card, "accept"); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	const notes = 5
	for n := range notes {
		o.as(ana).notes(ref, fmt.Sprintf("note %d in the storm", n))
	}
	o.as(vera).types("list")
	o.until("an answer to somebody else", func() bool { return len(o.peer.Ephemerals(vera)) > 0 })
	storm.Wait()
	s.settled(1)
	o.card(deskRoom, ref, ref+" · accepted")
	history := historyOf(t, s, ref)
	if strings.Count(history, "accept by") != 1 || strings.Count(history, bot.WhatNote+" by") != notes {
		t.Errorf("history of %s: %s", ref, history)
	}
	if below := o.peer.Thread(desk.Channel, desk.TS)[1:]; len(below) != 1+notes {
		t.Errorf("%d messages stand below the card", len(below))
	}
	if used := peak(); used > memoryCeiling {
		t.Errorf("%d MB of memory were in use", used>>20)
	}
	o.nothingRefused("expired_trigger_id") // a refusal may come too late to open a modal
}
