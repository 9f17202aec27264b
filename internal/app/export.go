package app

import (
	"context"
	"io"
	"iter"
	"log/slog"

	"verbale/bot/letters"
	"verbale/intake"
	"verbale/internal/config"
	"verbale/internal/redisstore"
	"verbale/internal/report"
	"verbale/internal/view"
)

// ExportOptions say which records to export, and how.
type ExportOptions struct {
	Selection
	Config       string
	Format       string
	Language     string // of csv and xlsx
	Confidential bool   // include the content of confidential records
	File         string // to write to; "" for Out
	Out          io.Writer
	Log          *slog.Logger
}

// Export writes records, newest first.
func Export(ctx context.Context, o ExportOptions) error {
	return withStore(ctx, o.Config, o.Log, func(c *config.Config, s *redisstore.Store) error {
		names, policy, err := loadNames(c, o.Language)
		if err != nil {
			return err
		}
		zone := policy.Calendar().Zone()
		q := o.query(zone)
		q.Limit = pageSize
		records := recordsBy(ctx, s, q)
		export := report.Export{Names: names, Zone: zone}
		writer := &letters.Writer{Phrases: names.Phrases, Directory: names.Directory, Vocabulary: names.Vocabulary}
		return writeOut(o.File, o.Out, func(w io.Writer) error {
			switch o.Format {
			case FormatCSV:
				return export.WriteCSV(w, sealing(records, o.Confidential))
			case FormatXLSX:
				return export.WriteWorkbook(w, sealing(records, o.Confidential))
			}
			return exportLines(ctx, s, w, writer, records, o.Confidential)
		})
	})
}

// sealing redacts confidential records, unless tell is set.
func sealing(records iter.Seq2[*intake.Record, error], tell bool) iter.Seq2[*intake.Record, error] {
	return func(yield func(*intake.Record, error) bool) {
		for r, err := range records {
			if err == nil && r.Confidential && !tell {
				r = view.SealedRecord(r)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// exportLines writes records in the format of "list --json".
func exportLines(ctx context.Context, s *redisstore.Store, w io.Writer, names *letters.Writer, records iter.Seq2[*intake.Record, error], tell bool) error {
	for r, err := range records {
		if err != nil {
			return err
		}
		if err := printLine(ctx, s, w, names, r, tell); err != nil {
			return err
		}
	}
	return nil
}
