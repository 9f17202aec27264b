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
const initHelp = "Init asks the few questions that matter: the desk and its people, the mailbox, the server by\n" +
	"which mail goes out, Redis, Slack. It writes into DIR\n\n" +
	"  verbale.yaml     the configuration, with comments, and sending off\n" +
	"  directory.yaml   divisions, posts and staff, to be edited\n" +
	"  secrets/…        each secret that was typed, in a file that its owner alone can read\n\n" +
	"and ends with \"check\" and \"doctor\". Files that are there are left alone, unless --force is given.\n\n" +
	"A flag answers a question before it is asked. Where standard input is no terminal, or with\n" +
	"--no-input, nothing is asked: flags that are left out have the usual answers, and secrets\n" +
	"are named by the files that hold them (or set as VERBALE_ variables later).\n\n" +
	"Exit status is 1 where a file is there already or check or doctor found a problem."

func newInit(g *globals) *cobra.Command {
	var o app.InitOptions
	var noInput bool
	cmd := &cobra.Command{
		Use:   "init [--dir DIR] [--force] [--no-doctor]",
		Short: "Set up a new office: ask questions, write files, check everything",
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
	f.StringVar(&o.Folder, "dir", ".", "write into this `folder`")
	f.BoolVar(&o.Force, "force", false, "write files anew that are there already")
	f.BoolVar(&noInput, "no-input", false, "ask nothing")
	f.BoolVar(&o.NoDoctor, "no-doctor", false, "do not connect to anything")
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
