package main

import (
	"errors"

	"github.com/spf13/cobra"

	"verbale/internal/app"
)

func newManifest(g *globals) *cobra.Command {
	var o app.ManifestOptions
	cmd := &cobra.Command{
		Use:   "manifest [-c FILE]",
		Short: "Print the manifest of the Slack app",
		Long: "Manifest prints, as YAML, the manifest of the Slack app for this configuration: names, commands,\n" +
			"shortcuts, events and scopes. In Slack, open api.slack.com/apps and choose Create New App, From a\n" +
			"manifest. If a new version of the program needs more, “verbale doctor” reports it; then replace the\n" +
			"manifest of the app and reinstall it.",
		Example: "  verbale manifest > app.yaml\n" +
			"  verbale manifest -c verbale.yaml --url https://verbale.example.org",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Config, o.Out = g.config, cmd.OutOrStdout()
			err := app.Manifest(o)
			if _, wrong := errors.AsType[app.RequestURLError](err); wrong {
				return usagef(cmd, "%w", err)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&o.RequestURL, "url", "", "`URL` at which Slack can reach the program (slack.mode http)")
	return cmd
}
