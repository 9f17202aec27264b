package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbale/bot"
)

func TestOurOwnAcknowledgementComesBack(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	k.deliver(request(1))
	s.settled(1)
	before := len(k.sent())
	for _, copies := range k.acknowledgements() {
		k.deliver([]byte(copies[0].raw))
		// As forwarded by a service that removes the header fields of automatic mail.
		k.deliver(without(copies[0].raw, "Auto-Submitted", "X-Auto-Response-Suppress"))
	}
	s.settled(3)
	if after := len(k.sent()); after != before {
		t.Errorf("%d mails went out in answer to our own", after-before)
	}
	if balance := k.audit(); !strings.Contains(balance, "3 on the server = 1 recorded") {
		t.Errorf("our own mail became a record: %s", balance)
	}
}

// without returns a mail without the given header fields.
func without(raw string, fields ...string) []byte {
	lines := strings.SplitAfter(raw, "\r\n")
	var kept strings.Builder
	for _, line := range lines {
		name, _, _ := strings.Cut(line, ":")
		if !containsFold(fields, name) {
			kept.WriteString(line)
		}
	}
	return []byte(kept.String())
}

func containsFold(list []string, s string) bool {
	for _, one := range list {
		if strings.EqualFold(one, s) {
			return true
		}
	}
	return false
}

// TestAnAutoResponderThatDoesNotSayWhatItIs tests an auto-responder that answers each of our mails
// from the requester's address, without the header fields of automatic mail and each time with
// another Message-ID. The exchange must stop at the rate limit.
func TestAnAutoResponderThatDoesNotSayWhatItIs(t *testing.T) {
	t.Parallel()
	for name, reply := range map[string]func(n int, m sent) []byte{
		"in the thread":  repliesInThread,
		"out of thread":  repliesAnew,
		"quoting it all": repliesQuoting,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newDesk(t)
			s := k.serve()
			k.deliver(requestFrom("office@ministry.example", "asks-once"))
			seen, answered := 0, 0
			for going := true; going && answered <= shareOfASender; {
				k.await("all to be quiet", func() bool { return s.placed() == 1+answered && s.atRest() })
				going = false
				for _, m := range k.sent()[seen:] {
					seen++
					if m.to() == "office@ministry.example" {
						answered++
						k.deliver(reply(answered, m))
						going = true
					}
				}
			}
			if answered == 0 || answered > shareOfASender {
				t.Errorf("%d mails went out to it", answered)
			}
			k.audit()
		})
	}
}

// shareOfASender is the limit of automatic mails to one address in three hours.
const shareOfASender = 10

func repliesInThread(n int, m sent) []byte {
	return plain("Thank you for your message. It will be dealt with in due course.\n",
		"From: <office@ministry.example>", "To: <"+deskAddress+">", "Subject: Re: "+m.Subject,
		fmt.Sprintf("Message-ID: <responder-%d@ministry.example>", n), "In-Reply-To: <"+m.MessageID+">",
		"Date: "+time.Now().Format(time.RFC1123Z))
}

func repliesAnew(n int, _ sent) []byte {
	return plain("Thank you for your message. It will be dealt with in due course.\n",
		"From: <office@ministry.example>", "To: <"+deskAddress+">", "Subject: We have received your message",
		fmt.Sprintf("Message-ID: <responder-%d@ministry.example>", n),
		"Date: "+time.Now().Format(time.RFC1123Z))
}

// repliesQuoting repeats the request each time, like a ticket system that returns the original
// letter.
func repliesQuoting(n int, _ sent) []byte {
	return requestFrom("office@ministry.example", fmt.Sprintf("ticket-%d", n))
}

func TestManyMailsOfOneSender(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	const mails, share = 15, shareOfASender
	for n := range mails {
		k.deliver(requestFrom("busy@ministry.example", fmt.Sprintf("busy-%d", n)))
	}
	k.await("the share of the sender", func() bool { return len(k.acknowledgements()) == share && deferred(s) == mails-share })
	s.forward(3*time.Hour + time.Minute)
	s.settled(mails)
	references := map[string]bool{}
	for id, copies := range k.acknowledgements() {
		if len(copies) > 1 {
			t.Errorf("%s went out %d times", id, len(copies))
		}
		for _, reference := range referenceForm.FindAllString(copies[0].Subject+copies[0].Text.Content, -1) {
			references[reference] = true
		}
	}
	if len(references) != mails {
		t.Errorf("%d of %d requests were acknowledged", len(references), mails)
	}
	if n := len(k.acknowledgements()); n <= share || n >= mails {
		t.Errorf("%d acknowledgements went out, want %d and fewer than one for each of the others", n, share)
	}
}

// deferred counts the acknowledgements deferred by the rate limit per sender.
func deferred(s *service) (n int) {
	records, _, err := s.server.Store().List(s.t.Context(), bot.Query{Limit: 100})
	if err != nil {
		return -1
	}
	for _, r := range records {
		actions, err := s.server.Store().Actions(s.t.Context(), r.Reference)
		if err != nil {
			return -1
		}
		for _, a := range actions {
			if a.Kind == bot.ActionAcknowledge && a.Deferred {
				n++
			}
		}
	}
	return n
}
