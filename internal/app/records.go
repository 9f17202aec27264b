package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/intake"
	"verbale/internal/config"
	"verbale/internal/redisstore"
	"verbale/internal/view"
)

// withStore calls f with the store of a configuration, and closes the store afterwards. Other
// secrets than that of Redis are not read.
func withStore(ctx context.Context, file string, log *slog.Logger, f func(*config.Config, *redisstore.Store) error) error {
	c, err := config.LoadForStore(file, os.LookupEnv)
	if err != nil {
		return err
	}
	return withStoreOf(ctx, c, log, f)
}

// withStoreOf is withStore for a configuration that has been read.
func withStoreOf(ctx context.Context, c *config.Config, log *slog.Logger, f func(*config.Config, *redisstore.Store) error) error {
	store, err := openStore(ctx, c, log)
	if err != nil {
		return err
	}
	return errors.Join(f(c, store), store.Close())
}

// A Day is a calendar day given in a flag.
type Day = intake.Date

// A Selection says which records to select. The zero value selects all.
type Selection struct {
	Status, Owner, Country, Division string
	Open                             bool
	Words                            []string // prefixes of words that each record must contain
	Person                           string   // part of the name or address of a requester or correspondent
	Since, Until                     Day      // of receipt, both inclusive
}

// ListOptions say what to list.
type ListOptions struct {
	Selection
	Config       string
	JSON         bool
	Confidential bool // include the content of confidential records
	SetAside     bool // list messages set aside instead
	Parked       bool // list actions that were given up instead
	Limit        int
	Out          io.Writer
	Log          *slog.Logger
}

// List prints records, newest first.
func List(ctx context.Context, o ListOptions) error {
	return withStore(ctx, o.Config, o.Log, func(c *config.Config, s *redisstore.Store) error {
		switch {
		case o.SetAside:
			return listSetAside(ctx, c, s, o)
		case o.Parked:
			return listParked(ctx, s, o)
		}
		policy, err := loadPolicy(c)
		if err != nil {
			return err
		}
		return listRecords(ctx, namesToShow(c, o.Log), policy.Calendar().Zone(), s, o)
	})
}

// namesToShow are the names shown beside IDs. If the office's data is invalid, records can
// still be shown, with IDs only.
func namesToShow(c *config.Config, log *slog.Logger) *letters.Writer {
	names, err := namesOf(c)
	if err != nil {
		log.Warn("ids are shown without names: fix the problem, then run check", "error", err)
		return nil
	}
	return names
}

// zoneToShow is the time zone for displayed times: the office's or, if its policy is invalid,
// UTC.
func zoneToShow(c *config.Config, log *slog.Logger) *time.Location {
	policy, err := loadPolicy(c)
	if err != nil {
		log.Warn("times are shown in UTC: fix the problem, then run check", "error", err)
		return time.UTC
	}
	return policy.Calendar().Zone()
}

// query is the query for the store. Days are in the office's time zone.
func (o Selection) query(zone *time.Location) bot.Query {
	q := bot.Query{
		Status: intake.Status(o.Status), Owner: o.Owner, Country: o.Country, Division: o.Division, Open: o.Open,
		Words: o.Words, Person: o.Person,
	}
	if !o.Since.IsZero() {
		q.Since = o.Since.In(zone)
	}
	if !o.Until.IsZero() {
		q.Until = o.Until.AddDays(1).In(zone)
	}
	return q
}

// pageSize is the number of records queried at a time.
const pageSize = 200

