package main

import (
	"github.com/spf13/cobra"

	"verbale/internal/app"
)

// evalHelp is the long help of eval.
const evalHelp = "Eval reads the mails of a folder with the code of the running service, and compares the results\n" +
	"with labels written by people. ID.eml is a mail and ID.json is its label. A label is a JSON object\n" +
	"with the keys of \"request\" in the output of \"explain --json\", and also kind, language, reference,\n" +
	"division and divisions_support. null marks a value that the mail does not state; unknown keys are\n" +
	"ignored. With -c the directory, rules, policy and vocabulary of the configuration are used.\n\n" +
	"A figure is the share of mails that were read correctly. Figures with names ending in \"f1\" combine\n" +
	"precision and recall. Institutions, names and titles need only be similar. For mails that are not\n" +
	"requests, only kind, language and our reference count. \"auto precision\" is the share of mails\n" +
	"routed without triage that went to the right division, \"auto coverage\" the share of mails that were\n" +
	"routed without triage, and \"record score\" the mean over all fields. Two tables show which kinds and\n" +
	"divisions were confused with each other.\n\n" +
	"The exit status is 1 if a mail could not be measured because its label is missing or invalid, or if\n" +
	"a label has no mail. Each is named, and all others are measured."

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
	f.StringVar(&o.Misses, "misses", "", "list the mails whose `FIELD` was read incorrectly; \"all\" for all fields")
	return cmd
}

// trainHelp is the long help of train.
const trainHelp = "Train fits the models for reading letters to the labelled sentences in the folder SENTENCES, or to\n" +
	"the embedded ones. The same sentences always give the same files.\n\n" +
	"  roles.jsonl   {\"lang\", \"role\", \"text\"}: the role of a sentence in a letter\n" +
	"  kinds.jsonl   {\"lang\", \"kind\", \"sub\", \"subject\", \"text\"}: whole short mails\n" +
	"  asks/*.jsonl  {\"lang\", \"theme\", \"service\", \"text\"}: sentences that ask for something\n\n" +
	"All three are required. Your sentences replace the embedded ones; to extend these instead, copy the\n" +
	"folder intake/reading/training of the source code and add to the copy. With -c, the models of\n" +
	"subjects and services are trained with the terms of the configured vocabulary.\n\n" +
	"With --out the models are written to roles.model, kinds.model, subjects.model, words.model and\n" +
	"services.model in DIR. The service uses the models in the folder that the configuration names as\n" +
	"\"vocabulary\", next to the vocabulary itself, and the embedded model where one is missing. Use\n" +
	"\"check\" to see whether the models fit, and \"eval\" to see whether they read better.\n\n" +
	"With --report it prints the share of sentences that were classified correctly by models trained\n" +
	"without them: \"by line\" with every fifth sentence held out, \"by language\" with all sentences of the\n" +
	"language held out. If many sentences have a translation in another language, \"by line\" is too\n" +
	"optimistic; the decisive measure is \"eval\" on real mail. The report takes about half a minute."

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
				return usagef(cmd, "nothing to do: give --out DIR, --report, or both")
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
	f.StringVar(&o.Models, "out", "", "write the models, and nothing else, to this `folder`")
	f.BoolVar(&o.Report, "report", false, "print the accuracy on held-out sentences")
	return cmd
}
