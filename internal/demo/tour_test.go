package demo

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"verbale/internal/golden"
)

// still is a stopped clock, so that a tour always shows the same times and the same order of
// lists. It is before the hour of the daily digest, which would otherwise be sent or not,
// depending on whether a letter has arrived when it is written.
func still() time.Time { return time.Date(2026, time.November, 25, 7, 30, 0, 0, time.UTC) }

// changing matches the text that is different in each run of a tour.
var changing = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// TestTours enters testdata/NAME.in and compares the output with NAME.out.
func TestTours(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.in")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("%d tours, %v", len(scripts), err)
	}
	for _, script := range scripts {
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Parallel()
			typed, err := os.Open(script)
			if err != nil {
				t.Fatal(err)
			}
			defer typed.Close()
			out, logs := &screen{}, &screen{}
			err = Run(t.Context(), Options{
				In: typed, Echo: true, Now: still, quiet: time.Second, Out: out, only: []string{"02-water-accession", "03-etir-seminar", "10-invitation"},
				Log: slog.New(slog.NewTextHandler(logs, &slog.HandlerOptions{Level: slog.LevelWarn})),
			})
			if err != nil || logs.String() != "" {
				t.Fatalf("%v\n%s", err, logs)
			}
			golden.Compare(t, strings.TrimSuffix(script, ".in")+".out", changing.ReplaceAllString(out.String(), "127.0.0.1:PORT"))
		})
	}
}

func TestWhereNothingIsTypedTheDemoStays(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	out, ended := &screen{}, make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{In: strings.NewReader(""), Out: out, Log: slog.New(slog.DiscardHandler), only: []string{"10-invitation"}})
	}()
	for deadline := time.Now().Add(patience); !strings.Contains(out.String(), "help lists everything"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("no prompt:\n%s", out)
		}
	}
	select {
	case err := <-ended:
		t.Fatalf("it ended by itself: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	interrupt()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestEverybodyInTheCastIsFoundByEachOfTheirNames(t *testing.T) {
	cast, err := Cast()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range cast {
		for _, word := range m.Called {
			if found, ok := named(cast, "adviser "+strings.ToUpper(word)); !ok || found.ID != m.ID {
				t.Errorf("%s is not found as %q", m.Name, word)
			}
		}
	}
	if _, ok := named(cast, "the minister"); ok {
		t.Error("somebody is found who is not there")
	}
}
