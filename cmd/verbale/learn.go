package main

import (
	"github.com/spf13/cobra"

	"verbale/internal/app"
)

func newEval(g *globals) *cobra.Command {
	var o app.EvalOptions
	cmd := &cobra.Command{
		Use:   "eval [--json] [--misses FIELD] DIR",
		Short: "Measure how well labelled mails are read",
		Long: "Eval reads the mails of a folder as the running service does and compares what was read with\n" +
			"what a person wrote down: ID.eml is a mail, ID.json beside it its label. A label is one JSON\n" +
			"object with the keys of \"request\" in the output of \"explain --json\", and kind, language,\n" +
			"reference, division and divisions_support beside them; null is what a mail leaves open, and\n" +
			"keys of your own are passed over. With -c the office's own directory, rules, policy and\n" +
			"vocabulary are measured.\n\n" +
			"A figure is a share of mails that were read rightly, or, where its name ends in \"f1\", weighs\n" +
			"what is found against what is missed. Institutions, names and titles need only be alike. Of\n" +
			"mails that are no request, only kind, language and our reference count. \"auto precision\" is the\n" +
			"share that went to the right division of all that no person looked at first, and \"auto\n" +
			"coverage\" how much that was; \"record score\" is the mean over all fields. Two tables show which\n" +
			"kinds and divisions were taken for which.\n\n" +
			"Exit status 1 means that a mail could not be measured: its label is missing or broken, or the\n" +
			"label has no mail. Each is named, and all others are measured.",
		Example: "  verbale eval archive/2025\n" +
			"  verbale eval --misses division archive/2025\n" +
			"  verbale eval --json -c verbale.yaml archive/2025 | jq '.[\"record score\"]'",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Misses != "" && o.Misses != app.AllFields {
				if err := oneOf(cmd, "misses", o.Misses, append(app.EvalFields(), app.AllFields)...); err != nil {
					return err
				}
			}
			o.Config, o.Folder = g.config, args[0]
			o.Out, o.Log = cmd.OutOrStdout(), g.quietLogger(cmd)
			o.Bold = isTerminal(o.Out)
			if isTerminal(cmd.ErrOrStderr()) {
				o.Progress = cmd.ErrOrStderr()
			}
			failed, err := app.Evaluate(cmd.Context(), o)
			return reported(failed, err)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.JSON, "json", false, "print one JSON object")
	f.StringVar(&o.Misses, "misses", "", "list the mails whose `FIELD` was read wrongly; \"all\" for every field")
	return cmd
}
