package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:               "help [COMMAND]",
		Short:             "Show help for a command",
		Long:              "Help shows the help of a command, as COMMAND --help does. Without a command it lists all commands.",
		ValidArgsFunction: topics,
		RunE: func(cmd *cobra.Command, args []string) error {
			topic, rest, err := cmd.Root().Find(args)
			if err != nil {
				return fmt.Errorf("find the command: %w", err)
			}
			if len(rest) > 0 {
				return unknownCommand(cmd.Root(), rest[0])
			}
			topic.InitDefaultHelpFlag()
			return topic.Help()
		},
	}
}

// topics completes the commands that help can explain.
func topics(cmd *cobra.Command, args []string, _ string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
	if len(args) == 0 {
		for _, sub := range cmd.Root().Commands() {
			if sub.IsAvailableCommand() {
				names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// scripts write the completion script of each shell.
var scripts = map[cobra.Completion]func(root *cobra.Command, out io.Writer) error{
	"bash":       func(root *cobra.Command, out io.Writer) error { return root.GenBashCompletionV2(out, true) },
	"zsh":        (*cobra.Command).GenZshCompletion,
	"fish":       func(root *cobra.Command, out io.Writer) error { return root.GenFishCompletion(out, true) },
	"powershell": (*cobra.Command).GenPowerShellCompletionWithDesc,
}

func newCompletion() *cobra.Command {
	shells := []cobra.Completion{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print a shell completion script",
		Long: "Completion prints a completion script for SHELL: bash, zsh, fish or powershell. It completes\n" +
			"commands, flags, statuses, ids of the directory and, with an external Redis, references.\n\n" +
			"Install it where the shell loads its completions: for bash in /etc/bash_completion.d (the package\n" +
			"bash-completion is required), for zsh as _verbale in a folder of $fpath, for fish in\n" +
			"~/.config/fish/completions; for powershell add it to the profile.",
		Example: "  verbale completion bash > /etc/bash_completion.d/verbale\n" +
			"  verbale completion zsh > \"${fpath[1]}/_verbale\"\n" +
			"  verbale completion fish > ~/.config/fish/completions/verbale.fish\n" +
			"  source <(verbale completion bash)      # for this shell only",
		Args:      cobra.ExactArgs(1),
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf(cmd, "shell", args[0], shells...); err != nil {
				return err
			}
			return scripts[args[0]](cmd.Root(), cmd.OutOrStdout())
		},
	}
}
