package slackio_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"verbale/internal/slackpeer"
)

func TestATokenThatIsRefusedEndsTheEarWithAdvice(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.Fail("apps.connections.open", 2, slackpeer.Fault{Code: "invalid_auth"})
	err := h.ear().Run(within(t))
	if err == nil || !strings.Contains(err.Error(), "slack.app_token_file") {
		t.Errorf("ended with %v", err)
	}
}

func TestTheEarEndsWithItsContext(t *testing.T) {
	h := open(t, slackpeer.Options{})
	ctx, stop := context.WithCancel(within(t))
	ended := make(chan error, 1)
	go func() { ended <- h.ear().Run(ctx) }()
	h.until(t, "the lines are up", func() bool { return h.Connections() == 2 })
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestEachLineThatCannotBeOpenedIsCounted(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.Fail("apps.connections.open", 3, slackpeer.Fault{Status: http.StatusServiceUnavailable})
	h.overSocket(t)
	if got := h.broken.Load(); got != 3 {
		t.Errorf("%d failures were counted, 3 there were", got)
	}
}
