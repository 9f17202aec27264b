package app_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbale/internal/app"
	"verbale/internal/slackpeer"
)

func TestDoctorLooksAtTheApp(t *testing.T) {
	t.Parallel()
	withoutHistory := slices.DeleteFunc(slices.Clone(slackpeer.AllScopes), func(s string) bool { return s == "channels:history" })
	for _, tt := range []struct {
		name    string
		scopes  []string
		breakIt func(o *slackOffice)
		want    []string // "part status: text", only the beginning
	}{
		{"all is well", nil, func(*slackOffice) {}, []string{"Slack ok"}},
		{"a scope is missing", withoutHistory, func(*slackOffice) {}, []string{"Slack problem: the app lacks the scope channels:history"}},
		{"the app is not in the channel", nil, func(o *slackOffice) {
			o.peer.AddChannel(slackpeer.Channel{ID: deskRoom, Name: "tc-desk", Members: []string{ana}})
		}, []string{"Slack problem: the app is not in the desk's channel"}},
		{"somebody has left", nil, func(o *slackOffice) {
			o.peer.AddUser(slackpeer.User{ID: omar, Name: "omar", Deleted: true})
		}, []string{"Slack problem: user " + omar + " of the directory has left the workspace"}},
		{"the token is wrong", nil, func(o *slackOffice) { o.write(filepath.Join(o.folder, "bot_token"), "xoxb-wrong") },
			[]string{"Slack problem: try the bot token: Slack answers invalid_auth"}},
		{"the app token is wrong", nil, func(o *slackOffice) { o.write(filepath.Join(o.folder, "app_token"), "xapp-wrong") },
			[]string{"Slack problem: try the app token"}},
		{"Slack cannot be reached", nil, func(o *slackOffice) { o.peer.Close() }, []string{"Slack problem"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			options := slackOptions()
			options.Scopes = tt.scopes
			o := slackOfficeOn(t, options)
			o.t = t
			tt.breakIt(o)
			var out bytes.Buffer
			problems, err := app.Doctor(t.Context(), app.DoctorOptions{Config: o.file, JSON: true, Out: &out, Log: o.log()})
			if healthy := strings.HasSuffix(tt.want[0], "ok"); err != nil || (problems == 0) != healthy {
				t.Errorf("%d problems, %v\n%s", problems, err, &out)
			}
			found := findings(t, &out)
			for _, want := range tt.want {
				if !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, want) }) {
					t.Errorf("nothing like %q:\n%s", want, strings.Join(found, "\n"))
				}
			}
			if strings.Contains(out.String(), "xoxb-") || strings.Contains(out.String(), "xapp-") {
				t.Errorf("a token is shown:\n%s", &out)
			}
			for _, method := range []string{"chat.postMessage", "conversations.open", "conversations.join"} {
				if len(o.peer.Calls(method)) > 0 {
					t.Errorf("the doctor calls %s", method)
				}
			}
		})
	}
}

// A service whose bot token is refused must log that Slack does not work and how to repair it.
func TestServeSaysThatTheBotTokenIsRefused(t *testing.T) {
	t.Parallel()
	o := slackOfficeOn(t, slackOptions())
	o.t = t
	o.write(filepath.Join(o.folder, "bot_token"), "xoxb-wrong")
	o.start()
	o.await("the log to say that Slack does not work", func() bool {
		log := o.logs.String()
		return strings.Contains(log, "Slack does not work") && strings.Contains(log, "slack.bot_token_file")
	})
}
