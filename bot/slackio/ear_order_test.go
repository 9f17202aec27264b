package slackio_test

import (
	"context"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/slackpeer"
	"verbale/internal/wait"
)

// An action is acknowledged only after it was performed. If the process ends before, Slack tells
// the person that the app did not respond, and the click is not lost silently.
func TestAnActIsAcknowledgedOnceItIsDone(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.overSocket(t)
	acknowledged := func() bool { return len(h.Deliveries()) > 0 }
	early := make(chan bool, 1)
	h.desk.command = func(ctx context.Context, _ bot.Colleague, _ string) (desk.Answer, error) {
		moment, cancel := context.WithTimeout(ctx, 50*time.Millisecond) // time in which no acknowledgement may arrive
		defer cancel()
		early <- wait.Until(moment, time.Millisecond, func() (bool, error) { return acknowledged(), nil }) == nil
		return desk.Answer{}, nil
	}
	seen, err := h.Person(alice).Command(deskRoom, "/tc accept 42")
	acted(t, seen, err)
	if <-early {
		t.Error("acknowledged before it was done")
	}
}
