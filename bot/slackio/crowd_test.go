package slackio_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/slackpeer"
)

// Beyond the limit of waiting jobs nothing is acknowledged. Slack then delivers an event again,
// and shows an error to a person.
func TestWhatIsTooMuchIsLeftToSlack(t *testing.T) {
	h := open(t, slackpeer.Options{RetryPauses: []time.Duration{0, time.Millisecond, time.Second, aWhile}})
	impatient(h)
	h.waiting = 1
	h.overSocket(t)
	slow := make(gate)
	h.desk.command = func(ctx context.Context, _ bot.Colleague, _ string) (desk.Answer, error) {
		return desk.Answer{}, slow.pass(ctx)
	}
	seen, err := h.Person(alice).Command(deskRoom, "/tc list")
	acted(t, seen, err)
	h.WaitForAcks(100 * time.Millisecond)
	if seen, err = h.Person(boris).Command(deskRoom, "/tc list"); err != nil || seen.Acked {
		t.Errorf("acknowledged %t, %v", seen.Acked, err)
	}
	if seen, err = h.Person(boris).OpenHome(); err != nil || seen.Acked {
		t.Errorf("acknowledged %t, %v", seen.Acked, err)
	}
	close(slow)
	h.until(t, "the home tab", func() bool { _, ok := h.Home(boris); return ok })
	if !strings.Contains(h.log.String(), "too much is in hand") {
		t.Error("operators are not told")
	}
}

// BenchmarkAcknowledge measures the time from a command to its acknowledgement. It should not
// depend on how long the desk takes.
func BenchmarkAcknowledge(b *testing.B) {
	h := open(b, slackpeer.Options{}).overSocket(b)
	h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
		time.Sleep(20 * time.Millisecond)
		return desk.Answer{}, nil
	}
	var took []time.Duration
	for i := range b.N {
		began := time.Now()
		seen, err := h.Person(alice).Command(deskRoom, fmt.Sprintf("/tc show %d", i))
		if err != nil {
			b.Fatal(err)
		}
		if seen.Acked { // commands beyond the limit of waiting jobs are not
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
