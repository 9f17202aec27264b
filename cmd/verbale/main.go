// Command verbale listens on a mailbox for requests for technical cooperation,
// keeps each as a record, routes it, and follows it up until the country has
// its answer.
//
// This package owns subcommands, flags, exit codes and signals, nothing else;
// internal/app does the work.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	_ "time/tzdata" // calendars must work on machines without a zone database
)

// version is set by the linker.
var version = "unknown"

// Exit codes of every subcommand.
const (
	exitDone   = 0
	exitFailed = 1 // something failed and is named on standard error
	exitUsage  = 2 // wrong use
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run does what the arguments say and returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintf(errOut, "verbale: %v\nRun '%s --help' for usage.\n", err, usage.command)
		return exitUsage
	}
	fmt.Fprintf(errOut, "verbale: %v\n", err)
	return exitFailed
}

// errReported is the error of a command that has named what failed itself.
var errReported = errors.New("some of it failed")
