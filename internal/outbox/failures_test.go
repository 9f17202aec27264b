package outbox

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"verbale/bot"
)

// refusingPerformer is a performer whose connection is refused.
type refusingPerformer struct{}

func (refusingPerformer) Perform(context.Context, bot.Action) (string, error) {
	return "", bot.Temporary(errors.New("connection refused"))
}

// While the server is down, the log has one line per minute, regardless of the number of waiting
// actions and attempts.
func TestAnOutageDoesNotFloodTheLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newMemory()
		for n := range 50 {
			q.add(mail(n))
		}
		var log bytes.Buffer
		_, stop := running(t, q, refusingPerformer{}, func(o *Options) {
			o.Log = slog.New(slog.NewTextHandler(&log, nil))
			o.Policy.Retry = Retry{Attempts: 1000, First: 5 * time.Second, Longest: 5 * time.Second}
			o.Policy.Rate = Rate{}
		})
		const minutes = 10
		time.Sleep(minutes * time.Minute)
		stop()
		lines := strings.Count(log.String(), "\n")
		if lines < minutes-1 || lines > minutes+2 {
			t.Errorf("%d lines in %d minutes:\n%.2000s", lines, minutes, &log)
		}
		if !strings.Contains(log.String(), "connection refused") {
			t.Errorf("the log does not say why:\n%.2000s", &log)
		}
	})
}
