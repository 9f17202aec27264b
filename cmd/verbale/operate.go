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
		Short: "Run the service: watch mailboxes, keep records, send messages",
		Long: "Serve runs until it is interrupted; it then completes the work in progress and exits. Sending is\n" +
			"off until the configuration contains \"send: on\". With \"send: off\" all mail is read, recorded and\n" +
			"routed, but nothing is sent: outgoing messages are kept as withheld and are never released.\n\n" +
			"On SIGHUP it reloads the configuration and all data files that it names. Work in progress is\n" +
			"completed with the old data; all later work uses the new data. If anything is invalid, all problems\n" +
			"are logged and nothing changes. Changes of the keys data_dir, office, redis, http and pace and of\n" +
			"the policy file outbox.yaml need a restart.\n\n" +
			"With http.listen it serves /metrics (for Prometheus), /healthz (the process is alive) and /readyz\n" +
			"(the service can work; otherwise status 503, with the reasons as JSON).",
		Example: "  verbale serve -c /etc/verbale/verbale.yaml\n" +
			"  kill -HUP $(pidof verbale)      # reload the configuration and data",
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
		Long: "Check reads the configuration and all data files that it names, and prints all problems at once,\n" +
			"each with file, line, column and a suggested correction. It connects to nothing and reads no\n" +
			"secrets.\n\n" +
			"With --json each line is {\"status\", \"file\", \"line\", \"column\", \"message\", \"hint\"}; status is problem\n" +
			"or warning. The exit status is 1 if there is a problem; warnings do not count.",
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
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object per line")
	return cmd
}

func newDoctor(g *globals) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor -c FILE",
		Short: "Test all connections and say how to fix what is wrong",
		Long: "Doctor connects to Redis, to each mailbox, to the SMTP server and to Slack, and checks that\n" +
			"tesseract and its languages are installed. It prints a line for each: ok, warning (it works, but\n" +
			"with limitations) or problem. Warnings and problems come with advice on how to fix them. It sends\n" +
			"nothing and changes nothing.\n\n" +
			"With --json each line is {\"part\", \"status\", \"text\", \"mend\"}; mend is the advice. The exit status is\n" +
			"1 if there is a problem; warnings do not count.",
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
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object per line")
	return cmd
}

func newAudit(g *globals) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "audit -c FILE",
		Short: "Compare each mailbox folder with the records",
		Long: "Audit counts the messages in each folder on the server by outcome: recorded, joined to an existing\n" +
			"record, set aside, or waiting to be read. It lists every message that should have an outcome but\n" +
			"has none, and counts the outcomes whose message is no longer in the folder. The exit status is 1 if\n" +
			"a message has no outcome, or if the server has renumbered a folder (changed its UIDVALIDITY).",
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
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object per line")
	return cmd
}

func newDemo(g *globals) *cobra.Command {
	var o demo.Options
	var text bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try the program in a browser, without any server",
		Long: "Demo needs no server and no configuration. It starts an in-memory store, a mail server, a Slack\n" +
			"workspace and the service, and prints the address of a web page that is served on this machine\n" +
			"only. There you can write letters as a ministry, work in Slack as any of the colleagues, see which\n" +
			"words each value was read from, and advance the clock. Sample letters in three languages are\n" +
			"provided.\n\n" +
			"With --text the demo runs in the terminal: the sample letters arrive, and you see the desk's\n" +
			"channel, press buttons, fill in forms, type commands and write letters. \"help\" lists the commands,\n" +
			"which can also be read from a pipe. With --once it prints what was read from each letter, and\n" +
			"exits.",
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
	cmd.Flags().BoolVar(&text, "text", false, "run in the terminal, without a web page")
	cmd.Flags().DurationVar(&o.Pause, "pause", demo.DefaultPause, "with --once, time to wait between two letters")
	cmd.Flags().BoolVar(&o.Once, "once", false, "print what was read from each sample letter, and exit")
	return cmd
}
