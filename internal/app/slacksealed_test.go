package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbale/internal/slackpeer"
)

// sealedWords are words of the letters in this file. No room may show them once the record is
// confidential.
var sealedWords = []string{"Moldova", "Popescu", "Chisinau", "Water", "wells of Sector Nine"}

// seen returns the messages in all rooms that show one of the words.
func (o *slackOffice) seen(words ...string) (found []string) {
	rooms := []string{deskRoom}
	for _, u := range workspace {
		rooms = append(rooms, o.peer.Direct(u.ID))
	}
	for _, room := range rooms {
		for _, m := range o.peer.Messages(room) {
			for _, each := range o.peer.Thread(room, m.TS) {
				raw := each.Text + fmt.Sprint(each.Blocks) + string(each.Metadata) + slackpeer.Picture(each)
				for _, w := range words {
					if strings.Contains(raw, w) {
						found = append(found, w+" in "+slackpeer.Picture(each))
					}
				}
			}
		}
	}
	return found
}

// unseen waits until no room shows the letters' words.
func (o *slackOffice) unseen() {
	o.t.Helper()
	o.until("rooms without the words of a confidential letter", func() bool { return len(o.seen(sealedWords...)) == 0 })
}

// talked sets up an office with a record that is shown in all kinds of messages: cards, mails,
// notes and the question about a mail of an unknown sender.
func talked(t *testing.T) (o *slackOffice, s *service, ref string) {
	t.Helper()
	o = newSlackOffice(t)
	s = o.serve()
	o.deliver(request(1))
	s.settled(1)
	ref = reference(1)
	card := o.card(deskRoom, ref)
	o.card(omar, ref, "Accept")
	o.as(ana).types("note " + ref + " The wells of Sector Nine are meant.")
	o.thread(card, "Sector Nine")
	stranger := letter{from: "Ion Example <i.example@elsewhere.example>", subject: "Our request " + ref, id: "stranger@elsewhere.example",
		body: "Dear colleagues, about " + ref + ": the mission to Chisinau may begin in June."}
	o.deliver(stranger.raw())
	s.settled(2)
	o.thread(card, "may begin in June")
	return o, s, ref
}

// When a record becomes confidential, earlier messages about it in all rooms must be updated, so
// that they show no more than its card.
func TestWhatWasSaidOfAConfidentialRecordIsTakenBack(t *testing.T) {
	t.Parallel()
	o, _, ref := talked(t)
	if found := o.seen(sealedWords...); len(found) < 5 {
		t.Fatalf("only %d messages show the letter's words: the test proves nothing", len(found))
	}
	o.as(ana).picks(o.card(deskRoom, ref), "mark")
	o.unseen()
	o.as(ana).presses(o.card(deskRoom, ref, "confidential"), "open")
	o.as(ana).window("Moldova")
	o.nothingRefused()
}

// A later letter that is marked as confidential makes the record confidential.
func TestALetterThatSaysSoMakesItsRecordConfidential(t *testing.T) {
	t.Parallel()
	o, s, ref := talked(t)
	further := letter{from: "Maria Popescu <m.popescu@economy1.example>", subject: "Re: [" + ref + "]", id: "further@economy.example",
		body: "STRICTLY CONFIDENTIAL\n\nDear colleagues, the wells of Sector Nine in Moldova are meant."}
	o.deliver(further.raw())
	s.settled(3)
	o.unseen()
	first := letter{from: "Elena Example <e.example@gov.example>", subject: "[CONFIDENTIAL] Request for advisory services", id: "first@gov.example",
		body: "Dear Sir or Madam,\n\nThe Ministry of Transport of the Republic of Moldova requests advisory services on road safety at the wells of Sector Nine."}
	o.deliver(first.raw())
	s.settled(4)
	o.card(deskRoom, reference(2), "confidential")
	o.unseen()
	o.nothingRefused()
}

// The summaries of many cards are also updated when a record becomes confidential.
func TestListsAreRewrittenForAConfidentialRecord(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	const many = 30
	for n := range many {
		o.deliver(request(n + 1))
	}
	o.await("all of them within one moment", func() bool { return o.recorded(s, many) })
	o.await("cards and summaries", func() bool {
		s.forward(time.Second)
		return o.drawn(s, many)
	})
	ref := o.summarised()
	o.as(ana).types("confidential " + ref)
	o.until("a summary that says nothing of it", func() bool {
		for _, m := range o.peer.Messages(deskRoom) {
			if picture := slackpeer.Picture(m); strings.Contains(picture, ref+": confidential") && referenceOf(m) == "" {
				return true
			}
		}
		return false
	})
	o.nothingRefused()
}

// summarised returns the reference of a record in a summary.
func (o *slackOffice) summarised() string {
	o.t.Helper()
	for _, m := range o.peer.Messages(deskRoom) {
		if referenceOf(m) != "" {
			continue
		}
		for n := range 40 {
			if strings.Contains(slackpeer.Picture(m), reference(n+1)+" ·") {
				return reference(n + 1)
			}
		}
	}
	o.t.Fatal("there is no summary")
	return ""
}
