package main

import (
	"github.com/spf13/cobra"

	"verbale/internal/app"
)

// evalHelp is the long help of eval.
const evalHelp = "Eval reads the mails of a folder as the running service does and compares what was read with\n" +
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
	"label has no mail. Each is named, and all others are measured."

func newEval(g *globals) *cobra.Command {
	var o app.EvalOptions
	cmd := &cobra.Command{
		Use:   "eval [--json] [--misses FIELD] DIR",
		Short: "Measure how well labelled mails are read",
		Long:  evalHelp,
		Example: "  verbale eval archive/2025\n" +
			"  verbale eval --misses division archive/2025\n" +
			"  verbale eval --json -c verbale.yaml archive/2025 | jq '.[\"record score\"]'",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Misses != "" && o.Misses != app.AllFields {
				if err := oneOf(cmd, "--misses", o.Misses, append(app.EvalFields(), app.AllFields)...); err != nil {
					return err
				}
			}
			o.Config, o.Folder = g.config, args[0]
			o.Out, o.Log = cmd.OutOrStdout(), g.quietLogger(cmd)
			o.Bold = isTerminal(o.Out)
			o.Progress = progress(cmd)
			failed, err := app.Evaluate(cmd.Context(), o)
			return exitError(failed, err)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.JSON, "json", false, "print one JSON object")
	f.StringVar(&o.Misses, "misses", "", "list the mails whose `FIELD` was read wrongly; \"all\" for every field")
	return cmd
}

// trainHelp is the long help of train.
const trainHelp = "Train fits the models by which letters are read to the labelled sentences in the folder\n" +
	"SENTENCES, or to those that come with the program. The same sentences give the same files.\n\n" +
	"  roles.jsonl   {\"lang\", \"role\", \"text\"}: what a sentence does in a letter\n" +
	"  kinds.jsonl   {\"lang\", \"kind\", \"sub\", \"subject\", \"text\"}: whole short mails\n" +
	"  asks/*.jsonl  {\"lang\", \"theme\", \"service\", \"text\"}: sentences that ask for something\n\n" +
	"All three are needed. Your own sentences take the place of the program's: to add to those, copy\n" +
	"intake/reading/training of the sources and write on. With -c, subjects and services are learned\n" +
	"on the terms of the office's own vocabulary.\n\n" +
	"With --out the models are written to roles.model, kinds.model, subjects.model, words.model\n" +
	"and services.model in DIR. An office uses those that lie in the folder that its configuration names\n" +
	"as \"vocabulary\", beside the vocabulary itself, and the program's where one is missing; \"check\"\n" +
	"says whether they fit, and \"eval\" whether they read better.\n\n" +
	"With --report it prints the share of sentences that models told rightly which had not been\n" +
	"shown them: \"by line\" with every fifth sentence held out, \"by language\" with all sentences of\n" +
	"that language held out. Where many sentences have a sibling in another language, the first\n" +
	"flatters; what counts in the end is \"eval\" on real mail. The report takes half a minute or so."

func newTrain(g *globals) *cobra.Command {
	var o app.TrainOptions
	cmd := &cobra.Command{
		Use:   "train [--out DIR] [--report] [SENTENCES]",
		Short: "Train the reading models from labelled sentences",
		Long:  trainHelp,
		Example: "  verbale train --report\n" +
			"  verbale train -c verbale.yaml --out /etc/verbale/vocabulary sentences",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Models == "" && !o.Report {
				return usagef(cmd, "say what to do: --out DIR, --report, or both")
			}
			if len(args) == 1 {
				o.Sentences = args[0]
			}
			o.Config, o.Out = g.config, cmd.OutOrStdout()
			o.Bold = isTerminal(o.Out)
			o.Progress = progress(cmd)
			return app.Train(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Models, "out", "", "write the models into this `folder`, and nothing else")
	f.BoolVar(&o.Report, "report", false, "print how well they learn")
	return cmd
}
