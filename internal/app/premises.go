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
	Pace   *Pace // nil: DefaultPace
	Log    *slog.Logger
}

// Serve watches the mailboxes, keeps the records and sends what is due, until ctx ends; it
// then finishes the work in progress. After an orderly shutdown the error is nil.
//
// On a reload it reads the configuration and all data it names. If everything is valid, work
// in progress is finished with the old data, and everything after it uses the new data; no
// event sees a mixture. If anything is invalid, every problem is logged and nothing changes.
func Serve(ctx context.Context, o ServeOptions) error {
	p := &premises{ServeOptions: o}
	if err := p.open(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return p.servePages(ctx) })
	group.Go(func() error { return p.run(ctx) })
	err := group.Wait()
	o.Log.Info("stopped")
	return errors.Join(err, p.house().Close())
}

// premises run one House after another on the same store.
type premises struct {
	ServeOptions
	current atomic.Pointer[House]
}

func (p *premises) house() *House { return p.current.Load() }

func (p *premises) open(ctx context.Context) error {
	c, err := p.load()
	if err != nil {
		return err
	}
	at, err := p.ownPace(c)
	if err != nil {
		return err
	}
	h, err := OpenAt(ctx, c, p.Log, at)
	if err != nil {
		return err
	}
	p.current.Store(h)
	h.metrics.Built(p.Version)
	h.metrics.Watch(at.Now, func(ctx context.Context) (telemetry.Backlog, error) { return p.house().backlog(ctx) })
	h.warnOfStore(ctx)
	h.announce()
	return nil
}

func (p *premises) load() (*config.Config, error) {
	c, err := config.Load(p.Config, os.LookupEnv)
	if err == nil && len(c.Mailbox) == 0 {
		err = fmt.Errorf("%s names no mailbox to watch", p.Config)
	}
	return c, err
}

func (p *premises) ownPace(c *config.Config) (Pace, error) {
	if p.Pace != nil {
		return *p.Pace, nil
	}
	return paceOf(c)
}

// announce logs the settings of the House.
func (h *House) announce() {
	if year, missing := h.office.policy.HolidaysMissing(time.Now()); missing {
		h.log.Warn("the holidays of a year are missing; due dates may fall on them", "year", year)
	}
	h.log.Info("serving", "mailboxes", len(h.config.Mailbox), "send", h.config.Send)
}

// warnOfStore logs store settings under which records could be lost.
func (h *House) warnOfStore(ctx context.Context) {
	health, err := h.store.Health(ctx)
	if err != nil {
		h.log.Warn("the persistence settings of the store are not known", "error", err)
	}
	for _, w := range health.Weaknesses() {
		h.log.Warn("the settings of the store may lose records", "weakness", w.Text, "advice", w.Mend)
	}
}

// run runs one House after another, until ctx ends or one fails permanently.
func (p *premises) run(ctx context.Context) error {
	for {
		next, err := p.runUntilReload(ctx)
		if next == nil {
			return err
		}
		p.current.Store(next)
		next.announce()
	}
}

// runUntilReload runs the current House until there is a successor, which it returns; nil if
// ctx ended or the House failed.
func (p *premises) runUntilReload(ctx context.Context) (next *House, err error) {
	running, stop := context.WithCancel(ctx)
	defer stop()
	reloaded := make(chan *House, 1)
	go func() {
		defer close(reloaded)
		if h := p.awaitReload(running); h != nil {
			reloaded <- h
			stop()
		}
	}()
	h := p.house()
	err = h.Run(running)
	stop()
	if next = <-reloaded; next == nil || err != nil || ctx.Err() != nil {
		return nil, err
	}
	h.retire()
	return next, nil
}

// awaitReload returns a House with the new data, or nil when ctx ends.
func (p *premises) awaitReload(ctx context.Context) *House {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-p.Reload:
		}
		old := p.house()
		h, err := p.succeed(old)
		old.metrics.Reloaded(err)
		if err == nil {
			p.Log.Info("the configuration was reloaded")
			return h
		}
		p.refuse(err)
	}
}

// refuse logs all problems in the new data.
func (p *premises) refuse(err error) {
	var problems problemList
	problems.add(err)
	for _, problem := range problems.found {
		p.Log.Error("the new configuration is wrong", "problem", problem.String())
	}
	p.Log.Error("the configuration was not taken; the service continues with the old one", "problems", len(problems.found))
}

// succeed makes a House with the current configuration.
func (p *premises) succeed(old *House) (*House, error) {
	c, err := p.load()
	if err != nil {
		return nil, err
	}
	if err := sameGround(p.Config, old.config, c); err != nil {
		return nil, err
	}
	return old.successor(c)
}

// sameGround refuses changes of settings that cannot change while the process runs.
func sameGround(file string, old, c *config.Config) error {
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

// successor makes a House with another configuration, which takes over the store, the mail
// reader and the metrics. The old House is then retired, not closed.
func (h *House) successor(c *config.Config) (*House, error) {
	next := &House{Observe: h.Observe, config: c, pace: h.pace, log: h.log, owner: h.owner, store: h.store, sign: h.sign, mails: h.mails, metrics: h.metrics}
	var err error
	if next.office, err = loadOffice(c); err != nil {
		return nil, err
	}
	return next, next.equip()
}

// retire closes what the House does not share with its successor.
func (h *House) retire() {
	if h.sender != nil {
		h.sender.Close()
	}
}
