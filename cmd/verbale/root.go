package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// globals are the flags of all subcommands.
type globals struct {
	config  string
	verbose bool
}

func init() {
	// The groups of the help are in the order in which one needs the commands.
	cobra.EnableCommandSorting = false
}

// newRoot makes the command with all its subcommands.
func newRoot() *cobra.Command {
	g := &globals{}
	root := &cobra.Command{
		Use:   "verbale",
		Short: "Reads, routes and follows up requests for UNECE technical cooperation",
		Long: "Verbale watches a mailbox for requests for technical cooperation from countries. It reads each\n" +
			"request into a record kept in Redis, routes it to the responsible Division or Regional Adviser,\n" +
			"acknowledges it, and follows it up until the country has received an answer.\n\n" +
			"Start with \"verbale demo\", which needs no server and no configuration, or with \"verbale init\" to\n" +
			"set up a real mailbox. The exit status is 0 on success, 1 if something failed (an error message\n" +
			"says what), and 2 for wrong usage.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       version,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringVarP(&g.config, "config", "c", "", "configuration `file` (YAML)")
	root.PersistentFlags().BoolVarP(&g.verbose, "verbose", "v", false, "log in more detail (level debug)")
	root.SetVersionTemplate("verbale {{.Version}}\n")
	root.SetHelpCommand(newHelp())
	for _, group := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"Getting started:", []*cobra.Command{newDemo(g), newInit(g), newManifest(g), newCheck(g), newDoctor(g)}},
		{"Running the service:", []*cobra.Command{newServe(g), newImport(g), newAudit(g), newRetry(g), newForget(g)}},
		{"Records and reports:", []*cobra.Command{newList(g), newFind(g), newShow(g), newReport(g), newExport(g)}},
		{"How letters are read:", []*cobra.Command{newExplain(g), newEval(g), newTrain(g), newRehearse(g)}},
		{"Other:", []*cobra.Command{newBench(g), newVersion(), newCompletion(), newBenchPeers()}},
	} {
		addGroup(root, group.title, group.commands)
	}
	registerCompletions(root, g)
	markUsageErrors(root)
	return root
}

// addGroup adds commands that the help shows together.
func addGroup(root *cobra.Command, title string, commands []*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: title, Title: title})
	for _, cmd := range commands {
		cmd.GroupID = title
	}
	root.AddCommand(commands...)
	root.SetHelpCommandGroupID(title) // help stands in the last group
}

// needConfig refuses a command that cannot do without a configuration.
func needConfig(cmd *cobra.Command, g *globals) error {
	if g.config == "" {
		return usagef(cmd, "a configuration file is required: -c FILE")
	}
	return nil
}

// logger writes structured lines to standard error, from level info on.
func (g *globals) logger(cmd *cobra.Command) *slog.Logger {
	level := slog.LevelInfo
	if g.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level}))
}

// quietLogger is the logger of commands that print for people: it writes warnings and
// errors alone, unless --verbose is given.
func (g *globals) quietLogger(cmd *cobra.Command) *slog.Logger {
	if g.verbose {
		return g.logger(cmd)
	}
	return slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// progress is where long work shows its progress: standard error if that is a terminal,
// else nil.
func progress(cmd *cobra.Command) io.Writer {
	if isTerminal(cmd.ErrOrStderr()) {
		return cmd.ErrOrStderr()
	}
	return nil
}

func newVersion() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long: "Version prints the version of the program, as used in metrics and bug reports. With --licences it\n" +
			"also lists the modules that are compiled in, with their versions and licences.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "verbale %s\n", version)
			if err != nil || !all {
				return err
			}
			return printLicences(cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&all, "licences", false, "also list the modules compiled in, with their licences")
	return cmd
}
