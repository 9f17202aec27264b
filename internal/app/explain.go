package app

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"verbale/bot/letters"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/internal/archive"
	"verbale/internal/inorder"
	"verbale/internal/view"
)

// ExplainOptions say which mails to explain and how.
type ExplainOptions struct {
	Config string   // "" for the embedded data
	Files  []string // "-" is In
	JSON   bool
	Full   bool // with JSON: add the text of attachments
	In     io.Reader
	Out    io.Writer
	Bold   bool
	Log    *slog.Logger
}

// outputBytes is the size of the output buffer: about ten mails.
const outputBytes = 64 << 10

// An explained is the result for one file.
type explained struct {
	explanation view.Explanation
	err         error // the file could not be read at all
}

// Explain reads mails with the code of the live path and prints what was extracted and how
// they would be routed, in the order given. It returns how many files could not be read; each
// is reported in its place.
func Explain(ctx context.Context, o ExplainOptions) (failed int, err error) {
	e, err := newExplainer(o)
	if err != nil {
		return 0, err
	}
	defer e.mails.Close()
	out := bufio.NewWriterSize(o.Out, outputBytes)
	defer out.Flush()
	emit := func(x explained) error {
		if x.err != nil {
			failed++
		}
		return e.print(out, x)
	}
	err = inorder.Do(ctx, slices.Values(o.Files), runtime.NumCPU(), e.explain, emit)
	return failed, err
}

type explainer struct {
	ExplainOptions
	mails         *mailReader
	service       *registry.Service
	names         *letters.Writer
	standardInput func() ([]byte, error)
}

func newExplainer(o ExplainOptions) (*explainer, error) {
	c, err := readConfig(o.Config)
	if err != nil {
		return nil, err
	}
	office, err := loadOffice(c)
	if err != nil {
		return nil, err
	}
	service, err := office.service(nil, time.Now, o.Log)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(c)
	if err != nil {
		return nil, err
	}
	return &explainer{
		ExplainOptions: o, names: names, mails: newMailReader("", o.Log), service: service, standardInput: inputReader(o.In),
	}, nil
}

func (e *explainer) explain(ctx context.Context, file string) explained {
	mail, err := e.read(ctx, file)
	if err != nil {
		return explained{explanation: view.Explanation{File: file}, err: err}
	}
	m := e.mails.message(ctx, mail.raw, mail.whole)
	a := guarded(e.Log, m, func(m *intake.Message) registry.Assessment { return e.service.Assess(m, nowOf(m)) })
	return explained{explanation: view.Explanation{
		File: file, Message: m, Reading: a.Reading, Routing: a.Routing, Plan: a.Plan,
	}}
}

// nowOf is the time as of which a mail is explained: its Date if it has one.
func nowOf(m *intake.Message) time.Time {
	if m.Date.IsZero() {
		return time.Now()
	}
	return m.Date
}

// A source is the bytes of a mail, and its size if it was truncated.
type source struct {
	raw   []byte
	whole int
}

// read reads a file, or standard input, until ctx ends.
func (e *explainer) read(ctx context.Context, file string) (source, error) {
	if file == "-" {
		return awaited(ctx, e.fromStandardInput)
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return source{}, err
	case info.IsDir():
		return source{}, fmt.Errorf("%s is a folder; name the files in it", file)
	case info.Mode().IsRegular():
		return fromFile(file, info)
	}
	return awaited(ctx, func() (source, error) { return fromFile(file, info) })
}

// awaited waits for read until ctx ends. Reading from a terminal, or a pipe without writer,
// would otherwise prevent the program from stopping.
func awaited(ctx context.Context, read func() (source, error)) (source, error) {
	done := make(chan struct{})
	var found source
	var failure error
	go func() {
		defer close(done)
		found, failure = read()
	}()
	select {
	case <-done:
		return found, failure
	case <-ctx.Done():
		return source{}, ctx.Err()
	}
}

func (e *explainer) fromStandardInput() (source, error) {
	raw, err := e.standardInput()
	if len(raw) > archive.MaxMail {
		return source{raw[:archive.MaxMail], len(raw)}, err
	}
	return source{raw: raw}, err
}

func fromFile(file string, info os.FileInfo) (source, error) {
	mail, err := archive.ReadMail(file)
	if mail.Cut { // the size of a device is 0
		return source{mail.Raw, max(int(info.Size()), len(mail.Raw)+1)}, err
	}
	return source{raw: mail.Raw}, err
}

// inputReader reads standard input only once, however often it is named, and at most one byte
// more than the maximum size of a mail.
func inputReader(in io.Reader) func() ([]byte, error) {
	return sync.OnceValues(func() ([]byte, error) {
		raw, err := io.ReadAll(io.LimitReader(in, archive.MaxMail+1))
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		return raw, nil
	})
}

func (e *explainer) print(out *bufio.Writer, x explained) error {
	if e.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		if x.err != nil {
			return encoder.Encode(view.ExplainFailure(x.explanation.File, x.err))
		}
		return encoder.Encode(x.explanation.JSON(e.names, e.Full))
	}
	p := view.NewPrinter(out, e.Bold).Naming(e.names)
	if x.err != nil {
		view.PrintExplainFailure(p, x.explanation.File, x.err)
		return p.Err()
	}
	x.explanation.Print(p)
	return p.Err()
}
