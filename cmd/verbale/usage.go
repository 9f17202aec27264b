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

// A usageError says that a command was used wrongly, and how to use it.
type usageError struct {
	command string
	err     error
}

// Error implements error.
func (e *usageError) Error() string { return e.err.Error() }

// Unwrap returns what is wrong.
func (e *usageError) Unwrap() error { return e.err }

// usagef makes a usageError of a command.
func usagef(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{command: cmd.CommandPath(), err: fmt.Errorf(format, args...)}
}

// markUsageErrors makes every command answer wrong flags and arguments with a usageError
// that says what to write instead.
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
		return usagef(cmd, "missing argument; usage: %s", cmd.UseLine())
	}
	return usagef(cmd, "unexpected argument %q; usage: %s", args[len(args)-1], cmd.UseLine())
}

// unknownCommand says that there is no subcommand of a name, and which one may be meant.
func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return usagef(cmd, "there is no command %q; %s", name, strictyaml.DidYouMean(name, names))
}

// flagError words an error of the flag parser.
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

// notAValue says why a flag does not take a value.
func notAValue(invalid *pflag.InvalidValueError) string {
	switch invalid.GetFlag().Value.Type() {
	case "int":
		return "not a whole number"
	case "intSlice":
		return "not a list of whole numbers such as 1000,100000"
	case "bool":
		return "neither true nor false"
	case "duration":
		return "not a duration such as 500ms, 2s or 5m"
	}
	cause := invalid.Unwrap()
	if parsing, ok := errors.AsType[*time.ParseError](cause); ok { // it repeats the form that cause names already
		return strings.TrimSuffix(cause.Error(), ": "+parsing.Error())
	}
	return cause.Error()
}

// oneOf checks that the value of a flag or argument, named by what, is one of the choices.
// Its error suggests the nearest choice, or lists all.
func oneOf(cmd *cobra.Command, what, value string, choices ...string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	named := slices.DeleteFunc(slices.Clone(choices), func(choice string) bool { return choice == "" }) // not given: nothing to suggest
	return usagef(cmd, "%s %s: not known; %s", what, value, strictyaml.DidYouMean(value, named))
}
