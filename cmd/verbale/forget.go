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
		Long: "Forget replaces personal data by a mark: names, addresses, numbers of letters, the text, subject\n" +
			"and summary of the letter, quotations, notes, and mails that were sent. It deletes messages that\n" +
			"were set aside. It keeps reference, status, countries, themes, services, dates, owner, outcome, and\n" +
			"which colleague did what when, so the figures of reports stay the same. With a reference, records\n" +
			"that the request was split into or merged with are erased too, since they contain the same letter.\n" +
			"With --person, all data are searched: the person's own requests are erased; in other requests only\n" +
			"the address and name are replaced. Later mail from the person is treated as from a new person.\n\n" +
			"It first shows what would be erased. On a terminal it asks for confirmation; otherwise --yes is\n" +
			"required. It refuses if work on a request is still due, unless --open and a --reason are given. If\n" +
			"it is interrupted, run it again to continue; a running service also completes the erasure. The\n" +
			"service redraws the cards in Slack and removes its messages there. Mails on the mail server, and\n" +
			"copies made by colleagues, must be deleted by hand.",
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
	f.StringVar(&o.Person, "person", "", "erase the data of the person with this mail `address`")
	f.StringVar(&o.Reason, "reason", "", "reason to record in the history")
	f.BoolVar(&o.Open, "open", false, "erase even if work is still due")
	f.BoolVar(&o.DryRun, "dry-run", false, "show what would be erased, and change nothing")
	f.BoolVar(&o.Yes, "yes", false, "do not ask for confirmation")
	return cmd
}

// checkForget checks that the flags and arguments name one thing to be forgotten, and that
// somebody has agreed or can be asked.
func checkForget(cmd *cobra.Command, o *app.ForgetOptions, args []string) error {
	switch {
	case (len(args) == 1) == (o.Person != ""):
		return usagef(cmd, "give the reference of a request, or a person with --person")
	case o.Person != "" && !strings.Contains(o.Person, "@"):
		return usagef(cmd, "--person must be a mail address")
	case o.Open && strings.TrimSpace(o.Reason) == "":
		return usagef(cmd, "--open needs a --reason")
	case !o.Yes && !o.DryRun && !isTerminal(cmd.InOrStdin()):
		return usagef(cmd, "cannot ask for confirmation, since standard input is not a terminal: add --yes, or --dry-run to see what would be erased")
	}
	if len(args) == 1 {
		o.Reference = args[0]
	}
	return nil
}