func listRecords(ctx context.Context, names *letters.Writer, zone *time.Location, s bot.Store, o ListOptions) error {
	q := o.query(zone)
	for left := o.Limit; left > 0; {
		q.Limit = min(left, pageSize)
		page, cursor, err := s.List(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range page {
			if err := printRecord(ctx, s, o, names, zone, r); err != nil {
				return err
			}
		}
		left -= len(page)
		if q.Cursor = cursor; cursor == "" {
			break
		}
	}
	return nil
}

func printRecord(ctx context.Context, s bot.Store, o ListOptions, names *letters.Writer, zone *time.Location, r *intake.Record) error {
	if o.JSON {
		return printLine(ctx, s, o.Out, names, r, o.Confidential)
	}
	if r.Confidential && !o.Confidential {
		r = view.SealedRecord(r)
	}
	p := view.NewPrinter(o.Out, false).Naming(names).In(zone)
	view.PrintListLine(p, r)
	return p.Err()
}

// printLine prints a record as one JSON object. A confidential one is redacted, unless tell is
// set.
func printLine(ctx context.Context, s bot.Store, w io.Writer, names *letters.Writer, r *intake.Record, tell bool) error {
	page, err := pageOf(ctx, s, r)
	if err != nil {
		return err
	}
	if r.Confidential && !tell {
		page = page.Sealed()
	}
	return printJSON(w, page.JSON(names))
}

func listSetAside(ctx context.Context, c *config.Config, s bot.Store, o ListOptions) error {
	names := namesToShow(c, o.Log)
	p := view.NewPrinter(o.Out, false).Naming(names).In(zoneToShow(c, o.Log))
	for left, cursor := o.Limit, ""; left > 0; {
		page, next, err := s.SetAside(ctx, min(left, pageSize), cursor)
		if err != nil {
			return err
		}
		for _, a := range page {
			if !o.JSON {
				view.PrintSetAside(p, a)
			} else if err := printJSON(o.Out, view.SetAsideJSON(names, a)); err != nil {
				return err
			}
		}
		left -= len(page)
		if cursor = next; cursor == "" {
			break
		}
	}
	return p.Err()
}

func listParked(ctx context.Context, s *redisstore.Store, o ListOptions) error {
	actions, err := s.Parked(ctx, o.Limit)
	if err != nil {
		return err
	}
	p := view.NewPrinter(o.Out, false)
	for _, a := range actions {
		if !o.Confidential {
			if a, err = withoutSecrets(ctx, s, a); err != nil {
				return err
			}
		}
		if !o.JSON {
			view.PrintAction(p, a)
		} else if err := printJSON(o.Out, view.ActionJSON(a)); err != nil {
			return err
		}
	}
	return p.Err()
}

// withoutSecrets redacts an action if its record is confidential.
func withoutSecrets(ctx context.Context, s bot.Store, a bot.Action) (bot.Action, error) {
	if a.Reference == "" {
		return a, nil
	}
	r, err := s.Load(ctx, a.Reference)
	if errors.Is(err, bot.ErrNotFound) || err == nil && !r.Confidential {
		return a, nil
	}
	return view.SealedAction(a), err
}

// ShowOptions say which records to show.
type ShowOptions struct {
	Config     string
	References []string // each in any form accepted in Slack
	JSON       bool
	Letter     bool // add the text of the letter
	Out        io.Writer
	Err        io.Writer // receives a line for each that does not exist
	Bold       bool
	Log        *slog.Logger
}

// Show prints complete records. It returns how many do not exist; each is named.
func Show(ctx context.Context, o ShowOptions) (failed int, err error) {
	err = withStore(ctx, o.Config, o.Log, func(c *config.Config, s *redisstore.Store) error {
		names, zone := namesToShow(c, o.Log), zoneToShow(c, o.Log)
		for _, asked := range o.References {
			r, err := findRecord(ctx, s, time.Now().In(zone), asked)
			if missing, is := errors.AsType[*noRecordError](err); is {
				failed++
				fmt.Fprintf(o.Err, "verbale: %v\n", missing)
				continue
			}
			if err == nil {
				err = show(ctx, s, names, zone, o, r)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return failed, err
}

func show(ctx context.Context, s bot.Store, names *letters.Writer, zone *time.Location, o ShowOptions, r *intake.Record) error {
	page, err := pageOf(ctx, s, r)
	if err != nil {
		return err
	}
	if o.Letter {
		if page.Letter, err = s.Letter(ctx, r.Reference); err != nil && !errors.Is(err, bot.ErrNotFound) {
			return err
		}
	}
	if o.JSON {
		return printJSON(o.Out, page.JSON(names))
	}
	p := view.NewPrinter(o.Out, o.Bold).Naming(names).In(zone)
	page.Print(p)
	return p.Err()
}

func pageOf(ctx context.Context, s bot.Store, r *intake.Record) (view.Page, error) {
	history, err := s.History(ctx, r.Reference)
	if err != nil {
		return view.Page{}, err
	}
	actions, err := s.Actions(ctx, r.Reference)
	return view.Page{Record: r, History: history, Actions: actions}, err
}

// RetryOptions say which parked actions to retry.
type RetryOptions struct {
	Config string
	Keys   []string
	Out    io.Writer
	Err    io.Writer // receives a line for each that is not parked
	Log    *slog.Logger
}

// Retry returns parked actions to the outbox of the running service. It returns how many are
// not parked; each is named.
func Retry(ctx context.Context, o RetryOptions) (failed int, err error) {
	err = withStore(ctx, o.Config, o.Log, func(_ *config.Config, s *redisstore.Store) error {
		for _, key := range o.Keys {
			err := s.Unpark(ctx, key, time.Now())
			if errors.Is(err, bot.ErrNotFound) {
				failed++
				fmt.Fprintf(o.Err, "verbale: no action %q is parked; \"verbale list --parked\" shows those that are\n", key)
				continue
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(o.Out, "%s is due again\n", key)
		}
		return nil
	})
	return failed, err
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
