package app

import (
	"io"

	"verbale/bot/slackio"
	"verbale/internal/config"
)

// ManifestOptions say for which office to print the manifest.
type ManifestOptions struct {
	Config     string // "" for Socket Mode
	RequestURL string // where Slack finds slack.listen from outside, in HTTP mode
	Out        io.Writer
}

// A RequestURLError means that the request URL and slack.mode do not match.
type RequestURLError string

func (e RequestURLError) Error() string { return string(e) }

// Manifest prints the manifest for creating the Slack app. It needs no secrets and makes no
// calls to Slack.
func Manifest(o ManifestOptions) error {
	c, err := readConfig(o.Config)
	if err != nil {
		return err
	}
	byHTTP := c.Slack != nil && c.Slack.Mode == config.SlackHTTP
	switch {
	case byHTTP && o.RequestURL == "":
		return RequestURLError("slack.mode is http: give with --url the public URL of " + c.Slack.Listen + ", such as https://verbale.example.org")
	case !byHTTP && o.RequestURL != "":
		return RequestURLError("--url is for slack.mode http; in Socket Mode the program connects to Slack")
	}
	manifest, err := slackio.Manifest(slackio.ManifestOptions{RequestURL: o.RequestURL})
	if err != nil {
		return err
	}
	_, err = o.Out.Write(manifest)
	return err
}
