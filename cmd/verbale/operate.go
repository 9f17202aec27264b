package main

import (
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"verbale/internal/app"
	"verbale/internal/demo"
)

func newServe(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "serve -c FILE",
		Short: "Watch the mailboxes, keep the records, send what is due",
		Long: "Serve runs until it is interrupted; it then finishes what is in hand and ends. Sending is off\n" +
			"until the configuration says \"send: on\": with \"send: off\" everything is read, recorded and\n" +
			"routed, and what would have gone out is kept as withheld and never released.\n\n" +
			"On the signal HUP it reads the configuration and all data that it names anew: what is in hand is\n" +
			"finished by the old data, all else is done by the new. Where anything is wrong, every problem is\n" +
			"logged and nothing changes. The keys data_dir, office, redis, http and pace need a restart,\n" +
			"and so does the file outbox.yaml of the policy.\n\n" +
			"With http.listen it serves /metrics (for Prometheus), /healthz (the process lives) and /readyz\n" +
			"(it can work; else status 503 and the reasons, as JSON).",
		Example: "  verbale serve -c /etc/verbale/verbale.yaml\n" +
			"  kill -HUP $(pidof verbale)      # take changed data",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			reload := make(chan os.Signal, 1)
			signal.Notify(reload, syscall.SIGHUP)
			defer signal.Stop(reload)
			return app.Serve(cmd.Context(), app.ServeOptions{Config: g.config, Version: version, Reload: reload, Log: g.logger(cmd)})
		},
	}
}

func newCheck(g *globals) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check -c FILE",
		Short: "Check the configuration and the office's data",
		Long: "Check reads the configuration and every data file that it names, and prints all that is wrong\n" +
			"at once, with file, line, column and what to write instead. It connects to nothing, and reads no\n" +
			"secret.\n\n" +
			"With --json each line is {\"status\", \"file\", \"line\", \"column\", \"message\", \"hint\"}; status is problem\n" +
			"or warning. Exit status is 1 where there is a problem; warnings do not count.",
		Example: "  verbale check -c verbale.yaml && systemctl reload verbale",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			failed, err := app.Check(app.CheckOptions{Config: g.config, JSON: asJSON, Out: cmd.OutOrStdout()})
			return exitError(failed, err)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

func newDoctor(g *globals) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor -c FILE",
		Short: "Test all connections and say how to fix what is wrong",
		Long: "Doctor connects to Redis, to each mailbox, to the SMTP server and to Slack, looks for tesseract\n" +
			"and its languages, and prints a line for each: ok, warning (it works, but not as well as it\n" +
			"could) or problem, the last two with what mends them. It sends nothing and changes nothing.\n\n" +
			"With --json each line is {\"part\", \"status\", \"text\", \"mend\"}. Exit status is 1 where there is a\n" +
			"problem; warnings do not count.",
		Example: "  verbale doctor -c verbale.yaml\n" +
			"  verbale doctor -c verbale.yaml --json | jq -r 'select(.status == \"problem\").mend'",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			o := app.DoctorOptions{Config: g.config, JSON: asJSON, Out: cmd.OutOrStdout(), Log: g.quietLogger(cmd)}
			failed, err := app.Doctor(cmd.Context(), o)
			return exitError(failed, err)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

func newAudit(g *globals) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "audit -c FILE",
		Short: "Balance each mailbox folder against the records",
		Long: "Audit counts, for each folder, the messages on the server and what became of them: recorded,\n" +
			"joined to a record, set aside, or waiting to be read. It lists every message that has no\n" +
			"outcome although it should, and every outcome whose message is gone. Exit status 1 means that\n" +
			"a folder does not balance.",
		Example: "  verbale audit -c verbale.yaml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			o := app.AuditOptions{Config: g.config, JSON: asJSON, Out: cmd.OutOrStdout(), Log: g.quietLogger(cmd)}
			failed, err := app.Audit(cmd.Context(), o)
			return exitError(failed, err)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

func newDemo(g *globals) *cobra.Command {
	var o demo.Options
	var text bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try the program in a browser, without any server",
		Long: "Demo needs no server and no configuration: it starts a store in memory, a mail server, a Slack\n" +
			"workspace and the service itself, and prints the address of a page, on this machine alone. There\n" +
			"you write as a ministry, work in Slack as whoever you like, see what was read from which words,\n" +
			"and push the clock; sample letters in three languages are at hand.\n\n" +
			"With --text all this is done in the terminal: the sample letters come in, and you see the desk's\n" +
			"channel, press buttons, fill in forms, type commands and write letters; \"help\" lists what can be\n" +
			"typed, also from a pipe. With --once it shows what was read of each letter, and ends.",
		Example: "  verbale demo\n" +
			"  printf 'channel\\ncard 1\\nhistory\\n' | verbale demo --text",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Out, o.Log = cmd.OutOrStdout(), g.quietLogger(cmd)
			if !text && !o.Once {
				return demo.Browse(cmd.Context(), o)
			}
			o.Bold = isTerminal(o.Out)
			o.In = cmd.InOrStdin()
			o.Echo = !isTerminal(o.In)
			return demo.Run(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&text, "text", false, "in the terminal, without a page")
	cmd.Flags().DurationVar(&o.Pause, "pause", demo.DefaultPause, "with --once, wait this long between two letters")
	cmd.Flags().BoolVar(&o.Once, "once", false, "show a page for each sample letter, and end")
	return cmd
}
