package demo

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/internal/phrases"
)

// A screen is a terminal that a test reads while the demo writes to it.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func TestTheDemoShowsEachLetterAndWhatBecomesOfIt(t *testing.T) {
	before := runtime.NumGoroutine()
	out, logs := &screen{}, &screen{}
	err := Run(t.Context(), Options{Once: true, Out: out, Log: slog.New(slog.NewTextHandler(logs, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil || logs.String() != "" {
		t.Fatalf("%v\n%s", err, logs)
	}
	pages := strings.Split(out.String(), "\nLetter ")
	letters := sampleLetters(t)
	if len(pages) != len(letters)+1 {
		t.Fatalf("%d pages for %d letters", len(pages)-1, len(letters))
	}
	for i, l := range letters {
		t.Run(l.Name, func(t *testing.T) { checkPage(t, i+1, l, pages[i+1]) })
	}
	awaitGoroutines(t, before)
}

func sampleLetters(t *testing.T) []Letter {
	t.Helper()
	letters, err := Letters(time.Now(), phrases.Default())
	if err != nil {
		t.Fatal(err)
	}
	return letters
}

// checkPage checks that the outcome is shown before the mails it causes, and that a recorded letter
// has an acknowledgement.
func checkPage(t *testing.T, n int, l Letter, page string) {
	if !strings.HasPrefix(page, fmt.Sprintf("%d of ", n)) || !strings.Contains(page, strings.Fields(l.Subject)[0]) {
		t.Errorf("not the page of letter %d:\n%s", n, page)
	}
	recorded := strings.Index(page, "\nrecorded as TC-")
	mail := strings.Index(page, "\nmail out to ")
	switch {
	case recorded < 0 && !strings.Contains(page, "\nset aside: "):
		t.Errorf("no outcome:\n%s", page)
	case recorded < 0 && mail >= 0:
		t.Errorf("mail goes out, though the letter was set aside:\n%s", page)
	case recorded >= 0 && (mail < recorded || !strings.Contains(page, "\n  subject        Re: ")):
		t.Errorf("no acknowledgement after the record:\n%s", page)
	}
}

// patience is the time limit for waiting for a condition.
const patience = 2 * time.Minute

// awaitGoroutines waits until all goroutines of the demo have ended.
func awaitGoroutines(t *testing.T, before int) {
	t.Helper()
	for deadline := time.Now().Add(patience); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func TestTheDemoEndsInTheMiddle(t *testing.T) {
	before := runtime.NumGoroutine()
	ctx, interrupt := context.WithCancel(t.Context())
	out, ended := &screen{}, make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{Pause: time.Hour, Out: out, Log: slog.New(slog.DiscardHandler)})
	}()
	for deadline := time.Now().Add(patience); !strings.Contains(out.String(), "recorded as"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("no letter was recorded:\n%s", out)
		}
	}
	interrupt()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("interrupted: %v", err)
		}
	case <-time.After(patience):
		t.Fatal("it does not end")
	}
	awaitGoroutines(t, before)
}
