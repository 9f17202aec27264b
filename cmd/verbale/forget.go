package main

import (
	"strings"

	"github.com/spf13/cobra"

	"verbale/internal/app"
)

func newForget(g *globals) *cobra.Command {
	var o app.ForgetOptions
	cmd := &cobra.Command{
		Use:   "forget -c FILE {REFERENCE | --person ADDRESS}",
		Short: "Erase the personal data of a person or request",
		Long: "Forget puts a mark in the place of names, addresses, numbers of letters, the letter's text, subject,\n" +
			"summary, quotations, notes, and mails that went out, and deletes messages that were set aside. It\n" +
			"keeps reference, status, countries, themes, services, dates, owner, outcome, and who of the house\n" +
			"did what when, so that reports have the same figures. With a reference, the records that it was\n" +
			"split into or merged with go too, since they hold the same letter. With --person, everything is\n" +
			"looked through: the person's own requests are forgotten; in those of others their address and name\n" +
			"are blotted out. A later mail of theirs is a new person's.\n\n" +
			"It first says what would go. On a terminal it asks; elsewhere --yes is needed. Where work on a\n" +
			"request is still due it refuses, unless --open is given with a --reason. It may be run again:\n" +
			"broken off, it goes on; a running service goes on by itself, redraws the cards and takes back its\n" +
			"messages in Slack. Mails on the mail server, and what colleagues copied, are theirs to delete.",
		Example: "  verbale forget -c verbale.yaml --dry-run --person m.petrova@agro.example\n" +
			"  verbale forget -c verbale.yaml --person m.petrova@agro.example --reason \"her letter of 3 May\"\n" +
			"  verbale forget -c verbale.yaml TC-2026-00042 --yes",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			if err := checkForget(cmd, &o, args); err != nil {
				return err
			}
			o.Config, o.In, o.Out, o.Log = g.config, cmd.InOrStdin(), cmd.OutOrStdout(), g.quietLogger(cmd)
			return app.Forget(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Person, "person", "", "the person with this mail `address`")
	f.StringVar(&o.Reason, "reason", "", "why, for the history")
	f.BoolVar(&o.Open, "open", false, "also where work is still due")
	f.BoolVar(&o.DryRun, "dry-run", false, "say what would go, and change nothing")
	f.BoolVar(&o.Yes, "yes", false, "do not ask")
	return cmd
}

// checkForget checks that the flags and arguments name one thing to be forgotten, and that
// somebody has agreed or can be asked.
func checkForget(cmd *cobra.Command, o *app.ForgetOptions, args []string) error {
	switch {
	case (len(args) == 1) == (o.Person != ""):
		return usagef(cmd, "name a request, or a person with --person")
	case o.Person != "" && !strings.Contains(o.Person, "@"):
		return usagef(cmd, "--person takes a mail address")
	case o.Open && strings.TrimSpace(o.Reason) == "":
		return usagef(cmd, "--open needs a --reason")
	case !o.Yes && !o.DryRun && !isTerminal(cmd.InOrStdin()):
		return usagef(cmd, "nobody can be asked here: add --yes, or --dry-run to see what would go")
	}
	if len(args) == 1 {
		o.Reference = args[0]
	}
	return nil
}
