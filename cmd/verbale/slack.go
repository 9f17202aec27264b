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
		Short: "Print the manifest from which the Slack app is made",
		Long: "Manifest prints, as YAML, what Slack wants to know of the app: names, commands, shortcuts, events\n" +
			"and scopes, for this configuration. In Slack: api.slack.com/apps, Create New App, From a manifest.\n" +
			"When a new version needs more, “verbale doctor” says so; paste the manifest anew and install again.",
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
	cmd.Flags().StringVar(&o.RequestURL, "url", "", "`address` at which Slack finds the program (slack.mode http)")
	return cmd
}
