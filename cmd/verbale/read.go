package main

import (
	"github.com/spf13/cobra"

	"verbale/internal/app"
)

func newExplain(g *globals) *cobra.Command {
	var o app.ExplainOptions
	cmd := &cobra.Command{
		Use:   "explain [--json] FILE...",
		Short: "Show how mails are read and routed",
		Long: "Explain reads mails (\"-\" for standard input) with the code of the running service. It prints what\n" +
			"was read, from which words, where each mail would be routed and why. It needs no running service\n" +
			"and no configuration; with -c it uses the directory, rules, policy and vocabulary of that\n" +
			"configuration.\n\n" +
			"With --json it prints one object per line. For a file that cannot be read, the object is {\"file\",\n" +
			"\"error\"}; all other files are processed, and the exit status is 1.",
		Example: "  verbale explain letter.eml\n" +
			"  verbale explain --json mails/*.eml | jq -r '[.file, .kind, .routing.assignee] | @tsv'\n" +
			"  curl -s https://mail.example.org/letter.eml | verbale explain -c verbale.yaml -",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Config, o.Files = g.config, args
			o.In, o.Out = cmd.InOrStdin(), cmd.OutOrStdout()
			o.Bold = isTerminal(o.Out)
			o.Log = g.quietLogger(cmd)
			failed, err := app.Explain(cmd.Context(), o)
			return exitError(failed, err)
		},
	}
	cmd.Flags().BoolVar(&o.JSON, "json", false, "print one JSON object per line")
	cmd.Flags().BoolVar(&o.Full, "full", false, "with --json, include the text of attachments")
	return cmd
}

func newImport(g *globals) *cobra.Command {
	var o app.ImportOptions
	cmd := &cobra.Command{
		Use:   "import -c FILE PATH...",
		Short: "Record mails from an mbox, a Maildir or a folder of .eml files",
		Long: "Import records old mail. It can be repeated: mail that is already recorded is recognised and not\n" +
			"recorded again. Imported records are marked as backfilled, and no acknowledgements, assignments or\n" +
			"reminders are sent for them. With --acknowledge, requests that were not answered before are\n" +
			"acknowledged.\n\n" +
			"PATH is an mbox file, a Maildir, a folder of .eml files, or a mail. The exit status is 1 if a mail\n" +
			"could not be recorded; it is named, and all others are recorded.",
		Example: "  verbale import -c verbale.yaml archive/2025.mbox\n" +
			"  verbale import -c verbale.yaml ~/Maildir letters/",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			o.Config, o.Paths, o.Log = g.config, args, g.logger(cmd)
			o.Out = cmd.OutOrStdout()
			o.Progress = progress(cmd)
			failed, err := app.Import(cmd.Context(), o)
			return exitError(failed, err)
		},
	}
	cmd.Flags().BoolVar(&o.Acknowledge, "acknowledge", false, "acknowledge the requests that are recorded")
	return cmd
}

// exitError is the error of a command that has named failures on its own: err if there is
// one, else errReported if anything failed.
func exitError(failed int, err error) error {
	if err == nil && failed > 0 {
		return errReported
	}
	return err
}
