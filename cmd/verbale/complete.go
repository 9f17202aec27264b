package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"verbale/internal/app"
)

// completeWithin bounds how long a shell waits for completions.
const completeWithin = 2 * time.Second

// registerCompletions tells shells the values that flags and arguments can have.
func registerCompletions(root *cobra.Command, g *globals) {
	for flag, values := range map[string]cobra.CompletionFunc{
		"status":   fixed(statuses[1:]),
		"lang":     fixed(app.Languages()),
		"misses":   fixed(append(app.EvalFields(), app.AllFields)),
		"division": g.ids(app.Divisions),
		"owner":    g.ids(app.Owners),
	} {
		for _, cmd := range root.Commands() {
			if cmd.Flags().Lookup(flag) != nil {
				must(cmd.RegisterFlagCompletionFunc(flag, values))
			}
		}
	}
	must(root.RegisterFlagCompletionFunc("config", cobra.FixedCompletions([]cobra.Completion{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt)))
	for _, cmd := range root.Commands() {
		if cmd.Name() == "show" {
			cmd.ValidArgsFunction = g.references
		}
	}
}

// fixed completes one of a fixed set of values.
func fixed(values []string) cobra.CompletionFunc {
	return cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)
}

// must panics on an error of registering a completion: the flag does not exist, or has
// one already. Both are mistakes in this package.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// ids completes ids of the office's directory.
func (g *globals) ids(list func(config string) ([]string, error)) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		all, err := list(g.config)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

// references completes the references of the newest records.
func (g *globals) references(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if g.config == "" {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), completeWithin)
	defer cancel()
	all, err := app.NewestReferences(ctx, g.config, g.quietLogger(cmd))
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}
