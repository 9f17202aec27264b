package slackio_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/slack-go/slack"

	"verbale/bot/desk"
	"verbale/bot/slackio"
	"verbale/internal/golden"
	"verbale/internal/slackpeer"
	"verbale/routing"
)

func manifest(t *testing.T, o slackio.ManifestOptions) (string, slack.Manifest) {
	t.Helper()
	text, err := slackio.Manifest(o)
	if err != nil {
		t.Fatal(err)
	}
	var m slack.Manifest
	if err := yaml.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return string(text), m
}

func TestTheManifestFitsTheConfiguration(t *testing.T) {
	socket, m := manifest(t, slackio.ManifestOptions{})
	golden.Compare(t, "testdata/manifest_socket.yaml", socket)
	if !m.Settings.SocketModeEnabled || strings.Contains(socket, "https://") {
		t.Error("a manifest for Socket Mode names addresses, or no Socket Mode")
	}
	web, m := manifest(t, slackio.ManifestOptions{RequestURL: "https://verbale.unece.example/app/"})
	golden.Compare(t, "testdata/manifest_http.yaml", web)
	if m.Settings.SocketModeEnabled {
		t.Error("a manifest for HTTP has Socket Mode")
	}
	if _, err := slackio.Manifest(slackio.ManifestOptions{RequestURL: "http://verbale.unece.example"}); err == nil {
		t.Error("Slack calls no address without TLS")
	}
}

func TestTheManifestAsksForWhatTheDeskAnswers(t *testing.T) {
	_, m := manifest(t, slackio.ManifestOptions{})
	for _, s := range m.Features.Shortcuts {
		if s.CallbackID != desk.ShortcutLog && s.CallbackID != desk.ShortcutNew {
			t.Errorf("the desk knows no shortcut %q", s.CallbackID)
		}
	}
	for _, e := range m.Settings.EventSubscriptions.BotEvents {
		if !slices.Contains(slackpeer.AllEvents, e) {
			t.Errorf("Slack has no event %q", e)
		}
	}
}

// The scopes of the manifest suffice for all calls of the app.
func TestTheScopesOfTheManifestAreEnough(t *testing.T) {
	_, m := manifest(t, slackio.ManifestOptions{})
	d := mouth(t, slackpeer.Options{Scopes: m.OAuthConfig.Scopes.Bot, Events: m.Settings.EventSubscriptions.BotEvents})
	a := card(2)
	a.Attempts = 1
	d.perform(t, a)
	again := note(boss)
	again.Attempts = 1
	d.perform(t, again)
	if got := d.diagnose(t, directory()); len(got) > 0 {
		t.Errorf("found %+v", got)
	}
	for _, c := range d.Calls("") {
		if c.Error != "" {
			t.Errorf("%s is refused: %s", c.Method, c.Error)
		}
	}
}

func (h *fixture) diagnose(t *testing.T, dir *routing.Directory) []slackio.Finding {
	t.Helper()
	return slackio.Diagnosis{Workspace: h.workspace, Rooms: h.rooms, Directory: dir, Socket: true}.Diagnose(within(t))
}

func TestWhatTheAppLacksIsFoundWithWhatMendsIt(t *testing.T) {
	for name, c := range map[string]struct {
		scopes []string
		spoil  func(*fixture, *routing.Directory)
		finds  []string
	}{
		"nothing":   {nil, func(*fixture, *routing.Directory) {}, nil},
		"bot token": {nil, func(h *fixture, _ *routing.Directory) { h.Fail("auth.test", 1, slackpeer.Fault{Code: "invalid_auth"}) }, []string{"invalid_auth"}},
		"no answer": {nil, func(h *fixture, _ *routing.Directory) { h.Fail("auth.test", 1, slackpeer.Fault{Cut: true}) }, []string{"try the bot token"}},
		"app token": {nil, func(h *fixture, _ *routing.Directory) {
			h.Fail("apps.connections.open", 1, slackpeer.Fault{Code: "not_allowed_token_type"})
		}, []string{"try the app token"}},
		"one scope":   {without("usergroups:read"), func(*fixture, *routing.Directory) {}, []string{"usergroups:read", "user group"}},
		"not invited": {nil, func(h *fixture, _ *routing.Directory) { h.AddChannel(slackpeer.Channel{ID: deskRoom, Name: "tc-desk"}) }, []string{"not in the desk's channel"}},
		"no channel":  {nil, func(h *fixture, _ *routing.Directory) { h.AddChannel(slackpeer.Channel{ID: deskRoom, Name: "renamed"}) }, []string{"#tc-desk"}},
		"the directory": {nil, func(h *fixture, d *routing.Directory) {
			h.AddUser(slackpeer.User{ID: boris, Deleted: true})
			d.Staff = []routing.Staff{{Role: routing.RoleAdmin, Users: []string{"U0UNKNOWN", stranger, "alice"}, Groups: []string{"S0UNKNOWN"}}}
		}, []string{"group S0UNKNOWN", "U0000BORIS", "is a bot", "U0UNKNOWN", "no id"}},
	} {
		t.Run(name, func(t *testing.T) {
			h, dir := open(t, slackpeer.Options{Scopes: c.scopes}), directory()
			c.spoil(h, dir)
			found := h.diagnose(t, dir)
			var problems []string
			for _, f := range found {
				problems = append(problems, f.Problem)
				if f.Mend == "" {
					t.Errorf("nothing mends %s", f.Problem)
				}
			}
			if len(found) != len(c.finds) {
				t.Errorf("found %q", problems)
			}
			for _, want := range c.finds {
				if !strings.Contains(strings.Join(problems, "\n"), want) {
					t.Errorf("%s is not among %q", want, problems)
				}
			}
		})
	}
}

func without(scope string) []string {
	return slices.DeleteFunc(slices.Clone(slackpeer.AllScopes), func(s string) bool { return s == scope })
}
