package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"verbale/internal/strictyaml"
)

// A usageError is a wrong use of the command line.
type usageError struct {
	command string
	err     error
}

func (e *usageError) Error() string { return e.err.Error() }

func (e *usageError) Unwrap() error { return e.err }

func usagef(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{command: cmd.CommandPath(), err: fmt.Errorf(format, args...)}
}

// markUsageErrors makes wrong flags and arguments of every command known as
// such, in words that say what to write, so that they end with their own exit code.
func markUsageErrors(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(flagError)
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return argsError(c, args)
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		markUsageErrors(sub)
	}
}

// argsError says what is wrong with the number of arguments.
func argsError(cmd *cobra.Command, args []string) error {
	switch {
	case cmd.HasSubCommands() && len(args) > 0:
		return unknownCommand(cmd, args[0])
	case len(args) == 0:
		return usagef(cmd, "something is missing: write %s", cmd.UseLine())
	}
	return usagef(cmd, "%q is too much: write %s", args[len(args)-1], cmd.UseLine())
}

// unknownCommand says that a command has no subcommand of a name, and which one is meant.
func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return usagef(cmd, "there is no command %q; %s", name, strictyaml.DidYouMean(name, names))
}

// flagError says what is wrong with a flag.
func flagError(cmd *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok && unknown.GetSpecifiedShortnames() == "" {
		name := unknown.GetSpecifiedName()
		return usagef(cmd, "there is no flag --%s; %s", name, strictyaml.DidYouMean(name, flagNames(cmd)))
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usagef(cmd, "--%s %s: %s", invalid.GetFlag().Name, invalid.GetValue(), notAValue(invalid))
	}
	return &usageError{command: cmd.CommandPath(), err: err}
}

func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	return names
}

// notAValue says why a value is none for its flag.
func notAValue(invalid *pflag.InvalidValueError) string {
	switch invalid.GetFlag().Value.Type() {
	case "int":
		return "not a whole number"
	case "bool":
		return "neither true nor false"
	case "duration":
		return "not a duration such as 500ms, 2s or 5m"
	}
	cause := invalid.Unwrap()
	if parsing, ok := errors.AsType[*time.ParseError](cause); ok { // the form has been named before it
		return strings.TrimSuffix(cause.Error(), ": "+parsing.Error())
	}
	return cause.Error()
}

// oneOf returns an error that names the choices where the value of what, a flag or
// an argument, is none of them.
func oneOf(cmd *cobra.Command, what, value string, choices ...string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	named := slices.DeleteFunc(slices.Clone(choices), func(choice string) bool { return choice == "" }) // "" is none, which nobody writes
	return usagef(cmd, "%s %s: not known; %s", what, value, strictyaml.DidYouMean(value, named))
}
