package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"

	"verbale/internal/setup"
)

// InitOptions say which office to set up, and how.
type InitOptions struct {
	Folder   string // to write into
	Answers  setup.Answers
	Ask      bool                   // ask for missing Answers; else use defaults
	Hidden   func() (string, error) // reads a secret without showing it; nil reads In
	Force    bool                   // overwrite existing files
	NoDoctor bool
	In       io.Reader
	Out      io.Writer
	Log      *slog.Logger
}

// An AnswersError lists the flags that are missing or wrong.
type AnswersError struct{ error }

// Init asks about a new office, writes its files, and then runs Check and Doctor. It returns
// the number of problems they found.
func Init(ctx context.Context, o InitOptions) (problems int, err error) {
	if err := o.Answers.Locate(); err != nil {
		return 0, err
	}
	if err := setup.Free(o.Folder); err != nil && !o.Force {
		return 0, err
	}
	typed := setup.Secrets{}
	if o.Ask {
		fmt.Fprintln(o.Out, "Press Enter to accept the value in brackets. Secrets are not shown, and are stored in separate files.")
		asker := setup.Interview{In: o.In, Out: o.Out, Hidden: o.Hidden}
		if typed, err = asker.Ask(ctx, o.Answers.Questions()); err != nil {
			return 0, err
		}
	}
	if err := setup.Assume(o.Answers.Questions()); err != nil {
		return 0, AnswersError{err}
	}
	written, err := setup.Write(o.Folder, &o.Answers, typed, o.Force)
	for _, file := range written {
		fmt.Fprintln(o.Out, "wrote", file)
	}
	if err != nil {
		return 0, err
	}
	return o.examine(ctx)
}

// examine checks the written files, and connects to everything.
func (o InitOptions) examine(ctx context.Context) (problems int, err error) {
	file := filepath.Join(o.Folder, setup.ConfigFile)
	if problems, err = Check(CheckOptions{Config: file, Out: o.Out}); problems > 0 || err != nil {
		return problems, err
	}
	if !o.NoDoctor {
		if problems, err = Doctor(ctx, DoctorOptions{Config: file, Out: o.Out, Log: o.Log}); err != nil {
			return problems, err
		}
	}
	_, err = fmt.Fprintf(o.Out, "Next: edit %s, then: verbale serve -c %s\n", filepath.Join(o.Folder, setup.DirectoryFile), file)
	return problems, err
}
