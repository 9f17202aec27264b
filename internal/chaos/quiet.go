package chaos

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/app"
	"verbale/internal/redisstore"
	"verbale/internal/wait"
)

// When the bots count as at rest.
const (
	lookEvery  = 500 * time.Millisecond // pause between two looks
	quietLooks = 2                      // looks in a row that must find nothing to do
	ahead      = 10 * time.Minute       // time within which no reminder may be due
)

// waitUntilQuiet waits until nothing is left to do: every mail has been read, every action is
// settled, and nothing is due soon.
func (r *run) waitUntilQuiet(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, r.Patience)
	defer cancel()
	quiet, last := 0, errors.New("not looked at yet")
	err := wait.Until(limited, lookEvery, func() (bool, error) {
		switch err := r.busy(limited); {
		case limited.Err() != nil: // the look was cut short, so its error says nothing
		case err != nil:
			quiet, last = 0, err
		default:
			quiet++
		}
		return quiet >= quietLooks, nil
	})
	if err != nil {
		return fmt.Errorf("the bots do not come to rest within %s: %w", r.Patience, last)
	}
	return nil
}

// busy returns an error that names something left to do, nil if there is nothing.
func (r *run) busy(ctx context.Context) error {
	balance, err := r.audit(ctx)
	if err != nil {
		return err
	}
	if balance.Waiting > 0 || balance.Messages != r.bag.mails {
		return fmt.Errorf("%s, of %d that were delivered", balance, r.bag.mails)
	}
	return r.withStore(ctx, func(s *redisstore.Store) error {
		waiting, err := s.Waiting(ctx)
		if err != nil {
			return err
		}
		if waiting > 0 {
			if err := waitingSoon(ctx, s); err != nil {
				return err
			}
		}
		return nothingDue(ctx, s)
	})
}

// waitingSoon returns an error that names an action to be done now. Acknowledgements held
// for the desk's decision do not count.
func waitingSoon(ctx context.Context, s *redisstore.Store) error {
	return eachRecord(ctx, s, func(rec *intake.Record) error {
		actions, err := s.Actions(ctx, rec.Reference)
		for _, a := range actions {
			if open(a) && !held(rec, a) {
				return fmt.Errorf("%s is %s, due %s, attempt %d, in lane %q: %q", a.Key, a.State, a.Due.Format(time.TimeOnly), a.Attempts, a.Lane, a.LastError)
			}
		}
		return err
	})
}

func open(a bot.Action) bool { return a.State == bot.ActionPending || a.State == bot.ActionClaimed }

// held reports whether an acknowledgement waits until the desk has decided whether the
// letter is a copy of an earlier request.
func held(rec *intake.Record, a bot.Action) bool {
	return a.Kind == bot.ActionAcknowledge && open(a) && len(rec.Similar) > 0 && a.Due.After(time.Now().Add(time.Minute))
}

// nothingDue returns an error that names a reminder due soon.
func nothingDue(ctx context.Context, s *redisstore.Store) error {
	return eachRecord(ctx, s, func(rec *intake.Record) error {
		if next := rec.FollowUp.Next; next.Key != "" && next.At.Before(time.Now().Add(ahead)) {
			return fmt.Errorf("%s: %s is due at %s", rec.Reference, next.Key, next.At)
		}
		return nil
	})
}

// withStore opens the store, not through a Proxy, and closes it after f.
func (r *run) withStore(ctx context.Context, f func(*redisstore.Store) error) error {
	s, err := redisstore.Open(ctx, redisstore.Options{
		URL: "redis://" + r.env.redisAt, Office: "chaos", Prefix: "TC", DataDir: filepath.Join(r.Folder, "looker"), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}

// eachRecord calls f with every record.
func eachRecord(ctx context.Context, s *redisstore.Store, f func(*intake.Record) error) error {
	q := bot.Query{Limit: 200}
	for {
		page, cursor, err := s.List(ctx, q)
		if err != nil {
			return err
		}
		for _, rec := range page {
			if err := f(rec); err != nil {
				return err
			}
		}
		if q.Cursor = cursor; cursor == "" {
			return nil
		}
	}
}

// audit balances the desk's folder as "verbale audit" does.
func (r *run) audit(ctx context.Context) (app.Balance, error) {
	var out bytes.Buffer
	_, err := app.Audit(ctx, app.AuditOptions{Config: r.env.bots[0].config, JSON: true, Out: &out, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return app.Balance{}, err
	}
	var b app.Balance
	err = json.Unmarshal(out.Bytes(), &b)
	return b, err
}
