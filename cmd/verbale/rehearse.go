package main

import (
	"github.com/spf13/cobra"

	"verbale/internal/app"
)

// rehearseHelp is the long help of rehearse.
const rehearseHelp = "Rehearse reads past mail twice: with the data of the configuration, and with the changed\n" +
	"directory, rules, follow-up policy or vocabulary (and the models that lie beside it) in their\n" +
	"place. It prints each mail that would come out otherwise, and how many in all. Nothing is\n" +
	"recorded, changed or sent.\n\n" +
	"PATH is an mbox file, a Maildir, a folder of .eml files, or a mail; no server is needed then, and\n" +
	"without -c the embedded data are the ones in force. Without PATH the letters of all records of\n" +
	"the office are read again, as far as they are kept: no headers of machine mail, and 64 KB of\n" +
	"text. What people have changed in a record since plays no part, nor do messages set aside.\n\n" +
	"Compared are, under their names in \"explain --json\":\n" +
	"  of every mail   kind, language, reference, and the fields on which a doubt stands\n" +
	"  its routing     division, carried_by, assignee, divisions_support, support, rule, triage\n" +
	"  its request     all fields, where it is a request both times\n" +
	"  its plan        when each step is due (due.accept, due.answer and so on), where both have it\n" +
	"Confidence and wording of reasons are not.\n\n" +
	"With --json it prints one object a line for each mail that differs: {\"mail\" or \"reference\",\n" +
	"\"subject\", \"before\", \"after\"}, the last two with the fields that differ.\n\n" +
	"Exit status is 0 whether or not anything moves, and 1 where the data are not right or a mail or\n" +
	"letter could not be read; each is named, and all others are compared."

func newRehearse(g *globals) *cobra.Command {
	var o app.RehearseOptions
	cmd := &cobra.Command{
		Use:   "rehearse [-c FILE] [--directory FILE] [--rules FILE] [--policy PATH] [--vocabulary DIR] [--json] [PATH...]",
		Short: "Show what changed data would do to past requests",
		Long:  rehearseHelp,
		Example: "  verbale rehearse -c verbale.yaml --directory directory-2027.yaml\n" +
			"  verbale rehearse -c verbale.yaml --vocabulary retrained archive/2025 archive/2026.mbox\n" +
			"  verbale rehearse --rules rules.yaml --json mails |\n" +
			"      jq -r 'select(.after.division) | [.mail, .before.division, .after.division] | @tsv'",
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Changed == (app.OfficeData{}) {
				return usagef(cmd, "say what changes: --directory, --rules, --policy or --vocabulary")
			}
			if len(args) == 0 && g.config == "" {
				return usagef(cmd, "name mails to read, or the configuration of an office with records: -c FILE")
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
	f.BoolVar(&o.JSON, "json", false, "print one JSON object a line")
	f.StringVar(&o.Changed.Directory, "directory", "", "the changed directory (`file`)")
	f.StringVar(&o.Changed.Rules, "rules", "", "the changed routing rules (`file`)")
	f.StringVar(&o.Changed.Policy, "policy", "", "the changed follow-up policy (file or folder, `path`)")
	f.StringVar(&o.Changed.Vocabulary, "vocabulary", "", "the changed vocabulary, with models where they change too (`folder`)")
	return cmd
}
