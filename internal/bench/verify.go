package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/app"
)

// ShareFigures are what a run of several processes measured, and counted at its end.
type ShareFigures struct {
	Mails        int           `json:"mails"`
	Processes    int           `json:"processes"`
	Redis        Form          `json:"redis"`
	Before       float64       `json:"mails_per_second"` // until something was lost
	Losses       []Loss        `json:"losses"`
	Done         time.Duration `json:"done_ns"` // from the first outcome to the last
	Balance      app.Balance   `json:"balance"` // as "verbale audit" has it
	Acknowledged int           `json:"acknowledged"`
	Silent       int           `json:"silent"`  // records without an acknowledgement, with the reason in their history
	Remade       int           `json:"remade"`  // records made again, since only the lost master had them
	Repeats      int           `json:"repeats"` // mails sent again, with the same Message-ID
}

// A Loss is a process or server that was ended with kill -9 during the run.
type Loss struct {
	What  string        `json:"what"`
	Pause time.Duration `json:"pause_ns"` // the longest time after it without a further outcome
}

// String writes the figures for people, over several lines.
func (f ShareFigures) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d mails, %d processes, Redis %s: %.0f mails/s until something was lost, all in %.1f s\n",
		f.Mails, f.Processes, f.Redis, f.Before, f.Done.Seconds())
	for _, l := range f.Losses {
		fmt.Fprintf(&b, "%s was lost: work went on after %.1f s\n", l.What, l.Pause.Seconds())
	}
	if f.Remade > 0 {
		fmt.Fprintf(&b, "%d outcomes were lost with the master, which alone had them, and made again\n", f.Remade)
	}
	fmt.Fprintf(&b, "audit: %s\n", f.Balance)
	fmt.Fprintf(&b, "%d records acknowledged once each, %d not to be acknowledged; %d mails went out twice, under the same Message-ID\n",
		f.Acknowledged, f.Silent, f.Repeats)
	return b.String()
}

// verify compares the records with the mails that came in and those that went out. Its
// error lists all that does not agree.
func (c *fleet) verify(ctx context.Context, f *ShareFigures) (err error) {
	if f.Balance, err = c.audit(ctx); err != nil {
		return err
	}
	var taken []Delivery
	if err := c.peers.read("taken", &taken); err != nil {
		return err
	}
	records, err := c.records(ctx)
	if err != nil {
		return err
	}
	p := verification{figures: f, acknowledged: map[string][]string{}, noted: map[string]bool{}}
	p.outcomes(records)
	p.mails(taken)
	for _, rec := range records {
		if err := p.record(ctx, c, rec); err != nil {
			return err
		}
	}
	if f.Remade, err = c.remade(ctx, records); err != nil {
		return err
	}
	for _, d := range taken {
		if !p.noted[d.ID] && !strings.HasPrefix(d.ID, "digest") {
			p.wrong("%s went out and is not noted as sent", d.ID)
		}
	}
	return errors.Join(p.found...)
}

// audit balances the folder as "verbale audit" does.
func (c *fleet) audit(ctx context.Context) (b app.Balance, err error) {
	var out bytes.Buffer
	if _, err := app.Audit(ctx, app.AuditOptions{Config: c.config("bot-1"), JSON: true, Out: &out, Log: slog.New(slog.DiscardHandler)}); err != nil {
		return b, err
	}
	return b, wrapped("read the audit", json.Unmarshal(out.Bytes(), &b))
}

func (c *fleet) records(ctx context.Context) (all []*intake.Record, err error) {
	for q := (bot.Query{Limit: 1000}); ; {
		page, cursor, err := c.store.List(ctx, q)
		if err != nil {
			return nil, err
		}
		if all = append(all, page...); cursor == "" {
			return all, nil
		}
		q.Cursor = cursor
	}
}

// remade counts the records of the further mails that were made after the master was
// lost. Each of these mails had a record before, so it was lost and made again.
func (c *fleet) remade(ctx context.Context, records []*intake.Record) (n int, err error) {
	further := map[string]bool{}
	for i := range c.further {
		further[MessageID(c.Mails+i)] = true
	}
	for _, rec := range records {
		if !further[rec.Origin.MessageID] {
			continue
		}
		history, err := c.store.History(ctx, rec.Reference)
		if err != nil {
			return 0, err
		}
		if len(history) > 0 && history[0].At.After(c.lost) {
			n++
		}
	}
	return n, nil
}

// A verification collects what does not agree.
type verification struct {
	figures      *ShareFigures
	acknowledged map[string][]string // Message-IDs of acknowledgements, by that of the mail they answer
	noted        map[string]bool     // Message-IDs that the records note as sent
	found        []error
}

func (p *verification) wrong(format string, values ...any) {
	p.found = append(p.found, fmt.Errorf(format, values...))
}

// outcomes checks that every mail in the folder has one outcome and every record a mail
// of its own.
func (p *verification) outcomes(records []*intake.Record) {
	b := p.figures.Balance
	if !b.Even() || b.Messages != p.figures.Mails || b.Recorded+b.Joined+b.SetAside != p.figures.Mails || b.Recorded != len(records) {
		p.wrong("the folder does not balance with %d mails and %d records: %s", p.figures.Mails, len(records), b)
	}
	of := map[string]string{}
	for _, rec := range records {
		if other := of[rec.Origin.MessageID]; other != "" {
			p.wrong("%s and %s are of one mail", other, rec.Reference)
		}
		of[rec.Origin.MessageID] = rec.Reference
	}
}

// mails counts repeats and gathers the acknowledgements of each mail.
func (p *verification) mails(taken []Delivery) {
	for _, d := range taken {
		p.figures.Repeats += d.Copies - 1
		if d.Automatic {
			p.acknowledged[d.Answers] = append(p.acknowledged[d.Answers], d.ID)
		}
	}
}

// record checks that a record has one acknowledgement, or a reason why it has none.
func (p *verification) record(ctx context.Context, c *fleet, rec *intake.Record) error {
	actions, err := c.store.Actions(ctx, rec.Reference)
	if err != nil {
		return err
	}
	want := 0
	for _, a := range actions {
		if a.Mail != nil && a.State == bot.ActionDone {
			p.noted[a.Result] = true
		}
		if a.Kind == bot.ActionAcknowledge && a.State == bot.ActionDone {
			want++
		}
	}
	got := p.acknowledged[rec.Origin.MessageID]
	switch {
	case len(got) != want || want > 1:
		p.wrong("%s has %d acknowledgements and %d noted: %q", rec.Reference, len(got), want, got)
	case want == 1:
		p.figures.Acknowledged++
	default:
		return p.silent(ctx, c, rec)
	}
	return nil
}

// silent checks that the history tells why a record was not acknowledged.
func (p *verification) silent(ctx context.Context, c *fleet, rec *intake.Record) error {
	history, err := c.store.History(ctx, rec.Reference)
	if err != nil {
		return err
	}
	p.figures.Silent++
	if !slices.ContainsFunc(history, func(h intake.HistoryEntry) bool { return h.What == bot.WhatNotAcknowledged }) {
		p.wrong("%s has no acknowledgement, and no reason", rec.Reference)
	}
	return nil
}
