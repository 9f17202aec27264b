package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"verbale/internal/config"
	"verbale/internal/strictyaml"
	"verbale/internal/telemetry"
)

// ServeOptions say what to serve.
type ServeOptions struct {
	Config  string
	Version string // of the program, for the metrics
	// Reload requests, with each value, to reload the configuration and all data it names.
	// nil: never.
	Reload <-chan os.Signal
	Timing *Timing // nil: DefaultTiming
	Log    *slog.Logger
}

// Serve watches the mailboxes, keeps the records and sends what is due, until ctx ends; it
// then finishes the work in progress. After an orderly shutdown the error is nil.
//
// On a reload it reads the configuration and all data it names. If everything is valid, work
// in progress is finished with the old data, and everything after it uses the new data; no
// event sees a mixture. If anything is invalid, every problem is logged and nothing changes.
func Serve(ctx context.Context, o ServeOptions) error {
	v := &supervisor{ServeOptions: o}
	if err := v.open(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return v.servePages(ctx) })
	group.Go(func() error { return v.run(ctx) })
	err := group.Wait()
	o.Log.Info("stopped")
	return errors.Join(err, v.server().Close())
}

// A supervisor runs one Server after another on the same store: a new one after each reload of
// the configuration.
type supervisor struct {
	ServeOptions
	current atomic.Pointer[Server]
}

func (v *supervisor) server() *Server { return v.current.Load() }

func (v *supervisor) open(ctx context.Context) error {
	c, err := v.load()
	if err != nil {
		return err
	}
	timing, err := v.timing(c)
	if err != nil {
		return err
	}
	s, err := OpenWith(ctx, c, v.Log, timing)
	if err != nil {
		return err
	}
	v.current.Store(s)
	s.metrics.Built(v.Version)
	s.metrics.Watch(timing.Now, func(ctx context.Context) (telemetry.Backlog, error) { return v.server().backlog(ctx) })
	s.warnOfStore(ctx)
	s.logSettings()
	return nil
}

func (v *supervisor) load() (*config.Config, error) {
	c, err := config.Load(v.Config, os.LookupEnv)
	if err == nil && len(c.Mailbox) == 0 {
		err = fmt.Errorf("%s names no mailbox to watch", v.Config)
	}
	return c, err
}

func (v *supervisor) timing(c *config.Config) (Timing, error) {
	if v.Timing != nil {
		return *v.Timing, nil
	}
	return timingOf(c)
}

// logSettings logs the settings of the Server.
func (s *Server) logSettings() {
	if year, missing := s.office.policy.HolidaysMissing(time.Now()); missing {
		s.log.Warn("the holidays of a year are missing; due dates may fall on them", "year", year)
	}
	s.log.Info("serving", "mailboxes", len(s.config.Mailbox), "send", s.config.Send)
}

// warnOfStore logs store settings under which records could be lost.
func (s *Server) warnOfStore(ctx context.Context) {
	health, err := s.store.Health(ctx)
	if err != nil {
		s.log.Warn("the persistence settings of the store are not known", "error", err)
	}
	for _, w := range health.Weaknesses() {
		s.log.Warn("the settings of the store may lose records", "weakness", w.Text, "advice", w.Mend)
	}
}

// run runs one Server after another, until ctx ends or one fails permanently.
func (v *supervisor) run(ctx context.Context) error {
	for {
		next, err := v.runUntilReload(ctx)
		if next == nil {
			return err
		}
		v.current.Store(next)
		next.logSettings()
	}
}

// runUntilReload runs the current Server until there is a successor, which it returns; nil if
// ctx ended or the Server failed.
func (v *supervisor) runUntilReload(ctx context.Context) (next *Server, err error) {
	running, stop := context.WithCancel(ctx)
	defer stop()
	reloaded := make(chan *Server, 1)
	go func() {
		defer close(reloaded)
		if s := v.awaitReload(running); s != nil {
			reloaded <- s
			stop()
		}
	}()
	s := v.server()
	err = s.Run(running)
	stop()
	if next = <-reloaded; next == nil || err != nil || ctx.Err() != nil {
		return nil, err
	}
	s.retire()
	return next, nil
}

// awaitReload returns a Server with the new data, or nil when ctx ends.
func (v *supervisor) awaitReload(ctx context.Context) *Server {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-v.Reload:
		}
		old := v.server()
		s, err := v.loadSuccessor(old)
		old.metrics.Reloaded(err)
		if err == nil {
			v.Log.Info("the configuration was reloaded")
			return s
		}
		v.logProblems(err)
	}
}

// logProblems logs all problems in the new data.
func (v *supervisor) logProblems(err error) {
	var problems problemList
	problems.add(err)
	for _, problem := range problems.found {
		v.Log.Error("the new configuration is wrong", "problem", problem.String())
	}
	v.Log.Error("the configuration was not applied; the service continues with the old one", "problems", len(problems.found))
}

// loadSuccessor makes a Server with the current configuration.
func (v *supervisor) loadSuccessor(old *Server) (*Server, error) {
	c, err := v.load()
	if err != nil {
		return nil, err
	}
	if err := checkFixedSettings(v.Config, old.config, c); err != nil {
		return nil, err
	}
	return old.successor(c)
}

// checkFixedSettings refuses changes of settings that cannot change while the process runs.
func checkFixedSettings(file string, old, c *config.Config) error {
	var problems strictyaml.Problems
	for _, k := range []struct {
		key  string
		same bool
	}{
		{"data_dir", old.DataDir == c.DataDir},
		{"office", old.Office == c.Office},
		{"redis", old.Redis == c.Redis},
		{"http", old.HTTP == c.HTTP},
		{"pace", old.Pace == c.Pace},
	} {
		if !k.same {
			problems = append(problems, strictyaml.Problem{File: file, Message: k.key + " cannot change while the service runs", Hint: "restart it"})
		}
	}
	return problems.Err()
}

// successor makes a Server with another configuration, which takes over the store, the mail
// reader and the metrics. The old Server is then retired, not closed.
func (s *Server) successor(c *config.Config) (*Server, error) {
	next := &Server{Observe: s.Observe, config: c, timing: s.timing, log: s.log, owner: s.owner, store: s.store, sign: s.sign, mails: s.mails, metrics: s.metrics}
	var err error
	if next.office, err = loadOffice(c); err != nil {
		return nil, err
	}
	return next, next.build()
}

// retire closes what the Server does not share with its successor.
func (s *Server) retire() {
	if s.sender != nil {
		s.sender.Close()
	}
}
