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
	Version string // of the program, as figures tell it
	// Reload asks, with each value, that the configuration and all data that it
	// names be read anew. nil: never.
	Reload <-chan os.Signal
	Pace   *Pace // nil: DefaultPace
	Log    *slog.Logger
}

// Serve watches the mailboxes, keeps the records and sends what is due, until
// ctx ends; it then finishes what is in hand. The error of an orderly end is nil.
//
// When it is told to reload, it reads the configuration and all data that it
// names. Where all of it is right, what is in hand is finished by the old data
// and everything after it is done by the new; no event sees some of both. Where
// anything is wrong, every problem is logged and nothing changes.
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

// premises are where one House works after another, on one store.
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

// announce logs what the House goes by.
func (h *House) announce() {
	if year, missing := h.office.policy.HolidaysMissing(time.Now()); missing {
		h.log.Warn("the holidays of a year are missing; due dates may fall on them", "year", year)
	}
	h.log.Info("serving", "mailboxes", len(h.config.Mailbox), "send", h.config.Send)
}

// warnOfStore logs the settings under which the store could lose records.
func (h *House) warnOfStore(ctx context.Context) {
	health, err := h.store.Health(ctx)
	if err != nil {
		h.log.Warn("the store does not say how it keeps records", "error", err)
	}
	for _, w := range health.Weaknesses() {
		h.log.Warn("records are not safe in the store", "weakness", w.Text, "advice", w.Mend)
	}
}

// run lets one House work after another, until ctx ends or one fails for good.
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

// runUntilReload runs the present House until there is one to take its place,
// which it returns; nil where there is none, because ctx ended or the House
// failed.
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

// awaitReload returns a House by the new data, or nil when ctx ends.
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
			p.Log.Info("the configuration was read anew")
			return h
		}
		p.refuse(err)
	}
}

// refuse logs all that is wrong with new data.
func (p *premises) refuse(err error) {
	var problems problemList
	problems.add(err)
	for _, problem := range problems.found {
		p.Log.Error("the new configuration is wrong", "problem", problem.String())
	}
	p.Log.Error("the configuration was not taken; the service goes on by the one that it has", "problems", len(problems.found))
}

// succeed makes a House by the configuration as it stands now.
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

// sameGround refuses changes of what a House stands on for as long as the process
// lives.
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

// successor makes a House by another configuration, which takes over the store,
// the reader of mails and the figures. The old House is retired, not closed.
func (h *House) successor(c *config.Config) (*House, error) {
	next := &House{Observe: h.Observe, config: c, pace: h.pace, log: h.log, owner: h.owner, store: h.store, sign: h.sign, mails: h.mails, metrics: h.metrics}
	var err error
	if next.office, err = loadOffice(c); err != nil {
		return nil, err
	}
	return next, next.equip()
}

// retire ends what the successor has of its own.
func (h *House) retire() {
	if h.sender != nil {
		h.sender.Close()
	}
}
