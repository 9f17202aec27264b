package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/internal/slackpeer"
)

// asked returns the messages in the desk's channel that ask whether a mail belongs to a record:
// the number of those about one mail, and the summaries about several.
func (o *slackOffice) asked() (single int, summaries []slackpeer.Message) {
	for _, m := range o.peer.Messages(deskRoom) {
		switch picture := slackpeer.Picture(m); {
		case m.Broadcast && shows(picture, "Does it belong to it?"):
			single++
		case strings.Contains(picture, "to be confirmed") && m.ThreadTS == "":
			summaries = append(summaries, m)
		}
	}
	return single, summaries
}

// Many mails of unknown senders about one request arrive at the same time. The questions about
// them have the same limit as cards: up to the limit each is a message of its own, the others
// are combined into one message, which is updated when one of its questions is answered.
func TestAFloodOfStrangersDoesNotFloodTheChannel(t *testing.T) {
	t.Parallel()
	const beyond = 6
	o := newSlackOffice(t)
	o.standStill(time.Now()) // all mails arrive at the same time, even on a slow machine
	s := o.serve()
	o.deliver(request(1))
	s.settled(1)
	for n := range cardsAtOnce + beyond {
		stranger := letter{from: fmt.Sprintf("<p%d@elsewhere.example>", n), subject: "About " + reference(1), id: fmt.Sprintf("p%d@elsewhere.example", n),
			body: "With regard to " + reference(1) + ", the workshop may take place in June."}
		o.drop(stranger.raw())
	}
	o.await("outcomes", func() bool { return len(setAside(t, s)) == cardsAtOnce+beyond })
	o.await("a share of questions", func() bool { single, _ := o.asked(); return single == cardsAtOnce })
	o.await("each question to be asked, or to wait for the room's share", func() bool {
		actions, err := s.server.Store().Actions(t.Context(), reference(1))
		return err == nil && !slices.ContainsFunc(actions, func(a bot.Action) bool { return !drawnOrDeferred(a) })
	})
	s.forward(time.Minute)
	var summary slackpeer.Message
	o.await("a message about the others", func() bool {
		single, summaries := o.asked()
		if single == cardsAtOnce && len(summaries) == 1 {
			summary = summaries[0]
		}
		return summary.TS != "" && shows(slackpeer.Picture(summary), fmt.Sprint(beyond, " mails wait to be confirmed"))
	})
	o.as(ana).presses(summary, "dismiss", valueOf(t, summary, "dismiss"))
	o.await("one less", func() bool {
		_, summaries := o.asked()
		return len(summaries) == 1 && shows(slackpeer.Picture(summaries[0]), fmt.Sprint(beyond-1, " mails wait to be confirmed"))
	})
	o.nothingRefused()
}
