package slackio

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/url"

	"github.com/goccy/go-yaml"
	"github.com/slack-go/slack"
)

//go:embed data/manifest.yaml
var manifest []byte

// ManifestOptions say how Slack reaches the program.
type ManifestOptions struct {
	// RequestURL is the base URL of the program's HTTP listener, such as
	// "https://verbale.unece.example"; "" for Socket Mode.
	RequestURL string
}

// Manifest returns the app manifest as YAML, to create or update the app
// (docs.slack.dev/reference/app-manifest).
func Manifest(o ManifestOptions) ([]byte, error) {
	var m slack.Manifest
	if err := yaml.UnmarshalWithOptions(manifest, &m, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	for _, s := range scopes {
		m.OAuthConfig.Scopes.Bot = append(m.OAuthConfig.Scopes.Bot, s.name)
	}
	m.Settings.SocketModeEnabled = o.RequestURL == ""
	if o.RequestURL != "" {
		if err := requestURLs(&m, o.RequestURL); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := yaml.NewEncoder(&out, yaml.Indent(2), yaml.IndentSequence(true)).Encode(m); err != nil {
		return nil, fmt.Errorf("write the manifest: %w", err)
	}
	return out.Bytes(), nil
}

// requestURLs sets the request URLs below a base. The manifest has a separate URL for searches
// in selects; ours is the same as for interactions.
func requestURLs(m *slack.Manifest, base string) error {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("write the manifest: %q is no https address, and Slack calls no other", base)
	}
	m.Settings.EventSubscriptions.RequestUrl = u.JoinPath(PathEvents).String()
	m.Settings.Interactivity.RequestUrl = u.JoinPath(PathInteractions).String()
	m.Settings.Interactivity.MessageMenuOptionsUrl = u.JoinPath(PathInteractions).String()
	for i := range m.Features.SlashCommands {
		m.Features.SlashCommands[i].Url = u.JoinPath(PathCommands).String()
	}
	return nil
}

// A scope is an OAuth scope of the bot token, and what it is needed for
// (docs.slack.dev/reference/scopes).
type scope struct{ name, why string }

// scopes are all scopes the program uses. The manifest requests them, and Diagnose checks
// them.
var scopes = []scope{
	{"app_mentions:read", "answers to who mentions the app"},
	{"channels:history", "finding cards that stand in a public channel already"},
	{"channels:read", "finding the desk's channel by its name"},
	{"chat:write", "cards and posts"},
	{"commands", "commands and shortcuts"},
	{"files:write", "the charts of reports"},
	{"groups:history", "finding cards that stand in a private channel already"},
	{"groups:read", "finding a private channel by its name"},
	{"im:history", "answers to who writes to the app, and finding cards in direct messages"},
	{"im:write", "direct messages with assignments"},
	{"mpim:history", "finding cards in direct messages to a user group"},
	{"mpim:write", "direct messages to a user group"},
	{"usergroups:read", "roles and posts that are given to user groups"},
	{"users:read", "names and languages of colleagues"},
	{"users:read.email", "knowing colleagues by their mail address"},
}
