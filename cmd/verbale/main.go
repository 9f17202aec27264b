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

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)

	err := newRoot().ExecuteContext(ctx)
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintf(os.Stderr, "verbale: %v\nRun '%s --help' for usage.\n", err, usage.command)
		return exitUsage
	}
	fmt.Fprintf(os.Stderr, "verbale: %v\n", err)
	return exitFailed
}

// errReported ends a command whose failures have been named already.
var errReported = errors.New("some of it failed")

// A usageError is a wrong use of the command line.
type usageError struct {
	command string
	err     error
}

func (e *usageError) Error() string { return e.err.Error() }

func (e *usageError) Unwrap() error { return e.err }
