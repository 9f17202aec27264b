package main

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"verbale/internal/app"
)

// initHelp is the long help of init.
const initHelp = "Init asks about the desk and its staff, the mailbox, the SMTP server, Redis and Slack. It writes\n" +
	"these files to DIR:\n\n" +
	"  verbale.yaml     the configuration, with comments; sending is off\n" +
	"  directory.yaml   Divisions, posts and staff, to be edited\n" +
	"  secrets/…        each secret that was entered, in a file that only its owner can read\n\n" +
	"It then runs \"check\" and \"doctor\". Existing files are not changed unless --force is given.\n\n" +
	"A question whose flag is given is not asked. If standard input is not a terminal, or with\n" +
	"--no-input, nothing is asked: flags that are not given have their default values, and secrets are\n" +
	"given by the names of their files (or set later in VERBALE_ environment variables).\n\n" +
	"The exit status is 1 if a file already exists, or if check or doctor found a problem."

func newInit(g *globals) *cobra.Command {
	var o app.InitOptions
	var noInput bool
	cmd := &cobra.Command{
		Use:   "init [--dir DIR] [--force] [--no-doctor]",
		Short: "Set up a new office: ask questions, write the files, test the connections",
		Long:  initHelp,
		Example: "  verbale init --dir /etc/verbale\n" +
			"  verbale init --no-input --dir office --desk tc@example.org --imap imap.example.org:993 \\\n" +
			"      --imap-password-file /run/secrets/imap --redis redis://redis:6379/0",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.In, o.Out, o.Log = cmd.InOrStdin(), cmd.OutOrStdout(), g.quietLogger(cmd)
			if in, ok := o.In.(*os.File); ok && isTerminal(in) && !noInput {
				defer restoreEcho(in)()
				o.Ask, o.Hidden = true, readHidden(in)
			}
			failed, err := app.Init(cmd.Context(), o)
			if wrong, ok := errors.AsType[app.AnswersError](err); ok {
				return usagef(cmd, "%s", strings.ReplaceAll(wrong.Error(), "\n", "; "))
			}
			return exitError(failed, err)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Folder, "dir", ".", "write to this `folder`")
	f.BoolVar(&o.Force, "force", false, "overwrite existing files")
	f.BoolVar(&noInput, "no-input", false, "do not ask questions")
	f.BoolVar(&o.NoDoctor, "no-doctor", false, "do not test the connections")
	addAnswerFlags(cmd, &o)
	f.SortFlags = false
	return cmd
}

// addAnswerFlags adds the flags that answer questions.
func addAnswerFlags(cmd *cobra.Command, o *app.InitOptions) {
	for _, q := range o.Answers.Questions() {
		text := q.Text
		if q.Secret != "" {
			text = "`file` with the " + text
		}
		cmd.Flags().StringVar(q.Answer, q.Flag, "", text)
		if q.Choices != nil {
			must(cmd.RegisterFlagCompletionFunc(q.Flag, fixed(q.Choices)))
		}
	}
}

// readHidden returns a function that reads a line from a terminal without showing it.
func readHidden(in *os.File) func() (string, error) {
	return func() (string, error) {
		line, err := term.ReadPassword(int(in.Fd()))
		return string(line), err
	}
}

// restoreEcho returns a function that puts a terminal back into its present state. It is
// needed where the reading of a secret, during which nothing is shown, is broken off.
func restoreEcho(in *os.File) func() {
	before, err := term.GetState(int(in.Fd()))
	if err != nil {
		return func() {}
	}
	return func() { _ = term.Restore(int(in.Fd()), before) } // on the way out
}
