package main

import (
	"github.com/spf13/cobra"

	"verbale/internal/app"
)

// rehearseHelp is the long help of rehearse.
const rehearseHelp = "Rehearse reads past mail twice: with the data of the configuration, and with the changed directory,\n" +
	"rules, follow-up policy or vocabulary (and the models next to it) in their place. It prints each\n" +
	"mail with a different result, and the number of such mails. Nothing is recorded, changed or sent.\n\n" +
	"PATH is an mbox file, a Maildir, a folder of .eml files, or a mail. It then needs no server, and\n" +
	"without -c compares with the embedded data. Without PATH the letters of all records of the office\n" +
	"are read again, as far as they are stored: without the headers of automatic mail, and up to 64 KB\n" +
	"of text. Later changes to a record by colleagues are ignored, and so are messages set aside.\n\n" +
	"These values are compared, with their names in \"explain --json\":\n" +
	"  mail      kind, language, reference, and the fields with a doubt\n" +
	"  routing   division, carried_by, assignee, divisions_support, support, rule, triage\n" +
	"  request   all fields, if the mail is a request both times\n" +
	"  plan      when each step is due (due.accept, due.answer and so on), if both have a plan\n" +
	"Confidence values and the wording of reasons are not compared.\n\n" +
	"With --json it prints one object per line for each mail that differs: {\"mail\" or \"reference\",\n" +
	"\"subject\", \"before\", \"after\"}, the last two with the fields that differ.\n\n" +
	"The exit status is 0 whether or not anything differs, and 1 if the data are invalid or a mail or\n" +
	"letter could not be read. Each of these is named, and all others are compared."

func newRehearse(g *globals) *cobra.Command {
	var o app.RehearseOptions
	cmd := &cobra.Command{
		Use:   "rehearse [-c FILE] [--directory FILE] [--rules FILE] [--policy PATH] [--vocabulary DIR] [--json] [PATH...]",
		Short: "Show how changed data would affect past requests",
		Long:  rehearseHelp,
		Example: "  verbale rehearse -c verbale.yaml --directory directory-2027.yaml\n" +
			"  verbale rehearse -c verbale.yaml --vocabulary retrained archive/2025 archive/2026.mbox\n" +
			"  verbale rehearse --rules rules.yaml --json mails |\n" +
			"      jq -r 'select(.after.division) | [.mail, .before.division, .after.division] | @tsv'",
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Changed == (app.OfficeData{}) {
				return usagef(cmd, "give the changed data: --directory, --rules, --policy or --vocabulary")
			}
			if len(args) == 0 && g.config == "" {
				return usagef(cmd, "give mails to read, or the configuration of an office with records: -c FILE")
			}
			o.Config, o.Paths = g.config, args
			o.Out, o.Log = cmd.OutOrStdout(), g.quietLogger(cmd)
			o.Bold = isTerminal(o.Out)
			o.Progress = progress(cmd)
			failed, err := app.Rehearse(cmd.Context(), o)
			return exitError(failed, err)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.JSON, "json", false, "print one JSON object per line")
	f.StringVar(&o.Changed.Directory, "directory", "", "the changed directory (`file`)")
	f.StringVar(&o.Changed.Rules, "rules", "", "the changed routing rules (`file`)")
	f.StringVar(&o.Changed.Policy, "policy", "", "the changed follow-up policy (file or folder, `path`)")
	f.StringVar(&o.Changed.Vocabulary, "vocabulary", "", "the changed vocabulary, and models if they change (`folder`)")
	return cmd
}
