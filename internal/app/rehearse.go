package app

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"runtime"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/internal/config"
	"verbale/internal/inorder"
	"verbale/internal/redisstore"
	"verbale/internal/rehearsal"
)

// RehearseOptions say which data changes and with which past mail the change is tried.
type RehearseOptions struct {
	Config   string // "" for the embedded data, with Paths
	Changed  OfficeData
	Paths    []string // mails, as for Import; if empty, the records of the office are used
	JSON     bool
	Out      io.Writer
	Progress io.Writer // nil for none
	Bold     bool
	Log      *slog.Logger
}

// OfficeData names the files and folders of an office's data, as its configuration does. ""
// means no change.
type OfficeData struct{ Directory, Rules, Policy, Vocabulary string }

// Rehearse reads past mail with the current and with the changed data, and prints the
// differences. It writes nothing to the store. It returns how many mails or records could not
// be read; each of them is logged.
func Rehearse(ctx context.Context, o RehearseOptions) (failed int, err error) {
	if err := o.Changed.present(); err != nil {
		return 0, err
	}
	if len(o.Paths) == 0 {
		err = withStore(ctx, o.Config, o.Log, func(c *config.Config, s *redisstore.Store) error {
			failed, err = rehearse(ctx, o, c, recordsOf(s))
			return err
		})
		return failed, err
	}
	c, err := readConfig(o.Config)
	if err != nil {
		return 0, err
	}
	mails := newMailReader("", o.Log)
	defer mails.Close()
	return rehearse(ctx, o, c, mailsAt(o.Paths, mails))
}

func rehearse(ctx context.Context, o RehearseOptions, c *config.Config, open openPast) (failed int, err error) {
	r := rehearser{RehearseOptions: o, out: bufio.NewWriter(o.Out), shown: progress{out: o.Progress}}
	if r.before, err = assessor(c, o.Log); err != nil {
		return 0, err
	}
	if r.after, err = assessor(o.Changed.in(c), o.Log); err != nil {
		return 0, err
	}
	past, total, err := open(ctx)
	if err != nil {
		return 0, err
	}
	err = inorder.Do(ctx, past, runtime.NumCPU(), r.compare, func(c compared) error {
		if err := r.add(c); err != nil {
			return err
		}
		r.shown.draw(r.Compared+r.failed, total, r.Compared+r.failed == total)
		return nil
	})
	return r.failed, errors.Join(err, r.finish(err == nil))
}

// present returns an error for a path that does not exist.
func (d OfficeData) present() error {
	for _, path := range []string{d.Directory, d.Rules, d.Policy, d.Vocabulary} {
		if path == "" {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("read changed data: %w", err)
		}
	}
	return nil
}

// in is a configuration with the changed data.
func (d OfficeData) in(c *config.Config) *config.Config {
	changed := *c
	changed.Directory = cmp.Or(d.Directory, c.Directory)
	changed.Rules = cmp.Or(d.Rules, c.Rules)
	changed.Policy = cmp.Or(d.Policy, c.Policy)
	changed.Vocabulary = cmp.Or(d.Vocabulary, c.Vocabulary)
	return &changed
}

// assessor is a service without a store: it only reads, routes and plans.
func assessor(c *config.Config, log *slog.Logger) (*registry.Service, error) {
	office, err := loadOffice(c)
	if err != nil {
		return nil, err
	}
	return office.service(nil, time.Now, log)
}

// openPast opens a source of past mail. It returns functions that load one mail each, and
// their number.
type openPast func(context.Context) (mails iter.Seq[recall], total int, err error)

type recall func(context.Context) remembered

// A remembered is a past mail, ready to be read again.
type remembered struct {
	name    string // path of the mail, or reference of the record
	record  bool
	message *intake.Message
	at      time.Time // the time as of which it is read
	err     error     // it cannot be read
	end     error     // neither it nor those after it can be read
}

// mailsAt are the mails of archives, read as of their own date.
func mailsAt(paths []string, reader *mailReader) openPast {
	return func(context.Context) (iter.Seq[recall], int, error) {
		mails, total, err := openArchives(paths)
		if err != nil {
			return nil, 0, err
		}
		return func(yield func(recall) bool) {
			for mail, err := range mails {
				if !yield(func(ctx context.Context) remembered {
					if err != nil {
						return remembered{name: mail.Name, err: err}
					}
					m := reader.message(ctx, mail.Raw, wholeSize(mail))
					return remembered{name: mail.Name, message: m, at: nowOf(m)}
				}) {
					return
				}
			}
		}, total, nil
	}
}

// recordsOf are the letters of all records, newest first, read as of their receipt.
func recordsOf(s *redisstore.Store) openPast {
	return func(ctx context.Context) (iter.Seq[recall], int, error) {
		totals, err := s.Totals(ctx)
		return func(yield func(recall) bool) {
			for record, err := range allRecords(ctx, s) {
				if !yield(func(ctx context.Context) remembered {
					if err != nil {
						return remembered{end: err}
					}
					return letterAgain(ctx, s, record)
				}) {
					return
				}
			}
		}, totals.Recorded, err
	}
}

// allRecords iterates over all records of a store, newest first, and stops after an error.
func allRecords(ctx context.Context, s bot.Store) iter.Seq2[*intake.Record, error] {
	return recordsBy(ctx, s, bot.Query{Limit: pageSize})
}

func letterAgain(ctx context.Context, s bot.Store, r *intake.Record) remembered {
	past := remembered{name: r.Reference, record: true, at: r.ReceivedAt}
	switch letter, err := s.Letter(ctx, r.Reference); {
	case errors.Is(err, bot.ErrNotFound):
		past.err = err
	case err != nil:
		past.end = err
	default:
		past.message = letter.Message(r.Origin)
	}
	return past
}

type rehearser struct {
	RehearseOptions
	rehearsal.Tally
	before, after *registry.Service
	out           *bufio.Writer
	shown         progress
	failed        int
}

// A compared is a past mail and the differences found.
type compared struct {
	remembered
	differences []rehearsal.Difference
}

func (r *rehearser) compare(ctx context.Context, recall recall) compared {
	past := recall(ctx)
	if past.message == nil {
		return compared{remembered: past}
	}
	assess := func(s *registry.Service) registry.Assessment {
		return guarded(r.Log, past.message, func(m *intake.Message) registry.Assessment { return s.Assess(m, past.at) })
	}
	return compared{past, rehearsal.Compare(assess(r.before), assess(r.after))}
}

// add counts a mail, and prints it if there are differences.
func (r *rehearser) add(c compared) error {
	switch {
	case c.end != nil:
		return c.end
	case c.err != nil:
		r.failed++
		r.Log.Error("past mail could not be read", "mail", c.name, "cause", c.err)
		return nil
	}
	r.Add(c.differences)
	if len(c.differences) == 0 {
		return nil
	}
	return r.print(c)
}
