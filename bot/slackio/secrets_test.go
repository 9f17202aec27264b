package slackio_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/slackpeer"
)

// After any failure, errors and the log contain no token, no address, no name and no text that
// somebody wrote.
func TestFailuresGiveNothingAway(t *testing.T) {
	h := open(t, slackpeer.Options{}).overSocket(t)
	h.desk.command = func(context.Context, bot.Colleague, string) (desk.Answer, error) {
		return desk.Answer{}, bot.Temporary(errors.New("store is down"))
	}
	var errs []error
	for _, fault := range []slackpeer.Fault{{Cut: true}, {Status: 500}, {Status: 404}, {Code: "invalid_auth"}, {Status: 429, RetryAfter: 1}} {
		for _, method := range []string{"users.info", "usergroups.users.list", "auth.test", "response_url", "chat.postEphemeral", "chat.postMessage", "views.publish"} {
			h.Fail(method, 1, fault)
		}
		if fault.Cut {
			h.Fail("apps.connections.open", 2, fault)
		}
		_, err := h.people.Colleague(within(t), boris)
		errs = append(errs, err)
		_, err = h.workspace.Identity(within(t))
		errs = append(errs, err)
		for _, user := range []string{alice, boris} {
			if _, err := h.Person(user).Command(deskRoom, "/tc find Kyrgyzstan"); err != nil {
				t.Fatal(err)
			}
			if _, err := h.Person(user).OpenHome(); err != nil {
				t.Fatal(err)
			}
		}
		h.Disconnect("refresh_requested")
		h.until(t, "the lines are up again", func() bool { return h.Connections() == 2 })
	}
	h.until(t, "operators are told", func() bool { return strings.Contains(h.log.String(), "store is down") })
	given := h.log.String()
	for _, err := range errs {
		if err != nil {
			given += err.Error() + "\n"
		}
	}
	for _, secret := range []string{"xoxb-", "xapp-", slackpeer.SigningSecret, "/reply/", "ticket=", "@desk.example", "Arnaud", "Brandt", "Kyrgyzstan"} {
		if strings.Contains(given, secret) {
			t.Errorf("%q is given away in\n%s", secret, given)
		}
	}
}
