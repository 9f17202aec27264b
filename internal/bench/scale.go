package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"verbale/internal/app"
	"verbale/internal/config"
)

// ScaleOptions of a measurement of how fast an office answers as its records grow.
type ScaleOptions struct {
	Sizes    []int  // how many records are kept at each measurement, ascending
	Mails    string // archive of the mails from which the records are made
	Redis    string // redis.url of an empty server, or Embedded
	Progress io.Writer
	Log      *slog.Logger
}

// A Step is what was measured with a number of records kept.
type Step struct {
	Records int     `json:"records"`
	Memory  int64   `json:"record_memory"` // bytes in Redis for each record, with its letter, history and mail
	Took    []Taken `json:"took"`
}

// Taken is how long a question to the office took.
type Taken struct {
	What string        `json:"what"`
	P50  time.Duration `json:"p50_ns"`
	P99  time.Duration `json:"p99_ns"`
}

// Steps are what was measured at all sizes.
type Steps []Step

// RunScale fills an office with as many records as the first size says, measures the
// questions that people and the service ask it, and goes on with the next size. The steps
// measured before an error are returned with it.
func RunScale(ctx context.Context, o ScaleOptions) (steps Steps, err error) {
	if !slices.IsSorted(o.Sizes) || len(o.Sizes) == 0 || o.Sizes[0] < 1 {
		return nil, fmt.Errorf("sizes %v are not ascending numbers of records", o.Sizes)
	}
	dir, err := os.MkdirTemp("", "verbale-scale-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	server, err := app.Open(ctx, &config.Config{
		DataDir: dir, Office: "bench", Redis: config.Redis{URL: o.Redis}, Desk: config.Desk{Address: deskAddress},
	}, o.Log)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	shelf, err := newDataset(ctx, server, o.Mails)
	if err != nil {
		return nil, err
	}
	shelf.config = filepath.Join(dir, "office.yaml")
	text := fmt.Sprintf("data_dir: %q\noffice: bench\nredis: {url: %q}\n", dir, o.Redis)
	if err := os.WriteFile(shelf.config, []byte(text), 0o600); err != nil {
		return nil, err
	}
	for _, size := range o.Sizes {
		step, err := shelf.step(ctx, size, o.Progress)
		if err != nil {
			return steps, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// step fills the dataset up to a number of records and measures all questions.
func (s *dataset) step(ctx context.Context, records int, progress io.Writer) (Step, error) {
	step := Step{Records: records}
	if err := s.fill(ctx, records, progress); err != nil {
		return step, err
	}
	usage, err := s.server.Store().Usage(ctx)
	if err != nil {
		return step, err
	}
	step.Memory = usage.Total / int64(records)
	for _, q := range s.questions() {
		taken, err := timed(ctx, q)
		if err != nil {
			return step, fmt.Errorf("%s, of %d records: %w", q.what, records, err)
		}
		step.Took = append(step.Took, taken)
	}
	return step, nil
}

// A question is a query that is measured several times.
type question struct {
	what  string
	times int
	ask   func(ctx context.Context, n int) error // for the nth time, from 0
}

// timed asks a question as often as it says.
func timed(ctx context.Context, q question) (Taken, error) {
	took := make([]time.Duration, q.times)
	for n := range took {
		began := time.Now()
		if err := q.ask(ctx, n); err != nil {
			return Taken{}, err
		}
		took[n] = time.Since(began)
	}
	return Taken{q.what, percentile(took, 50), percentile(took, 99)}, nil
}

// String writes a table: a row for each question, a column for each size.
func (s Steps) String() string {
	var b strings.Builder
	row := func(what string, cell func(Step) string) {
		fmt.Fprintf(&b, "%-54s", what)
		for _, step := range s {
			fmt.Fprintf(&b, "%20s", cell(step))
		}
		b.WriteByte('\n')
	}
	row("records", func(s Step) string { return fmt.Sprint(s.Records) })
	row("memory a record in Redis, KB", func(s Step) string { return fmt.Sprintf("%.2f", float64(s.Memory)/1e3) })
	if len(s) > 0 {
		for i, t := range s[0].Took {
			row(t.What+", p50 and p99 ms", func(s Step) string { return milliseconds(s.Took[i].P50) + " " + milliseconds(s.Took[i].P99) })
		}
	}
	return b.String()
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f", float64(d)/float64(time.Millisecond))
}
