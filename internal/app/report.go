package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/config"
	"verbale/internal/phrases"
	"verbale/internal/redisstore"
	"verbale/internal/report"
	"verbale/routing/followup"
)

// Formats of reports and exports.
const (
	FormatText = "text"
	FormatCSV  = "csv"
	FormatXLSX = "xlsx"
	FormatJSON = "json"
)

// Languages are the ISO 639-1 codes of the supported languages.
func Languages() []string { return phrases.Languages }

// ReportOptions say which requests to report on, and how.
type ReportOptions struct {
	Config      string
	From, Until Day    // of receipt, both inclusive; zero means no limit
	AsOf        Moment // the cut-off; zero is now
	Format      string
	Language    string
	File        string // to write to; "" for Out
	Charts      string // folder for charts; "" for none
	Out         io.Writer
	Log         *slog.Logger
}

// Report writes statistics of the requests of a period, as known at the cut-off.
func Report(ctx context.Context, o ReportOptions) error {
	return withStore(ctx, o.Config, o.Log, func(c *config.Config, s *redisstore.Store) error {
		names, policy, err := loadNames(c, o.Language)
		if err != nil {
			return err
		}
		question, err := o.question(names, policy, time.Now())
		if err != nil {
			return err
		}
		r, err := makeReport(ctx, s, question)
		if err != nil {
			return err
		}
		if o.Charts != "" {
			if err := writeCharts(o.Charts, r, names); err != nil {
				return err
			}
		}
		return writeOut(o.File, o.Out, func(w io.Writer) error { return writeReport(w, o.Format, r, names) })
	})
}

func writeReport(w io.Writer, format string, r *report.Report, names report.Names) error {
	switch format {
	case FormatCSV:
		return r.WriteCSV(w, names)
	case FormatXLSX:
		return r.WriteWorkbook(w, names)
	case FormatJSON:
		return r.WriteJSON(w)
	}
	return r.WriteText(w, names)
}

// loadNames loads the data that resolves IDs to names, and the policy.
func loadNames(c *config.Config, language string) (report.Names, *followup.Policy, error) {
	vocabulary, err := loadVocabulary(c.Vocabulary)
	if err != nil {
		return report.Names{}, nil, err
	}
	directory, err := loadDirectory(c)
	if err != nil {
		return report.Names{}, nil, err
	}
	policy, err := loadPolicy(c)
	return report.Names{Language: language, Vocabulary: vocabulary, Directory: directory, Phrases: phrases.Default()}, policy, err
}

func (o ReportOptions) question(names report.Names, policy *followup.Policy, now time.Time) (report.Question, error) {
	zone := policy.Calendar().Zone()
	q := report.Question{AsOf: now, Policy: policy, DivisionOf: func(id string) string {
		if v, ok := names.Directory.DivisionOf(id); ok {
			return v.ID
		}
		return ""
	}}
	if at := o.AsOf.in(zone); !at.IsZero() {
		q.AsOf = at
	}
	if q.AsOf.After(now) {
		return q, fmt.Errorf("report as of %s: this time is in the future; give a time in the past", o.AsOf)
	}
	if !o.From.IsZero() {
		q.From = o.From.In(zone)
	}
	if !o.Until.IsZero() {
		q.Until = o.Until.AddDays(1).In(zone)
	}
	return q, nil
}

// makeReport makes a report from the data in the store.
func makeReport(ctx context.Context, s *redisstore.Store, q report.Question) (*report.Report, error) {
	return report.Make(pasts(ctx, s, bot.Query{Since: q.From, Until: q.Until, Limit: pageSize}), setAside(ctx, s), q)
}

// pasts iterates over records with their histories.
func pasts(ctx context.Context, s *redisstore.Store, q bot.Query) report.Records {
	return func(yield func(report.Past, error) bool) {
		for page, err := range pages(ctx, s, q) {
			if err != nil {
				yield(report.Past{}, err)
				return
			}
			references := make([]string, len(page))
			for i, r := range page {
				references[i] = r.Reference
			}
			histories, err := s.Histories(ctx, references...)
			if err != nil {
				yield(report.Past{}, err)
				return
			}
			for i, r := range page {
				if !yield(report.Past{Record: r, History: histories[i]}, nil) {
					return
				}
			}
		}
	}
}

// setAside iterates over the messages set aside.
func setAside(ctx context.Context, s bot.Store) report.Messages {
	return func(yield func(intake.SetAside, error) bool) {
		for cursor := ""; ; {
			page, next, err := s.SetAside(ctx, pageSize, cursor)
			if err != nil {
				yield(intake.SetAside{}, err)
				return
			}
			for _, message := range page {
				if !yield(message, nil) {
					return
				}
			}
			if cursor = next; cursor == "" {
				return
			}
		}
	}
}

func writeCharts(folder string, r *report.Report, names report.Names) error {
	charts, err := report.Charts(r, names)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return fmt.Errorf("make the folder for charts: %w", err)
	}
	for _, c := range charts {
		if err := os.WriteFile(filepath.Join(folder, c.Name+".png"), c.PNG, 0o666); err != nil {
			return fmt.Errorf("write chart: %w", err)
		}
	}
	return nil
}

// writeOut writes to a file, which is renamed into place when complete, or to out.
func writeOut(file string, out io.Writer, write func(io.Writer) error) error {
	if file == "" {
		return write(out)
	}
	part, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	err = errors.Join(write(part), part.Chmod(0o644), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), file)
	}
	if err != nil {
		os.Remove(part.Name()) // it is incomplete
		return fmt.Errorf("write %s: %w", file, err)
	}
	return nil
}
