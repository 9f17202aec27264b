package main

import (
	"github.com/spf13/cobra"

	"verbale/internal/app"
)

// statuses are the values of --status; "" selects all records.
var statuses = []string{"", "needs_reading", "needs_triage", "assigned", "accepted", "waiting", "answered", "closed"}

func newList(g *globals) *cobra.Command {
	var o app.ListOptions
	cmd := &cobra.Command{
		Use:   "list -c FILE",
		Short: "List records, newest first",
		Long:  "List prints one line per record, newest first.\n\n" + confidentialHelp,
		Example: "  verbale list -c verbale.yaml --open --owner ra-environment\n" +
			"  verbale list -c verbale.yaml --set-aside\n" +
			"  verbale list -c verbale.yaml --json --status needs_triage | jq -r .reference",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return list(cmd, g, o)
		},
	}
	addListFlags(cmd, &o)
	f := cmd.Flags()
	f.BoolVar(&o.SetAside, "set-aside", false, "list the messages that were set aside instead")
	f.BoolVar(&o.Parked, "parked", false, "list the parked actions instead")
	return cmd
}

// confidentialHelp is the help on records that are confidential.
const confidentialHelp = "For confidential records, names, institution, subject, summary and all other text of the letters\n" +
	"are omitted unless --confidential is given."

// addListFlags adds the flags of a list.
func addListFlags(cmd *cobra.Command, o *app.ListOptions) {
	addSelectionFlags(cmd, &o.Selection)
	addConfidentialFlag(cmd, &o.Confidential)
	f := cmd.Flags()
	f.BoolVar(&o.JSON, "json", false, "print one JSON object per line")
	f.IntVar(&o.Limit, "limit", 50, "print at most this many")
}

// addConfidentialFlag adds the flag that shows what is left out of confidential records.
func addConfidentialFlag(cmd *cobra.Command, tell *bool) {
	cmd.Flags().BoolVar(tell, "confidential", false, "include the text of confidential records")
}

// addSelectionFlags adds the flags by which records are selected.
func addSelectionFlags(cmd *cobra.Command, o *app.Selection) {
	f := cmd.Flags()
	f.StringVar(&o.Status, "status", "", "only records with this `status`")
	f.StringVar(&o.Owner, "owner", "", "only records with this owner (an `id` of the directory)")
	f.StringVar(&o.Country, "country", "", "only records for this `country` (ISO 3166-1 alpha-2)")
	f.StringVar(&o.Division, "division", "", "only records routed to this `division`")
	f.BoolVar(&o.Open, "open", false, "only records that are not closed")
	f.TextVar(&o.Since, "since", app.Day{}, "only records received on this `day` or later (2006-01-02)")
	f.TextVar(&o.Until, "until", app.Day{}, "only records received on this `day` or earlier")
}

// list checks the flags of list and find, and lists the records they select.
func list(cmd *cobra.Command, g *globals, o app.ListOptions) error {
	if err := needConfig(cmd, g); err != nil {
		return err
	}
	if err := oneOf(cmd, "--status", o.Status, statuses...); err != nil {
		return err
	}
	if o.Limit < 1 {
		return usagef(cmd, "--limit %d: must be 1 or more", o.Limit)
	}
	o.Config, o.Out, o.Log = g.config, cmd.OutOrStdout(), g.quietLogger(cmd)
	return app.List(cmd.Context(), o)
}

func newFind(g *globals) *cobra.Command {
	var o app.ListOptions
	cmd := &cobra.Command{
		Use:   "find -c FILE [WORD...]",
		Short: "Find records by words, person, country, status, owner or date",
		Long: "Find lists the records in which each WORD is the beginning of a word of the reference, countries,\n" +
			"institution, names, number, subject or summary. Case and accents are ignored.\n\n" + confidentialHelp,
		Example: "  verbale find -c verbale.yaml water convention --open\n" +
			"  verbale find -c verbale.yaml --country KG --since 2026-01-01\n" +
			"  verbale find -c verbale.yaml --person water.gov.kg",
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Words = args; len(args) == 0 && cmd.Flags().NFlag() == 0 {
				return usagef(cmd, "give words or flags to search for")
			}
			return list(cmd, g, o)
		},
	}
	addListFlags(cmd, &o)
	cmd.Flags().StringVar(&o.Person, "person", "", "only records with this `text` in the name or address of a requester or correspondent")
	return cmd
}

func newShow(g *globals) *cobra.Command {
	var o app.ShowOptions
	cmd := &cobra.Command{
		Use:   "show -c FILE REFERENCE...",
		Short: "Show records with their evidence, plan, actions and history",
		Long: "Show prints everything that is known about each record: what was read and from which words, the\n" +
			"uncertain values, the owner and the reason for the assignment, what is due, what was sent or is\n" +
			"waiting to be sent, and each step with its author and time. A reference may be shortened, as in\n" +
			"Slack: in 2026, 42 means TC-2026-00042 or, if that does not exist, number 42 of the year before.\n" +
			"The exit status is 1 if a record does not exist; all others are shown.",
		Example: "  verbale show -c verbale.yaml TC-2026-00042\n" +
			"  verbale show -c verbale.yaml 42\n" +
			"  verbale show -c verbale.yaml --json TC-2026-00042 | jq .history",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			o.Config, o.References, o.Out, o.Err, o.Log = g.config, args, cmd.OutOrStdout(), cmd.ErrOrStderr(), g.quietLogger(cmd)
			o.Bold = isTerminal(o.Out)
			failed, err := app.Show(cmd.Context(), o)
			return exitError(failed, err)
		},
	}
	cmd.Flags().BoolVar(&o.JSON, "json", false, "print one JSON object per line")
	cmd.Flags().BoolVar(&o.Letter, "letter", false, "add the text of the letter")
	return cmd
}

func newRetry(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "retry -c FILE KEY...",
		Short: "Retry parked actions",
		Long: "An action is parked when it was refused permanently or has failed too often. Once the cause is\n" +
			"fixed, retry returns it to the outbox. \"list --parked\" shows the keys. The exit status is 1 if a\n" +
			"key does not belong to a parked action; all other actions are retried.",
		Example: "  verbale list -c verbale.yaml --parked\n" +
			"  verbale retry -c verbale.yaml acknowledge:TC-2026-00042",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			o := app.RetryOptions{Config: g.config, Keys: args, Out: cmd.OutOrStdout(), Err: cmd.ErrOrStderr(), Log: g.quietLogger(cmd)}
			failed, err := app.Retry(cmd.Context(), o)
			return exitError(failed, err)
		},
	}
}
